/* nn_finish_blocks_s8 in the instructions of Cortex-M4, M7 and M33: a step of four pairs is 31 instructions for 32 products.
 *   r4 to r11  S0 and 256 * S1 + S0 of the four pairs     r2, r3  the next weights and inputs
 *   r0, r1     two words of weights                       r12, lr the inputs as halfwords
 */
#ifndef NN_VECTOR_S8_DSP_H
#define NN_VECTOR_S8_DSP_H

#define NN_STEP_OF_PAIR(low, both)                                              \
  "ldmia r2!, {r0, r1}\n"                                                       \
  "smlad " both ", r0, r12, " both "\n smlad " both ", r1, lr, " both "\n"      \
  "sxtb16 r0, r0\n sxtb16 r1, r1\n"                                             \
  "smlad " low ", r0, r12, " low "\n smlad " low ", r1, lr, " low "\n"
#define NN_FOUR_PAIRS(each) each("r4", "r5") each("r6", "r7") each("r8", "r9") each("r10", "r11")
#define NN_STEP_OF_PAIRS "ldr r12, [r3], #4\n sxtb16 lr, r12, ror #8\n sxtb16 r12, r12\n" NN_FOUR_PAIRS(NN_STEP_OF_PAIR)

/* The same for Cortex-M7, which loads and extends beside a multiplication: weights one pair ahead, 34 instructions. `next` loads the weights of the next pair
 * into a register that is done with. */
#define NN_LOAD_NOTHING(to)
#define NN_LOAD_NEXT(to) "ldr " to ", [r2], #4\n"
#define NN_PAIR_AHEAD(low, both, next)                                          \
  "smlad " both ", r0, r12, " both "\n sxtb16 r0, r0\n"                         \
  "smlad " low ", r0, r12, " low "\n" next("r0")                                \
  "smlad " both ", r1, lr, " both "\n sxtb16 r1, r1\n"                          \
  "smlad " low ", r1, lr, " low "\n" next("r1")
#define NN_STEP_OF_PAIRS_AHEAD                                                  \
  "ldr r12, [r3], #4\n ldmia r2!, {r0, r1}\n sxtb16 lr, r12, ror #8\n sxtb16 r12, r12\n" \
  NN_PAIR_AHEAD("r4", "r5", NN_LOAD_NEXT) NN_PAIR_AHEAD("r6", "r7", NN_LOAD_NEXT) \
  NN_PAIR_AHEAD("r8", "r9", NN_LOAD_NEXT) NN_PAIR_AHEAD("r10", "r11", NN_LOAD_NOTHING)
#if NN_CORTEX_M7
#define NN_FAST_STEP NN_STEP_OF_PAIRS_AHEAD
#else
#define NN_FAST_STEP NN_STEP_OF_PAIRS
#endif

#define NN_SECOND_SUM(low, both) "sub " both ", " both ", " low "\n asr " both ", " both ", #8\n"

/* Labels: 1 the next block, 2, 8, 9 and 3 the four steps of a turn, the first of which begins so that whole turns are left, 4 the end of the
 * steps, where a tail is one more, 5 the sums. */
#define NN_SUMS_OF_BLOCK(step)                                                  \
  "1: ldr r0, %[bias]\n ldm r0!, {r4, r5, r6, r7, r8, r9, r10, r11}\n str r0, %[bias]\n" \
  "ldr r3, %[x]\n ldr r0, %[x_end]\n str r0, %[end]\n"                          \
  "ldr r0, %[steps]\n cmp r0, #0\n beq 4f\n ands r0, r0, #3\n beq 2f\n cmp r0, #2\n bhi 8f\n beq 9f\n b 3f\n" \
  "2:\n" step "8:\n" step "9:\n" step "3:\n" step                                \
  "ldr r0, %[end]\n cmp r3, r0\n bne 2b\n"                                      \
  "4: ldr r0, %[tail]\n cbz r0, 5f\n"                                           \
  "adds r1, r0, #4\n cmp r3, r1\n beq 5f\n"                                     \
  "mov r3, r0\n str r1, %[end]\n b 3b\n"                                        \
  "5:\n" NN_FOUR_PAIRS(NN_SECOND_SUM)

/* The same for a number of steps that the compiler knows: `first` steps, `turns` turns of `turn` steps, and one more with a tail. */
#define NN_KNOWN_SUMS_OF_BLOCK                                                  \
  "1: ldr r0, %[bias]\n ldm r0!, {r4, r5, r6, r7, r8, r9, r10, r11}\n str r0, %[bias]\n" \
  "ldr r3, %[x]\n"                                                              \
  ".rept %c[first]\n" NN_FAST_STEP ".endr\n"                                \
  "2:\n .rept %c[turn]\n" NN_FAST_STEP ".endr\n"                           \
  ".if %c[turns] > 1\n ldr r0, %[x_end]\n cmp r3, r0\n bne 2b\n .endif\n"      \
  ".if %c[has_tail]\n ldr r3, %[tail]\n" NN_FAST_STEP ".endif\n"           \
  NN_FOUR_PAIRS(NN_SECOND_SUM)                                                  \
  NN_LINES_512

#define NN_BOTH_BYTES(low, high) "bfi " low ", " high ", #8, #8\n"
#define NN_TWO_OUTPUTS(low, high) "ssat " low ", #8, " low "\n ssat " high ", #8, " high "\n" NN_BOTH_BYTES(low, high)
#define NN_TWO_HALVED_OUTPUTS(low, high) \
  "ssat " low ", #8, " low ", asr #1\n ssat " high ", #8, " high ", asr #1\n" NN_BOTH_BYTES(low, high)

/* Stores the outputs; goes to the next block. */
#define NN_STORE_BLOCK                                                          \
  "pkhbt r4, r4, r6, lsl #16\n pkhbt r8, r8, r10, lsl #16\n"                    \
  "ldr r0, %[out]\n str r4, [r0], #4\n str r8, [r0], #4\n str r0, %[out]\n"     \
  "ldr r1, %[out_end]\n cmp r0, r1\n bne 1b\n"

/* The outputs of channels with shifts of their own, which are rare: one after the other, the sums take turns in r4. lr and r3: shifts and
 * multipliers. `finish`: what becomes of r4, where r0 is the multiplier. */
#define NN_ONE_BY_ONE(finish)                                              \
  "add r0, r3, #32\n str r0, %[end]\n"                                          \
  "10: ldr r0, [r3], #4\n" finish                                               \
  "mov r12, r4\n mov r4, r5\n mov r5, r6\n mov r6, r7\n mov r7, r8\n mov r8, r9\n mov r9, r10\n mov r10, r11\n mov r11, r12\n" \
  "ldr r0, %[end]\n cmp r3, r0\n bne 10b\n" NN_FOUR_PAIRS(NN_BOTH_BYTES)
#define NN_DOUBLE_ROUNDING                                                      \
  "smmlar r4, r4, r0, r4\n ldrb r0, [lr], #1\n ldr r1, %[ties]\n lsr r0, r1, r0\n" \
  "ldr r1, %[zero]\n smmlar r4, r4, r0, r1\n ssat r4, #8, r4\n"
#define NN_SINGLE_ROUNDING_OF_EACH                                              \
  "smmul r4, r4, r0\n ldrb r0, [lr], #1\n ldr r1, %[zero]\n lsl r1, r1, r0\n add r4, r1\n asr r4, r0\n ssat r4, #8, r4, asr #1\n"

/* lr and r3: offsets and multipliers. */
#define NN_AFFINE_OUTPUTS(low, high)                                            \
  "ldmia r3!, {r0, r1}\n ldrsb r12, [lr], #1\n smmla " low ", " low ", r0, r12\n" \
  "ldrsb r12, [lr], #1\n smmla " high ", " high ", r1, r12\n"                   \
  NN_TWO_OUTPUTS(low, high)

/* r0 the multiplier, r1 what is added to high words, r3 the shift of all channels. */
#define NN_SINGLE_ROUNDING(low, high)                                           \
  "smmla " low ", " low ", r0, r1\n smmla " high ", " high ", r0, r1\n"         \
  "asr " low ", " low ", r3\n asr " high ", " high ", r3\n"                     \
  NN_TWO_HALVED_OUTPUTS(low, high)

#define NN_VECTOR_OPERANDS                                                      \
  : "+r"(w), [bias] "+m"(bias), [end] "=m"(end), [multiplier] "+m"(multiplier), [shift] "+m"(shift), [out] "+m"(out) \
  : [x] "m"(x), [x_end] "m"(x_end), [steps] "m"(steps), [tail] "m"(tail), [out_end] "m"(out_end), [zero] "m"(zero),                  \
    [ties] "m"(ties), [one_multiplier] "m"(one_multiplier), [one_shift] "m"(one_shift), [addend] "m"(addend)                         \
  : "r0", "r1", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "lr", "cc", "memory"

#define NN_KNOWN_VECTOR_OPERANDS                                                \
  : "+r"(w), [bias] "+m"(bias), [end] "=m"(end), [multiplier] "+m"(multiplier), [shift] "+m"(shift), [out] "+m"(out) \
  : [x] "m"(x), [x_end] "m"(x_end), [tail] "m"(tail), [out_end] "m"(out_end), [zero] "m"(zero),                  \
    [ties] "m"(ties), [one_multiplier] "m"(one_multiplier), [one_shift] "m"(one_shift), [addend] "m"(addend),                         \
    [first] "i"(first), [turn] "i"(turn), [turns] "i"(turns), [has_tail] "i"(has_tail) \
  : "r0", "r1", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "lr", "cc", "memory"

#define NN_OUTPUTS_OF_EACH \
        "ldr lr, %[shift]\n" \
        NN_ONE_BY_ONE(NN_SINGLE_ROUNDING_OF_EACH) \
        "str r3, %[multiplier]\n str lr, %[shift]\n"
#define NN_OUTPUTS_OF_ALL \
        "ldr r0, %[one_multiplier]\n ldr r1, %[addend]\n ldr r3, %[one_shift]\n" \
        NN_FOUR_PAIRS(NN_SINGLE_ROUNDING)
#define NN_OUTPUTS_DOUBLE \
        "ldr r3, %[multiplier]\n ldr lr, %[shift]\n ldr r0, [r3]\n cmp r0, #0\n bmi 6f\n" \
        NN_FOUR_PAIRS(NN_AFFINE_OUTPUTS) \
        "b 7f\n" \
        "6:\n" NN_ONE_BY_ONE(NN_DOUBLE_ROUNDING) \
        "7: str r3, %[multiplier]\n str lr, %[shift]\n"

/* `blocks` blocks of eight channels. */
NN_INLINE void nn_finish_blocks_s8(nn_vector_s8 *v, int32_t blocks, int single, int32_t one_multiplier, int32_t one_shift, int8_t *out) {
  register const int8_t *w __asm__("r2") = v->weights;
  const int32_t *bias = v->bias, *multiplier = v->multiplier;
  const int8_t *shift = v->shift, *const x = v->x, *const tail = v->tail, *const x_end = x + 4 * v->steps, *end;
  const int8_t *const out_end = out + 8 * blocks;
  const int32_t steps = v->steps, ties = NN_TIES_AWAY, zero = single ? v->rounding : v->zero;
  const int32_t addend = single && !multiplier ? (int32_t)((uint32_t)v->rounding << one_shift) : 0;
  if (blocks == 0) return;
  if (nn_known(steps) && nn_known(!tail) && steps > 0) {
    const int32_t turn = nn_turn_of(steps, 10), turns = steps / turn, first = steps % turn, has_tail = tail != 0;
    if (!single)
      __asm volatile(NN_KNOWN_SUMS_OF_BLOCK NN_OUTPUTS_DOUBLE NN_STORE_BLOCK NN_KNOWN_VECTOR_OPERANDS);
    else if (nn_known(!multiplier) && !multiplier)
      __asm volatile(NN_KNOWN_SUMS_OF_BLOCK NN_OUTPUTS_OF_ALL NN_STORE_BLOCK NN_KNOWN_VECTOR_OPERANDS);
    else
      __asm volatile(NN_KNOWN_SUMS_OF_BLOCK "ldr r3, %[multiplier]\n" NN_OUTPUTS_OF_EACH NN_STORE_BLOCK NN_KNOWN_VECTOR_OPERANDS);
  } else if (single)
    __asm volatile(
        NN_SUMS_OF_BLOCK(NN_FAST_STEP)
        "ldr r3, %[multiplier]\n cmp r3, #0\n beq 6f\n"
        NN_OUTPUTS_OF_EACH "b 7f\n"
        "6:" NN_OUTPUTS_OF_ALL
        "7:\n" NN_STORE_BLOCK NN_VECTOR_OPERANDS);
  else
    __asm volatile(
        NN_SUMS_OF_BLOCK(NN_FAST_STEP)
        NN_OUTPUTS_DOUBLE
        NN_STORE_BLOCK NN_VECTOR_OPERANDS);
  v->weights = w;
  v->bias = bias;
  v->multiplier = multiplier;
  v->shift = shift;
}

#endif
