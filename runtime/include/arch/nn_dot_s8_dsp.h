/* The inner loop of nn_dot_2x2_s8 on Cortex-M4, M7 and M33: 20 instructions for 16 products. In assembly because it takes all 14
 * registers, which gcc's scheduler spills. */
#ifndef NN_DOT_S8_DSP_H
#define NN_DOT_S8_DSP_H

#define NN_STEP_2X2_S8                                                                     \
  "ldr %[a], [%[x0]], #4\n ldr %[c], [%[x1]], #4\n ldr %[e], [%[w0]], #4\n"                \
  "sxtb16 %[b], %[a]\n sxtb16 %[a], %[a], ror #8\n"                                        \
  "sxtb16 %[d], %[c]\n sxtb16 %[c], %[c], ror #8\n"                                        \
  "sxtb16 %[f], %[e]\n sxtb16 %[e], %[e], ror #8\n"                                        \
  "smlad %[s00], %[f], %[b], %[s00]\n smlad %[s01], %[f], %[d], %[s01]\n"                  \
  "smlad %[s00], %[e], %[a], %[s00]\n smlad %[s01], %[e], %[c], %[s01]\n"                  \
  "ldr %[e], [%[w1]], #4\n"                                                                \
  "sxtb16 %[f], %[e]\n sxtb16 %[e], %[e], ror #8\n"                                        \
  "smlad %[s10], %[f], %[b], %[s10]\n smlad %[s11], %[f], %[d], %[s11]\n"                  \
  "smlad %[s10], %[e], %[a], %[s10]\n smlad %[s11], %[e], %[c], %[s11]\n"

/* 4 * words products of 2 weight and 2 input vectors; advances the vectors. */
NN_INLINE void nn_words_2x2_s8(const int8_t **w0, const int8_t **w1, const int8_t **x0, const int8_t **x1, int32_t words, int32_t sum[4]) {
  const int8_t *const pairs_end = *w0 + (words & ~1) * 4;
  const int8_t *w = *w0, *v = *w1, *x = *x0, *y = *x1;
  int32_t s00 = sum[0], s01 = sum[1], s10 = sum[2], s11 = sum[3];
  uint32_t a, b, c, d, e, f;
  if (words > 1) {
    __asm volatile(
        "1:\n" NN_STEP_2X2_S8 NN_STEP_2X2_S8
        "ldr %[a], %[end]\n"
        "cmp %[w0], %[a]\n"
        "bne 1b\n"
        : [w0] "+r"(w), [w1] "+r"(v), [x0] "+r"(x), [x1] "+r"(y), [s00] "+r"(s00), [s01] "+r"(s01), [s10] "+r"(s10), [s11] "+r"(s11),
          [a] "=&r"(a), [b] "=&r"(b), [c] "=&r"(c), [d] "=&r"(d), [e] "=&r"(e), [f] "=&r"(f)
        : [end] "m"(pairs_end)
        : "cc", "memory");
  }
  if (words & 1) {
    __asm volatile(NN_STEP_2X2_S8
                   : [w0] "+r"(w), [w1] "+r"(v), [x0] "+r"(x), [x1] "+r"(y), [s00] "+r"(s00), [s01] "+r"(s01), [s10] "+r"(s10),
                     [s11] "+r"(s11), [a] "=&r"(a), [b] "=&r"(b), [c] "=&r"(c), [d] "=&r"(d), [e] "=&r"(e), [f] "=&r"(f)
                   :
                   : "memory");
  }
  *w0 = w;
  *w1 = v;
  *x0 = x;
  *x1 = y;
  sum[0] = s00;
  sum[1] = s01;
  sum[2] = s10;
  sum[3] = s11;
}

#define NN_STEP_4X1_S8(vector, total)                                    \
  "ldr %[c], [%[" vector "]], #4\n"                                      \
  "sxtb16 %[d], %[c]\n sxtb16 %[c], %[c], ror #8\n"                       \
  "smlad %[" total "], %[d], %[b], %[" total "]\n"                       \
  "smlad %[" total "], %[c], %[a], %[" total "]\n"

/* The same for 4 weight vectors and 1 input vector: 26 instructions for 16 products. */
NN_INLINE void nn_words_4x1_s8(const int8_t *w[4], const int8_t **x, int32_t words, int32_t sum[4]) {
  const int8_t *const words_end = *x + words * 4;
  const int8_t *w0 = w[0], *w1 = w[1], *w2 = w[2], *w3 = w[3], *y = *x;
  int32_t s0 = sum[0], s1 = sum[1], s2 = sum[2], s3 = sum[3];
  uint32_t a, b, c, d;
  if (words > 0) {
    __asm volatile(
        "1:\n"
        "ldr %[a], [%[x]], #4\n"
        "sxtb16 %[b], %[a]\n sxtb16 %[a], %[a], ror #8\n"
        NN_STEP_4X1_S8("w0", "s0") NN_STEP_4X1_S8("w1", "s1") NN_STEP_4X1_S8("w2", "s2") NN_STEP_4X1_S8("w3", "s3")
        "ldr %[c], %[end]\n"
        "cmp %[x], %[c]\n"
        "bne 1b\n"
        : [w0] "+r"(w0), [w1] "+r"(w1), [w2] "+r"(w2), [w3] "+r"(w3), [x] "+r"(y), [s0] "+r"(s0), [s1] "+r"(s1), [s2] "+r"(s2),
          [s3] "+r"(s3), [a] "=&r"(a), [b] "=&r"(b), [c] "=&r"(c), [d] "=&r"(d)
        : [end] "m"(words_end)
        : "cc", "memory");
  }
  w[0] = w0;
  w[1] = w1;
  w[2] = w2;
  w[3] = w3;
  *x = y;
  sum[0] = s0;
  sum[1] = s1;
  sum[2] = s2;
  sum[3] = s3;
}

#endif
