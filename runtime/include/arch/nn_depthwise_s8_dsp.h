/* The taps of four channels of a depthwise convolution on Cortex-M4, M7 and M33: 20 instructions for 8 products. In assembly because gcc's
 * scheduler spills the loop. Weights packed as nn_dwconv2d.h says. */
#ifndef NN_DEPTHWISE_S8_DSP_H
#define NN_DEPTHWISE_S8_DSP_H

/* Adds the products of two taps to each sum of channels c to c + 3, `pairs` (at least 1) times; advances tap and w, which are aligned to
 * 4 bytes. Pointers are 32 bits wide: both a pair of them and its weights are 8 bytes. */
NN_INLINE void nn_tap_pairs_s8(const int8_t *const **tap, int32_t pairs, int32_t c, const int8_t **w, int32_t sum[4]) {
  const int8_t *const *t = *tap;
  const int8_t *v = *w;
  int32_t s0 = sum[0], s1 = sum[1], s2 = sum[2], s3 = sum[3];
  uint32_t a, b, d, e, f, g;
  __asm volatile(
      "1:\n"
      "ldrd %[a], %[b], [%[tap]], #8\n ldrd %[e], %[f], [%[w]], #8\n"
      "ldr %[a], [%[a], %[c]]\n ldr %[b], [%[b], %[c]]\n"
      "pkhbt %[d], %[a], %[b], lsl #16\n pkhtb %[b], %[b], %[a], asr #16\n"
      "sxtb16 %[a], %[d]\n sxtb16 %[g], %[e]\n smlad %[s0], %[a], %[g], %[s0]\n"
      "sxtb16 %[d], %[d], ror #8\n sxtb16 %[e], %[e], ror #8\n smlad %[s1], %[d], %[e], %[s1]\n"
      "sxtb16 %[a], %[b]\n sxtb16 %[g], %[f]\n smlad %[s2], %[a], %[g], %[s2]\n"
      "sxtb16 %[b], %[b], ror #8\n sxtb16 %[f], %[f], ror #8\n smlad %[s3], %[b], %[f], %[s3]\n"
      "subs %[pairs], %[pairs], #1\n"
      "bne 1b\n"
      : [tap] "+r"(t), [w] "+r"(v), [pairs] "+r"(pairs), [s0] "+r"(s0), [s1] "+r"(s1), [s2] "+r"(s2), [s3] "+r"(s3), [a] "=&r"(a),
        [b] "=&r"(b), [d] "=&r"(d), [e] "=&r"(e), [f] "=&r"(f), [g] "=&r"(g)
      : [c] "r"(c)
      : "cc", "memory");
  *tap = t;
  *w = v;
  sum[0] = s0;
  sum[1] = s1;
  sum[2] = s2;
  sum[3] = s3;
}

#endif
