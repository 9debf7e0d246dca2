/* nn_multiply_pairs_s8 in the instructions of Cortex-M4, M7 and M33. A compiler spills the sums, so each loop over the pairs is one block:
 *   r8 ..   the low sums (S0) of the columns, then 256 * S1 + S0 of the columns, up to lr
 *   r6, r3  the next weights and inputs; r4, r5 two words of weights; r0, r1, r2 inputs; r7 the next multipliers
 * Four inputs of three columns cost 17 instructions for 24 products, of two columns 12 for 16. Four steps make a turn of the loop; the
 * first turn starts at that of its steps from which on as many are left as the vector has (TBB).
 */
#ifndef NN_PAIRS_S8_DSP_H
#define NN_PAIRS_S8_DSP_H

/* 512 lines more, behind a text of known steps: so that the compiler does not take its code for shorter than it is. */
#define NN_LINES_32 "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
#define NN_LINES_128 NN_LINES_32 NN_LINES_32 NN_LINES_32 NN_LINES_32
#define NN_LINES_512 NN_LINES_128 NN_LINES_128 NN_LINES_128 NN_LINES_128

/* NN_PRODUCTS and NN_KNOWN_PRODUCTS, of steps NN_STEP_3, NN_STEP_2 and half steps: the sums of a pair from weights and inputs, labels 2 to 8. */
#if NN_CORTEX_M7
#include "nn_pairs_s8_m7.h" /* labels 12 and 13, too */
#else

/* The sums of one word of weights, `w`, in three columns. */
#define NN_WORD_3(w)                                                                      \
  "ldmia r3!, {r0, r1, r2}\n"                                                             \
  "smlad r11, " w ", r0, r11\n smlad r12, " w ", r1, r12\n smlad lr, " w ", r2, lr\n"     \
  "sxtb16 " w ", " w "\n"                                                                 \
  "smlad r8, " w ", r0, r8\n smlad r9, " w ", r1, r9\n smlad r10, " w ", r2, r10\n"
#define NN_HALF_STEP_3 NN_WORD_3("r4")
#define NN_STEP_3 "ldmia r6!, {r4, r5}\n" NN_WORD_3("r4") NN_WORD_3("r5")

#define NN_STEP_2                                                                         \
  "ldmia r6!, {r4, r5}\n"                                                               \
  "ldmia r3!, {r0, r1, r2, r12}\n"                                                        \
  "smlad r10, r4, r0, r10\n smlad r11, r4, r1, r11\n"                                     \
  "smlad r10, r5, r2, r10\n smlad r11, r5, r12, r11\n"                                    \
  "sxtb16 r4, r4\n sxtb16 r5, r5\n"                                                       \
  "smlad r8, r4, r0, r8\n smlad r9, r4, r1, r9\n"                                         \
  "smlad r8, r5, r2, r8\n smlad r9, r5, r12, r9\n"
#define NN_HALF_STEP_2                                                                    \
  "ldmia r3!, {r0, r1}\n"                                                                 \
  "smlad r10, r4, r0, r10\n smlad r11, r4, r1, r11\n"                                     \
  "sxtb16 r4, r4\n"                                                                       \
  "smlad r8, r4, r0, r8\n smlad r9, r4, r1, r9\n"

/* The products of one pair. Local labels: 2 the table of the four steps' addresses, 3 to 7 those steps and their end. */
#define NN_PRODUCTS(step, half_step)                                                      \
  "ldr r3, %[x]\n"                                                                        \
  "ldr r0, %[entry]\n"                                                                    \
  "tbb [pc, r0]\n"                                                                        \
  "2: .byte (3f - 2b) / 2, (4f - 2b) / 2, (5f - 2b) / 2, (6f - 2b) / 2, (7f - 2b) / 2\n" \
  ".p2align 1\n"                                                                          \
  "3:\n" step "4:\n" step "5:\n" step "6:\n" step                                         \
  "ldr r0, %[x_end]\n"                                                                    \
  "cmp r3, r0\n"                                                                          \
  "bne 3b\n"                                                                              \
  "7:\n"                                                                                  \
  "ldr r0, %[half]\n"                                                                     \
  "cbz r0, 8f\n"                                                                          \
  "ldr r4, [r6], #4\n" half_step                                                          \
  "8:\n"

/* The same for a number of steps that the compiler knows: `first` steps, then `turns` turns of `turn`. */
#define NN_KNOWN_PRODUCTS(step, half_step)                                                \
  "ldr r3, %[x]\n"                                                                        \
  ".rept %c[first]\n" step ".endr\n"                                                      \
  "3:\n .rept %c[turn]\n" step ".endr\n"                                                 \
  ".if %c[turns] > 1\n ldr r0, %[x_end]\n cmp r3, r0\n bne 3b\n .endif\n"                \
  ".if %c[half]\n ldr r4, [r6], #4\n" half_step ".endif\n"

#endif

/* r1, r2: the multipliers of the pair; r3, r4: its shifts or offsets. */
#define NN_LOAD_FACTORS                                                                   \
  "ldmia r7!, {r1, r2}\n"                                                                \
  "ldr r5, %[shift]\n ldrsb r3, [r5], #1\n ldrsb r4, [r5], #1\n str r5, %[shift]\n"

/* r3, r4: what stands for the pair's shifts; r0: the zero point. */
#define NN_EXPAND_SHIFTS "ldr r0, %[ties]\n lsr r3, r0, r3\n lsr r4, r0, r4\n ldr r0, %[zero]\n"

/* The outputs of one column: its low sum and its other. */
#define NN_DIFFERENCE(low, high) "sub " high ", " high ", " low "\n asr " high ", " high ", #8\n"
#define NN_SCALE(low, high) "smmlar " low ", " low ", r1, " low "\n smmlar " high ", " high ", r2, " high "\n"
#define NN_ROUND(low, high) "smmlar " low ", " low ", r3, r0\n smmlar " high ", " high ", r4, r0\n"
#define NN_AFFINE_PAIR(low, high) "smmla " low ", " low ", r1, r3\n smmla " high ", " high ", r2, r4\n"
/* Leaves two bytes in `low`. */
#define NN_SATURATE(low, high) "ssat " low ", #8, " low "\n ssat " high ", #8, " high "\n bfi " low ", " high ", #8, #8\n"

/* What is done to the sums of all columns, `each` of them, and the way of those that are not affine, out of line. Labels 9 to 11; 1 is the next pair. */
#define NN_FINISH(each)                                                                   \
  each(NN_DIFFERENCE) NN_LOAD_FACTORS "cmp r1, #0\n bmi 9f\n" each(NN_AFFINE_PAIR) "10:\n" each(NN_SATURATE)
#define NN_NOT_AFFINE(each) "b 11f\n 9:\n" each(NN_SCALE) NN_EXPAND_SHIFTS each(NN_ROUND) "b 10b\n 11:\n"
#define NN_EACH_OF_2(what) what("r8", "r10") what("r9", "r11")
#define NN_EACH_OF_3(what) what("r8", "r11") what("r9", "r12") what("r10", "lr")

#define NN_FIRST_SUMS(low, high) "ldr r0, %[bias]\n ldrd " low ", " high ", [r0], #8\n str r0, %[bias]\n"
#define NN_NEXT_PAIR "str r0, %[out]\n ldr r1, %[out_end]\n cmp r0, r1\n bne 1b\n"

#define NN_OPERANDS                                                                                                        \
  : "+r"(w), "+r"(multiplier), [bias] "+m"(bias), [shift] "+m"(shift), [out] "+m"(out)                        \
  : [x] "m"(x), [x_end] "m"(x_end), [entry] "m"(entry), [half] "m"(half), [ties] "m"(ties), [zero] "m"(zero),      \
    [pitch] "m"(pitch), [out_end] "m"(out_end)                                                                             \
  : "r0", "r1", "r2", "r3", "r4", "r5", "r8", "r9", "r10", "r11", "r12", "lr", "cc", "memory"

#define NN_PAIRS_OF_2(products)                                                           \
  "1:\n"                                                                                  \
  NN_FIRST_SUMS("r8", "r10")                                                              \
  "mov r9, r8\n mov r11, r10\n"                                                           \
  products                                                                                \
  NN_FINISH(NN_EACH_OF_2)                                                                 \
  "ldr r0, %[out]\n ldr r1, %[pitch]\n"                                                   \
  "strh r9, [r0, r1]\n strh r8, [r0], #2\n"                                               \
  NN_NEXT_PAIR NN_NOT_AFFINE(NN_EACH_OF_2)
#define NN_PAIRS_OF_3(products)                                                           \
  "1:\n"                                                                                  \
  NN_FIRST_SUMS("r8", "r11")                                                              \
  "mov r9, r8\n mov r10, r8\n mov r12, r11\n mov lr, r11\n"                               \
  products                                                                                \
  NN_FINISH(NN_EACH_OF_3)                                                                 \
  "ldr r0, %[out]\n ldr r1, %[pitch]\n"                                                   \
  "strh r9, [r0, r1]\n strh r10, [r0, r1, lsl #1]\n strh r8, [r0], #2\n"                   \
  NN_NEXT_PAIR NN_NOT_AFFINE(NN_EACH_OF_3)

#define NN_KNOWN_OPERANDS                                                                                                  \
  : "+r"(w), "+r"(multiplier), [bias] "+m"(bias), [shift] "+m"(shift), [out] "+m"(out)                        \
  : [x] "m"(x), [x_end] "m"(x_end), [half] "i"(half), [ties] "m"(ties), [zero] "m"(zero), [pitch] "m"(pitch), [out_end] "m"(out_end), \
    [first] "i"(first), [turn] "i"(turn), [turns] "i"(turns)                                                               \
  : "r0", "r1", "r2", "r3", "r4", "r5", "r8", "r9", "r10", "r11", "r12", "lr", "cc", "memory"

NN_INLINE void nn_multiply_pairs_s8(const nn_pairs_s8 *p, const uint32_t *x, int32_t columns, int32_t pairs, int8_t *out, int32_t pitch) {
  register const int8_t *w __asm__("r6") = p->weights;
  register const int32_t *multiplier __asm__("r7") = p->multiplier;
  const int32_t *bias = p->bias;
  const int8_t *shift = p->shift;
  const int32_t half = p->half, zero = p->zero, ties = NN_TIES_AWAY, entry = p->steps == 0 ? 4 : -p->steps & 3;
  const uint32_t *const x_end = x + 2 * columns * p->steps;
  const int8_t *const out_end = out + 2 * pairs;
  if (pairs == 0) return;
  if (nn_known(p->steps) && p->steps > 0 && p->steps <= 256) {
    const int32_t turn = nn_turn_of(p->steps, 16), turns = p->steps / turn, first = p->steps % turn;
    if (columns == 3)
      __asm volatile(NN_PAIRS_OF_3(NN_KNOWN_PRODUCTS(NN_STEP_3, NN_HALF_STEP_3)) NN_LINES_512 NN_KNOWN_OPERANDS);
    else
      __asm volatile(NN_PAIRS_OF_2(NN_KNOWN_PRODUCTS(NN_STEP_2, NN_HALF_STEP_2)) NN_LINES_512 NN_KNOWN_OPERANDS);
    return;
  }
  if (columns == 3)
    __asm volatile(NN_PAIRS_OF_3(NN_PRODUCTS(NN_STEP_3, NN_HALF_STEP_3)) NN_OPERANDS);
  else
    __asm volatile(NN_PAIRS_OF_2(NN_PRODUCTS(NN_STEP_2, NN_HALF_STEP_2)) NN_OPERANDS);
}

#endif
