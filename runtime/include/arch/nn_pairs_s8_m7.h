/* The products of nn_pairs_s8_dsp.h, which includes this, in an order for Cortex-M7: it issues a load beside a multiplication, but not beside a
 * multiple load of more than two registers. Single and double loads, each two multiplications ahead of its use: four inputs of three columns cost
 * 20 instructions for 24 products (two columns: 14 for 16), and hardly a cycle in which nothing is multiplied.
 *
 * Gives NN_STEP_3, NN_STEP_2, NN_HALF_STEP_3, NN_HALF_STEP_2 and, made of them, NN_PRODUCTS and NN_KNOWN_PRODUCTS: texts that find the registers as
 * the top of that file says, r6 at the pair's weights and the sums at its bias, and leave r6 behind the weights. They read its operands
 * x, x_end, entry, half, first, turn and turns, and have labels 2 to 8, 12 and 13 for themselves.
 */
#ifndef NN_PAIRS_S8_M7_H
#define NN_PAIRS_S8_M7_H

#define NN_NEXT_INPUTS "ldrd r0, r1, [r3], #8\n"
#define NN_NEXT_WEIGHTS "ldr r4, [r6], #4\n"

/* A step begins with its first weights in r4 and its first two inputs in r0 and r1. It loads those of the next one where it is told to: all do
 * but the last of a turn. */
#define NN_STEP_3(next_weights, next_inputs)                                                                          \
  "ldr r2, [r3], #4\n smlad r11, r4, r0, r11\n"                                                                       \
  "ldr r5, [r6], #4\n smlad r12, r4, r1, r12\n"                                                                       \
  "smlad lr, r4, r2, lr\n sxtb16 r4, r4\n"                                                                            \
  "smlad r8, r4, r0, r8\n smlad r9, r4, r1, r9\n"                                                                     \
  NN_NEXT_INPUTS "smlad r10, r4, r2, r10\n"                                                                           \
  "ldr r2, [r3], #4\n smlad r11, r5, r0, r11\n"                                                                       \
  next_weights "smlad r12, r5, r1, r12\n"                                                                             \
  "smlad lr, r5, r2, lr\n sxtb16 r5, r5\n"                                                                            \
  "smlad r8, r5, r0, r8\n smlad r9, r5, r1, r9\n"                                                                     \
  next_inputs "smlad r10, r5, r2, r10\n"
#define NN_STEP_2(next_weights, next_inputs)                                                                          \
  "ldrd r2, r12, [r3], #8\n smlad r10, r4, r0, r10\n"                                                                 \
  "ldr r5, [r6], #4\n smlad r11, r4, r1, r11\n"                                                                       \
  "sxtb16 r4, r4\n smlad r8, r4, r0, r8\n smlad r9, r4, r1, r9\n"                                                     \
  "smlad r10, r5, r2, r10\n"                                                                                          \
  next_inputs "smlad r11, r5, r12, r11\n"                                                                             \
  next_weights "sxtb16 r5, r5\n smlad r8, r5, r2, r8\n smlad r9, r5, r12, r9\n"

/* Begins with the weights in r4 only. */
#define NN_HALF_STEP_3                                                                                                \
  NN_NEXT_INPUTS "ldr r2, [r3], #4\n"                                                                                 \
  "smlad r11, r4, r0, r11\n smlad r12, r4, r1, r12\n smlad lr, r4, r2, lr\n"                                          \
  "sxtb16 r4, r4\n"                                                                                                   \
  "smlad r8, r4, r0, r8\n smlad r9, r4, r1, r9\n smlad r10, r4, r2, r10\n"
#define NN_HALF_STEP_2                                                                                                \
  NN_NEXT_INPUTS                                                                                                      \
  "smlad r10, r4, r0, r10\n smlad r11, r4, r1, r11\n"                                                                 \
  "sxtb16 r4, r4\n"                                                                                                   \
  "smlad r8, r4, r0, r8\n smlad r9, r4, r1, r9\n"

#define NN_STEP_AND_NEXT(step) step(NN_NEXT_WEIGHTS, NN_NEXT_INPUTS)
#define NN_LAST_STEP(step) step("", "")

/* The products of one pair. Labels: 2 the table of the steps' addresses, 12 where no step is done, 13 the next turn, 3 to 7 the four steps
 * and their end, 8 the end of all. */
#define NN_PRODUCTS(step, half_step)                                                                                  \
  "ldr r3, %[x]\n"                                                                                                    \
  "ldr r2, %[entry]\n"                                                                                                \
  NN_NEXT_INPUTS NN_NEXT_WEIGHTS                                                                                      \
  "tbb [pc, r2]\n"                                                                                                    \
  "2: .byte (3f - 2b) / 2, (4f - 2b) / 2, (5f - 2b) / 2, (6f - 2b) / 2, (12f - 2b) / 2\n"                             \
  ".p2align 1\n"                                                                                                      \
  "12: subs r3, r3, #8\n subs r6, r6, #4\n b 7f\n"                                                                    \
  "13:\n" NN_NEXT_INPUTS NN_NEXT_WEIGHTS                                                                              \
  "3:\n" NN_STEP_AND_NEXT(step)                                                                                       \
  "4:\n" NN_STEP_AND_NEXT(step)                                                                                       \
  "5:\n" NN_STEP_AND_NEXT(step)                                                                                       \
  "6:\n" NN_LAST_STEP(step)                                                                                           \
  "ldr r0, %[x_end]\n"                                                                                                \
  "cmp r3, r0\n"                                                                                                      \
  "bne 13b\n"                                                                                                         \
  "7:\n"                                                                                                              \
  "ldr r0, %[half]\n"                                                                                                 \
  "cbz r0, 8f\n"                                                                                                      \
  NN_NEXT_WEIGHTS half_step                                                                                           \
  "8:\n"

/* The same for a number of steps that the compiler knows: `first` steps, then `turns` turns of `turn`. Labels: 3 the next turn, 7 their end. */
#define NN_KNOWN_PRODUCTS(step, half_step)                                                                            \
  "ldr r3, %[x]\n" NN_NEXT_INPUTS NN_NEXT_WEIGHTS                                                                     \
  ".rept %c[first]\n" NN_STEP_AND_NEXT(step) ".endr\n"                                                                \
  "3:\n .rept %c[turn] - 1\n" NN_STEP_AND_NEXT(step) ".endr\n" NN_LAST_STEP(step)                                     \
  ".if %c[turns] > 1\n ldr r0, %[x_end]\n cmp r3, r0\n beq 7f\n" NN_NEXT_INPUTS NN_NEXT_WEIGHTS "b 3b\n 7:\n .endif\n" \
  ".if %c[half]\n" NN_NEXT_WEIGHTS half_step ".endif\n"

#endif
