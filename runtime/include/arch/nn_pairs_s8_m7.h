/* The products of nn_pairs_s8_dsp.h in an order for Cortex-M7, which issues a load beside a multiplication, but not beside a multiple load of
 * more than two registers: single and double loads, each two multiplications ahead of its use. Four inputs of three columns cost 20
 * instructions for 24 products (two columns: 14 for 16), and hardly a cycle in which nothing is multiplied.
 *
 * A step starts with the first weights in r4 and the first two inputs in r0 and r1; all but the last of a turn load those of the next one.
 */
#ifndef NN_PAIRS_S8_M7_H
#define NN_PAIRS_S8_M7_H

#define NN_INPUTS_AHEAD "ldrd r0, r1, [r3], #8\n"
#define NN_WEIGHTS_AHEAD "ldr r4, [r6], #4\n"
#define NN_STEP_3(weights_ahead, ahead)                                                                     \
  "ldr r2, [r3], #4\n smlad r11, r4, r0, r11\n"                                                             \
  "ldr r5, [r6], #4\n smlad r12, r4, r1, r12\n"                                                             \
  "smlad lr, r4, r2, lr\n sxtb16 r4, r4\n"                                                                  \
  "smlad r8, r4, r0, r8\n smlad r9, r4, r1, r9\n"                                                           \
  NN_INPUTS_AHEAD "smlad r10, r4, r2, r10\n"                                                                       \
  "ldr r2, [r3], #4\n smlad r11, r5, r0, r11\n"                                                             \
  weights_ahead "smlad r12, r5, r1, r12\n"                                                                  \
  "smlad lr, r5, r2, lr\n sxtb16 r5, r5\n"                                                                  \
  "smlad r8, r5, r0, r8\n smlad r9, r5, r1, r9\n"                                                           \
  ahead "smlad r10, r5, r2, r10\n"
#define NN_HALF_STEP_3                                                                                      \
  NN_INPUTS_AHEAD "ldr r2, [r3], #4\n"                                                                             \
  "smlad r11, r4, r0, r11\n smlad r12, r4, r1, r12\n smlad lr, r4, r2, lr\n"                                \
  "sxtb16 r4, r4\n"                                                                                         \
  "smlad r8, r4, r0, r8\n smlad r9, r4, r1, r9\n smlad r10, r4, r2, r10\n"

#define NN_STEP_2(weights_ahead, ahead)                                                                     \
  "ldrd r2, r12, [r3], #8\n smlad r10, r4, r0, r10\n"                                                       \
  "ldr r5, [r6], #4\n smlad r11, r4, r1, r11\n"                                                             \
  "sxtb16 r4, r4\n smlad r8, r4, r0, r8\n smlad r9, r4, r1, r9\n"                                           \
  "smlad r10, r5, r2, r10\n"                                                                                \
  ahead "smlad r11, r5, r12, r11\n"                                                                         \
  weights_ahead "sxtb16 r5, r5\n smlad r8, r5, r2, r8\n smlad r9, r5, r12, r9\n"
#define NN_HALF_STEP_2                                                                                      \
  NN_INPUTS_AHEAD                                                                                                  \
  "smlad r10, r4, r0, r10\n smlad r11, r4, r1, r11\n"                                                       \
  "sxtb16 r4, r4\n"                                                                                         \
  "smlad r8, r4, r0, r8\n smlad r9, r4, r1, r9\n"

/* The products of one pair. Local labels: 2 the table of the steps' addresses, 9 where no step is done, 10 the next turn, 3 to 7 the four
 * steps and their end. */
#define NN_PRODUCTS(step, half_step)                                                                        \
  "ldr r3, %[x]\n"                                                                                          \
  "ldr r2, %[entry]\n"                                                                                      \
  NN_INPUTS_AHEAD NN_WEIGHTS_AHEAD                                                                                  \
  "tbb [pc, r2]\n"                                                                                          \
  "2: .byte (3f - 2b) / 2, (4f - 2b) / 2, (5f - 2b) / 2, (6f - 2b) / 2, (9f - 2b) / 2\n"                    \
  ".p2align 1\n"                                                                                            \
  "9: subs r3, r3, #8\n subs r6, r6, #4\n b 7f\n"                                                           \
  "10:\n" NN_INPUTS_AHEAD NN_WEIGHTS_AHEAD                                                                          \
  "3:\n" step(NN_WEIGHTS_AHEAD, NN_INPUTS_AHEAD) "4:\n" step(NN_WEIGHTS_AHEAD, NN_INPUTS_AHEAD) "5:\n" step(NN_WEIGHTS_AHEAD, NN_INPUTS_AHEAD) \
  "6:\n" step("", "")                                                                                       \
  "ldr r0, %[x_end]\n"                                                                                      \
  "cmp r3, r0\n"                                                                                            \
  "bne 10b\n"                                                                                               \
  "7:\n"                                                                                                    \
  "ldr r0, %[half]\n"                                                                                       \
  "cbz r0, 8f\n"                                                                                            \
  NN_WEIGHTS_AHEAD half_step                                                                                 \
  "8:\n"

/* The same for a number of steps that the compiler knows: `first` steps, then `turns` turns of `turn`. */
#define NN_KNOWN_PRODUCTS(step, half_step)                                                                  \
  "ldr r3, %[x]\n" NN_INPUTS_AHEAD NN_WEIGHTS_AHEAD                                                         \
  ".rept %c[first]\n" step(NN_WEIGHTS_AHEAD, NN_INPUTS_AHEAD) ".endr\n"                                     \
  "3:\n .rept %c[turn] - 1\n" step(NN_WEIGHTS_AHEAD, NN_INPUTS_AHEAD) ".endr\n" step("", "")               \
  ".if %c[turns] > 1\n ldr r0, %[x_end]\n cmp r3, r0\n beq 7f\n" NN_INPUTS_AHEAD NN_WEIGHTS_AHEAD "b 3b\n 7:\n .endif\n" \
  ".if %c[half]\n" NN_WEIGHTS_AHEAD half_step ".endif\n"                                                   \
  NN_LINES_128 NN_LINES_128 NN_LINES_128 NN_LINES_128

#endif
