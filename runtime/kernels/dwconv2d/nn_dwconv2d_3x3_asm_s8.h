/* Four channels of a strip in assembly for Cortex-M4, M7 and M33: takes all registers, which gcc's scheduler spills. */
#ifndef NN_DWCONV2D_3X3_ASM_S8_H
#define NN_DWCONV2D_3X3_ASM_S8_H

/* Load the upper pair of column 2k, 2k + 1; the third row's pair. */
#define NN_EVEN(k) "ldr %[x], [%[pixels], #" #k " * 48]\n"
#define NN_ODD(k) "ldr %[x], [%[pixels], #" #k " * 48 + 16]\n"
#define NN_THIRD(k) "ldr %[x], [%[pixels], #" #k " * 48 + 32]\n"
/* What an upper pair adds to an output whose first, second, third column it is. */
#define NN_U0(s) "smlad %[s" #s "], %[x], %[u0], %[bias]\n"
#define NN_U1(s) "smlad %[s" #s "], %[x], %[u1], %[s" #s "]\n"
#define NN_U2(s) "smlad %[s" #s "], %[x], %[u2], %[s" #s "]\n"
/* What a third row's pair adds: its high half as first column, both as first two, both as last two, its low half as last. */
#define NN_T0(s) "smlatb %[s" #s "], %[x], %[u0], %[s" #s "]\n"
#define NN_T01(s) "smlad %[s" #s "], %[x], %[u0], %[s" #s "]\n"
#define NN_T12(s) "smlad %[s" #s "], %[x], %[u1], %[s" #s "]\n"
#define NN_T2(s) "smlabt %[s" #s "], %[x], %[u1], %[s" #s "]\n"

/* Bias; weights of the upper rows; of the third: u0 = (w20, w21), u1 = (w21, w22). */
#define NN_UPPER_WEIGHTS                                                          \
  "1:\n ldr %[bias], %[biases]\n ldr %[x], [%[w]]\n ldr %[u2], [%[w], #4]\n"      \
  "ldr %[bias], [%[bias], %[c], lsl #2]\n"                                        \
  "sxtb16 %[u0], %[x]\n sxtb16 %[u1], %[x], ror #8\n sxtb16 %[u2], %[u2]\n"
#define NN_THIRD_WEIGHTS                                                          \
  "ldr %[u1], [%[w], #4]\n ldrsb %[u0], [%[w], #8]\n"                             \
  "sxtb16 %[u1], %[u1], ror #8\n pkhbt %[u0], %[u0], %[u1], lsl #16\n"

#define NN_UPPER_3 NN_EVEN(0) NN_U0(0) NN_ODD(0) NN_U1(0) NN_U0(1) NN_EVEN(1) NN_U2(0) NN_U1(1) NN_U0(2) NN_ODD(1) NN_U2(1) NN_U1(2)
#define NN_SUMS_3 \
  NN_UPPER_WEIGHTS NN_UPPER_3 NN_EVEN(2) NN_U2(2) \
  NN_THIRD_WEIGHTS NN_THIRD(0) NN_T01(0) NN_T0(1) NN_THIRD(1) NN_T2(0) NN_T12(1) NN_T01(2) NN_THIRD(2) NN_T2(2)
#define NN_UPPER_5 NN_UPPER_3 NN_U0(3) NN_EVEN(2) NN_U2(2) NN_U1(3) NN_U0(4) NN_ODD(2) NN_U2(3) NN_U1(4)
#define NN_THIRD_5 NN_THIRD(0) NN_T01(0) NN_T0(1) NN_THIRD(1) NN_T2(0) NN_T12(1) NN_T01(2) NN_T0(3) NN_THIRD(2) NN_T2(2) NN_T12(3) NN_T01(4)
#define NN_SUMS_5 \
  NN_UPPER_WEIGHTS NN_UPPER_5 NN_EVEN(3) NN_U2(4) \
  NN_THIRD_WEIGHTS NN_THIRD_5 NN_THIRD(3) NN_T2(4)
#define NN_SUMS_6 \
  NN_UPPER_WEIGHTS NN_UPPER_5 NN_U0(5) NN_EVEN(3) NN_U2(4) NN_U1(5) NN_ODD(3) NN_U2(5) \
  NN_THIRD_WEIGHTS NN_THIRD_5 NN_T0(5) NN_THIRD(3) NN_T2(4) NN_T12(5)

/* Stride 2: output s from columns 2s, 2s + 1, 2s + 2. */
#define NN_UPPER_STEP(s, next) NN_ODD(s) NN_U1(s) NN_EVEN(next) NN_U2(s)
#define NN_THIRD_STEP(s, next) NN_THIRD(next) NN_T2(s)
#define NN_SUMS_3_BY_2 \
  NN_UPPER_WEIGHTS NN_EVEN(0) NN_U0(0) NN_UPPER_STEP(0, 1) NN_U0(1) NN_UPPER_STEP(1, 2) NN_U0(2) NN_UPPER_STEP(2, 3) \
  NN_THIRD_WEIGHTS NN_THIRD(0) NN_T01(0) NN_THIRD_STEP(0, 1) NN_T01(1) NN_THIRD_STEP(1, 2) NN_T01(2) NN_THIRD_STEP(2, 3)
#define NN_SUMS_6_BY_2 \
  NN_UPPER_WEIGHTS NN_EVEN(0) NN_U0(0) NN_UPPER_STEP(0, 1) NN_U0(1) NN_UPPER_STEP(1, 2) NN_U0(2) NN_UPPER_STEP(2, 3) NN_U0(3) \
  NN_UPPER_STEP(3, 4) NN_U0(4) NN_UPPER_STEP(4, 5) NN_U0(5) NN_UPPER_STEP(5, 6) \
  NN_THIRD_WEIGHTS NN_THIRD(0) NN_T01(0) NN_THIRD_STEP(0, 1) NN_T01(1) NN_THIRD_STEP(1, 2) NN_T01(2) NN_THIRD_STEP(2, 3) NN_T01(3) \
  NN_THIRD_STEP(3, 4) NN_T01(4) NN_THIRD_STEP(4, 5) NN_T01(5) NN_THIRD_STEP(5, 6)

/* The outputs: x where the first goes, bias the pitch; affine: u0 the multiplier, u1 the offset. */
#define NN_AFFINE                                                                 \
  "ldr %[u0], %[multipliers]\n ldr %[u1], %[offsets]\n ldr %[x], %[out]\n ldr %[bias], %[pitch]\n" \
  "ldr %[u0], [%[u0], %[c], lsl #2]\n ldrsb %[u1], [%[u1], %[c]]\n add %[x], %[c]\n"
#define NN_PUT_AFFINE(s, to) \
  "smmla %[s" #s "], %[s" #s "], %[u0], %[u1]\n ssat %[s" #s "], #8, %[s" #s "]\n strb %[s" #s "], [%[x]" to "]\n"
/* Not affine (nn_scaled_s8): u0 twice the multiplier, u1 the shift less 1, u2 the rounding. */
#define NN_SCALED                                                                 \
  "ldr %[u0], %[multipliers]\n ldr %[u1], %[shifts]\n ldr %[x], %[out]\n ldr %[bias], %[pitch]\n ldr %[u2], %[rounding]\n" \
  "ldr %[u0], [%[u0], %[c], lsl #2]\n ldrsb %[u1], [%[u1], %[c]]\n add %[x], %[c]\n lsl %[u0], %[u0], #1\n mvn %[u1], %[u1]\n"
#define NN_PUT_SCALED(s, to)                                                      \
  "smmlar %[s" #s "], %[s" #s "], %[u0], %[s" #s "]\n add %[s" #s "], %[s" #s "], %[s" #s "], asr #31\n" \
  "asr %[s" #s "], %[s" #s "], %[u1]\n add %[s" #s "], %[u2]\n ssat %[s" #s "], #8, %[s" #s "], asr #1\n" \
  "strb %[s" #s "], [%[x]" to "]\n"
#define NN_PUT_3(PUT) PUT(0, "") PUT(1, ", %[bias]") PUT(2, ", %[bias], lsl #1")
#define NN_PUT_5(PUT) NN_PUT_3(PUT) PUT(4, ", %[bias], lsl #2") "add %[x], %[bias]\n" PUT(3, ", %[bias], lsl #1")
#define NN_PUT_6(PUT) NN_PUT_5(PUT) PUT(5, ", %[bias], lsl #2")

#define NN_NEXT_CHANNEL \
  "ldr %[x], %[end]\n add %[pixels], #4\n add %[w], #9\n add %[c], #1\n cmp %[pixels], %[x]\n bne 1b\n"

NN_INLINE void nn_dw_four_channels(const nn_dw_outputs *o, const uint32_t *pixels, const int8_t *w, int32_t c, int32_t n, int32_t stride,
                                   int affine) {
  const uint32_t *const end = pixels + 4;
  int32_t s0, s1, s2, s3, s4, s5;
  uint32_t u0, u1, u2, x, bias;
#define NN_SUM_3                                                                                                                    \
  [pixels] "+r"(pixels), [w] "+r"(w), [c] "+r"(c), [bias] "=&r"(bias), [u0] "=&r"(u0), [u1] "=&r"(u1), [u2] "=&r"(u2), [x] "=&r"(x), \
      [s0] "=&r"(s0), [s1] "=&r"(s1), [s2] "=&r"(s2)
#define NN_SUM_5 NN_SUM_3, [s3] "=&r"(s3), [s4] "=&r"(s4)
#define NN_SUM_6 NN_SUM_5, [s5] "=&r"(s5)
#define NN_CHANNELS(sums, outputs, registers)                                                                                       \
  if (affine)                                                                                                                       \
    __asm volatile(sums NN_AFFINE outputs(NN_PUT_AFFINE) NN_NEXT_CHANNEL                                                            \
                   : registers                                                                                                      \
                   : [biases] "m"(o->to.bias), [multipliers] "m"(o->to.multiplier), [offsets] "m"(o->to.offset), [out] "m"(o->out),             \
                     [pitch] "m"(o->pitch), [end] "m"(end)                                                                             \
                   : "cc", "memory");                                                                                               \
  else                                                                                                                              \
    __asm volatile(sums NN_SCALED outputs(NN_PUT_SCALED) NN_NEXT_CHANNEL                                                            \
                   : registers                                                                                                      \
                   : [biases] "m"(o->to.bias), [multipliers] "m"(o->to.multiplier), [shifts] "m"(o->to.shift), [rounding] "m"(o->to.rounding),  \
                     [out] "m"(o->out), [pitch] "m"(o->pitch), [end] "m"(end)                                                             \
                   : "cc", "memory")
  if (n == 3 && stride == 1) {
    NN_CHANNELS(NN_SUMS_3, NN_PUT_3, NN_SUM_3);
  } else if (n == 3) {
    NN_CHANNELS(NN_SUMS_3_BY_2, NN_PUT_3, NN_SUM_3);
  } else if (n == 5) {
    NN_CHANNELS(NN_SUMS_5, NN_PUT_5, NN_SUM_5);
  } else if (stride == 1) {
    NN_CHANNELS(NN_SUMS_6, NN_PUT_6, NN_SUM_6);
  } else {
    NN_CHANNELS(NN_SUMS_6_BY_2, NN_PUT_6, NN_SUM_6);
  }
}

#endif
