/* Nine taps of four channels of a depthwise convolution on Cortex-M4, M7 and M33: 83 instructions for 36 products. In assembly because
 * gcc's scheduler spills the unrolled loop. Weights packed as nn_dwconv2d.h says. */
#ifndef NN_DEPTHWISE_S8_DSP_H
#define NN_DEPTHWISE_S8_DSP_H

/* Two taps: the pointers at tap + at, the weights at w + at (32-bit pointers: both are 8 bytes a pair). */
#define NN_TWO_TAPS_S8(at)                                                          \
  "ldrd %[a], %[b], [%[tap], #" at "]\n"                                            \
  "ldrd %[e], %[f], [%[w], #" at "]\n"                                              \
  "ldr %[a], [%[a], %[c]]\n ldr %[b], [%[b], %[c]]\n"                               \
  "pkhbt %[d], %[a], %[b], lsl #16\n pkhtb %[b], %[b], %[a], asr #16\n"             \
  "sxtb16 %[a], %[d]\n sxtb16 %[g], %[e]\n smlad %[s0], %[a], %[g], %[s0]\n"        \
  "sxtb16 %[d], %[d], ror #8\n sxtb16 %[e], %[e], ror #8\n smlad %[s1], %[d], %[e], %[s1]\n" \
  "sxtb16 %[a], %[b]\n sxtb16 %[g], %[f]\n smlad %[s2], %[a], %[g], %[s2]\n"        \
  "sxtb16 %[b], %[b], ror #8\n sxtb16 %[f], %[f], ror #8\n smlad %[s3], %[b], %[f], %[s3]\n"

/* Adds to the sums of channels c to c + 3. tap and w are aligned to 4 bytes. */
NN_INLINE void nn_nine_taps_s8(const int8_t *const tap[], int32_t c, const int8_t *w, int32_t sum[4]) {
  int32_t s0 = sum[0], s1 = sum[1], s2 = sum[2], s3 = sum[3];
  uint32_t a, b, d, e, f, g;
  __asm volatile(
      NN_TWO_TAPS_S8("0") NN_TWO_TAPS_S8("8") NN_TWO_TAPS_S8("16") NN_TWO_TAPS_S8("24")
      "ldr %[a], [%[tap], #32]\n"
      "ldr %[e], [%[w], #32]\n"
      "ldr %[a], [%[a], %[c]]\n"
      "sxtb16 %[b], %[a]\n sxtb16 %[f], %[e]\n"
      "smlabb %[s0], %[b], %[f], %[s0]\n smlatt %[s2], %[b], %[f], %[s2]\n"
      "sxtb16 %[b], %[a], ror #8\n sxtb16 %[f], %[e], ror #8\n"
      "smlabb %[s1], %[b], %[f], %[s1]\n smlatt %[s3], %[b], %[f], %[s3]\n"
      : [s0] "+r"(s0), [s1] "+r"(s1), [s2] "+r"(s2), [s3] "+r"(s3), [a] "=&r"(a), [b] "=&r"(b), [d] "=&r"(d), [e] "=&r"(e), [f] "=&r"(f),
        [g] "=&r"(g)
      : [tap] "r"(tap), [w] "r"(w), [c] "r"(c)
      : "memory");
  sum[0] = s0;
  sum[1] = s1;
  sum[2] = s2;
  sum[3] = s3;
}

#endif
