/* nn_multiply_quads_s8 in the instructions of Cortex-M4, M7 and M33: two inputs of both columns cost 12 instructions for 16 products.
 *   r4 to r7, r8 to r11  of each column the sums of two pairs, S0 and 256 * S1 + S0
 *   r0, r1               a word of weights of each pair          r2, r3  the next weights and inputs
 *   r12, lr              a word of inputs of each column
 */
#ifndef NN_QUADS_S8_DSP_H
#define NN_QUADS_S8_DSP_H

#if NN_CORTEX_M7
/* Cortex-M7 issues a load beside a multiplication: each register is loaded anew as soon as it is done with, two multiplications ahead of its use,
 * but at the end of a turn. 14 instructions, and no cycle in which nothing is multiplied. r3 points to the last inputs that were loaded. */
#define NN_QUAD_AHEAD "ldrd r0, r1, [r2], #8\n ldr r12, [r3, #4]\n ldr lr, [r3, #8]!\n"
#define NN_QUAD_INPUTS "sub r3, #4\n"
#define NN_QUAD_INPUTS_LEFT 1 /* words between what r3 points to and the next input */
#define NN_QUAD_WORD_THEN(load_0, load_x, load_y_1)                                                            \
  "smlad r5, r0, r12, r5\n smlad r9, r0, lr, r9\n sxtb16 r0, r0\n"                                              \
  "smlad r4, r0, r12, r4\n smlad r8, r0, lr, r8\n" load_0                                                       \
  "smlad r7, r1, r12, r7\n smlad r11, r1, lr, r11\n sxtb16 r1, r1\n"                                            \
  "smlad r6, r1, r12, r6\n" load_x "smlad r10, r1, lr, r10\n" load_y_1
#define NN_QUAD_WORD NN_QUAD_WORD_THEN("ldr r0, [r2], #4\n", "ldr r12, [r3, #4]\n", "ldr lr, [r3, #8]!\n ldr r1, [r2], #4\n")
#define NN_QUAD_LAST_WORD NN_QUAD_WORD_THEN("", "", "")
#else
#define NN_QUAD_AHEAD
#define NN_QUAD_INPUTS
#define NN_QUAD_INPUTS_LEFT 0
#define NN_QUAD_WORD                                                                                            \
  "ldmia r2!, {r0, r1}\n ldmia r3!, {r12, lr}\n"                                                                \
  "smlad r5, r0, r12, r5\n smlad r9, r0, lr, r9\n smlad r7, r1, r12, r7\n smlad r11, r1, lr, r11\n"             \
  "sxtb16 r0, r0\n sxtb16 r1, r1\n"                                                                             \
  "smlad r4, r0, r12, r4\n smlad r8, r0, lr, r8\n smlad r6, r1, r12, r6\n smlad r10, r1, lr, r10\n"
#define NN_QUAD_LAST_WORD NN_QUAD_WORD
#endif

/* The sums of a quad. A turn of the loop is four steps, from 2, 4, 5 and 6 on; the first one is what makes the others whole: LSLS puts the two
 * bits of the steps' remainder into C and N, which loads leave alone. */
#define NN_QUAD_SUMS                                                                                            \
  "1: ldr r0, %[bias]\n ldm r0!, {r4, r5, r6, r7}\n str r0, %[bias]\n"                                          \
  "mov r8, r4\n mov r9, r5\n mov r10, r6\n mov r11, r7\n"                                                       \
  "ldr r3, %[x]\n" NN_QUAD_INPUTS                                                                               \
  "ldr r0, %[steps]\n lsls r0, r0, #31\n" NN_QUAD_AHEAD "bhi 4f\n bcs 5f\n bmi 6f\n b 3f\n"                     \
  "2:\n" NN_QUAD_AHEAD                                                                                          \
  "3:\n" NN_QUAD_WORD NN_QUAD_WORD "4:\n" NN_QUAD_WORD NN_QUAD_WORD "5:\n" NN_QUAD_WORD NN_QUAD_WORD            \
  "6:\n" NN_QUAD_WORD NN_QUAD_LAST_WORD                                                                         \
  "ldr r0, %[x_end]\n cmp r3, r0\n bne 2b\n"                                                                    \
  NN_DIFFERENCE("r4", "r5") NN_DIFFERENCE("r6", "r7") NN_DIFFERENCE("r8", "r9") NN_DIFFERENCE("r10", "r11")

/* From here on r4 to r7 and r8 to r11 are the sums of the four channels. r3, lr: multipliers and shifts or offsets; the first multiplier tells. */
#define NN_QUAD_AFFINE(a, b, a_next, b_next)                                                                    \
  "ldmia r3!, {r0, r1}\n ldrsb r12, [lr], #1\n"                                                                 \
  "smmla " a ", " a ", r0, r12\n smmla " b ", " b ", r0, r12\n ldrsb r12, [lr], #1\n"                           \
  "smmla " a_next ", " a_next ", r1, r12\n smmla " b_next ", " b_next ", r1, r12\n"
/* r12: the zero point. */
#define NN_QUAD_ROUND(a, b)                                                                                     \
  "ldr r0, [r3], #4\n ldrsb r1, [lr], #1\n smmlar " a ", " a ", r0, " a "\n smmlar " b ", " b ", r0, " b "\n"   \
  "ldr r0, %[ties]\n lsr r0, r0, r1\n smmlar " a ", " a ", r0, r12\n smmlar " b ", " b ", r0, r12\n"
#define NN_QUAD_OUTPUTS                                                                                         \
  "ldr r3, %[multiplier]\n ldr lr, %[shift]\n ldr r0, [r3]\n cmp r0, #0\n bmi 8f\n"                             \
  NN_QUAD_AFFINE("r4", "r8", "r5", "r9") NN_QUAD_AFFINE("r6", "r10", "r7", "r11")                               \
  "9: str r3, %[multiplier]\n str lr, %[shift]\n"                                                               \
  NN_SATURATE("r4", "r5") NN_SATURATE("r6", "r7") NN_SATURATE("r8", "r9") NN_SATURATE("r10", "r11")             \
  "pkhbt r4, r4, r6, lsl #16\n pkhbt r8, r8, r10, lsl #16\n"                                                    \
  "ldr r0, %[out]\n ldr r1, %[pitch]\n str r8, [r0, r1]\n str r4, [r0], #4\n str r0, %[out]\n"                  \
  "ldr r1, %[out_end]\n cmp r0, r1\n bne 1b\n b 7f\n"                                                           \
  "8: ldr r12, %[zero]\n"                                                                                       \
  NN_QUAD_ROUND("r4", "r8") NN_QUAD_ROUND("r5", "r9") NN_QUAD_ROUND("r6", "r10") NN_QUAD_ROUND("r7", "r11") "b 9b\n" \
  "7:\n"

NN_INLINE void nn_multiply_quads_s8(const nn_pairs_s8 *p, const uint32_t *x, int32_t quads, int8_t *out, int32_t pitch) {
  register const int8_t *w __asm__("r2") = p->weights;
  const int32_t *bias = p->bias, *multiplier = p->multiplier;
  const int8_t *shift = p->shift;
  const int32_t steps = p->steps, zero = p->zero, ties = NN_TIES_AWAY;
  const uint32_t *const x_end = x + 4 * steps - NN_QUAD_INPUTS_LEFT;
  const int8_t *const out_end = out + 4 * quads;
  __asm volatile(NN_QUAD_SUMS NN_QUAD_OUTPUTS
                 : "+r"(w), [bias] "+m"(bias), [multiplier] "+m"(multiplier), [shift] "+m"(shift), [out] "+m"(out)
                 : [x] "m"(x), [x_end] "m"(x_end), [steps] "m"(steps), [pitch] "m"(pitch), [out_end] "m"(out_end), [zero] "m"(zero), [ties] "m"(ties)
                 : "r0", "r1", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "lr", "cc", "memory");
}

#endif
