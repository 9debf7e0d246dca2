/* The sums of one channel of a strip, nn_dw_sums, in assembly for Cortex-M4, M7 and M33: gcc's scheduler spills what C says. */
#ifndef NN_DWCONV2D_SUMS_DSP_S8_H
#define NN_DWCONV2D_SUMS_DSP_S8_H

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

/* Weights of the upper rows; of the third: u0 = (w20, w21), u1 = (w21, w22). */
#define NN_UPPER_WEIGHTS                                         \
  "ldr %[x], [%[w]]\n ldr %[u2], [%[w], #4]\n"                   \
  "sxtb16 %[u0], %[x]\n sxtb16 %[u1], %[x], ror #8\n sxtb16 %[u2], %[u2]\n"
#define NN_THIRD_WEIGHTS                                         \
  "ldr %[u1], [%[w], #4]\n ldrsb %[u0], [%[w], #8]\n"            \
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

NN_INLINE void nn_dw_sums(const uint32_t *pixels, const int8_t *w, int32_t bias, int32_t n, int32_t stride, int32_t sum[6]) {
  int32_t s0, s1, s2, s3, s4, s5;
  uint32_t u0, u1, u2, x;
#define NN_SUM_3 [s0] "=&r"(s0), [s1] "=&r"(s1), [s2] "=&r"(s2), [u0] "=&r"(u0), [u1] "=&r"(u1), [u2] "=&r"(u2), [x] "=&r"(x)
#define NN_SUM_IN : [pixels] "r"(pixels), [w] "r"(w), [bias] "r"(bias) : "memory"
  if (n == 3) {
    if (stride == 1)
      __asm volatile(NN_SUMS_3 : NN_SUM_3 NN_SUM_IN);
    else
      __asm volatile(NN_SUMS_3_BY_2 : NN_SUM_3 NN_SUM_IN);
  } else if (n == 5) {
    __asm volatile(NN_SUMS_5 : NN_SUM_3, [s3] "=&r"(s3), [s4] "=&r"(s4) NN_SUM_IN);
    sum[3] = s3;
    sum[4] = s4;
  } else {
    if (stride == 1)
      __asm volatile(NN_SUMS_6 : NN_SUM_3, [s3] "=&r"(s3), [s4] "=&r"(s4), [s5] "=&r"(s5) NN_SUM_IN);
    else
      __asm volatile(NN_SUMS_6_BY_2 : NN_SUM_3, [s3] "=&r"(s3), [s4] "=&r"(s4), [s5] "=&r"(s5) NN_SUM_IN);
    sum[3] = s3;
    sum[4] = s4;
    sum[5] = s5;
  }
  sum[0] = s0;
  sum[1] = s1;
  sum[2] = s2;
}

#endif
