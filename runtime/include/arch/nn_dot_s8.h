/* Dot products of int8 vectors: the inner loops of convolutions and dense layers.
 * Each adds to `sum` the products of weight vectors w0, w1, ... and input vectors x0, x1, ... of k elements (k >= 0).
 * sum[c * columns + j] belongs to weights c and inputs j.
 */
#ifndef NN_DOT_S8_H
#define NN_DOT_S8_H

#include "nn_arch.h"

#if NN_MVE
#include "nn_dot_s8_mve.h"
#elif NN_NEON
#include "nn_dot_s8_neon.h"
#else

#if NN_ARM_DSP && NN_ASSEMBLY
#include "nn_dot_s8_dsp.h"
#elif NN_DSP
/* 4 * words products of 2 weight and 2 input vectors; advances the vectors. */
NN_INLINE void nn_words_2x2_s8(const int8_t **w0, const int8_t **w1, const int8_t **x0, const int8_t **x1, int32_t words, int32_t sum[4]) {
  for (; words > 0; words--) {
    const uint32_t a0 = nn_load_s8x4(*x0), a1 = nn_load_s8x4(*x1), b0 = nn_load_s8x4(*w0), b1 = nn_load_s8x4(*w1);
    sum[0] = nn_smlad(nn_sxtb16_ror8(b0), nn_sxtb16_ror8(a0), nn_smlad(nn_sxtb16(b0), nn_sxtb16(a0), sum[0]));
    sum[1] = nn_smlad(nn_sxtb16_ror8(b0), nn_sxtb16_ror8(a1), nn_smlad(nn_sxtb16(b0), nn_sxtb16(a1), sum[1]));
    sum[2] = nn_smlad(nn_sxtb16_ror8(b1), nn_sxtb16_ror8(a0), nn_smlad(nn_sxtb16(b1), nn_sxtb16(a0), sum[2]));
    sum[3] = nn_smlad(nn_sxtb16_ror8(b1), nn_sxtb16_ror8(a1), nn_smlad(nn_sxtb16(b1), nn_sxtb16(a1), sum[3]));
    *w0 += 4;
    *w1 += 4;
    *x0 += 4;
    *x1 += 4;
  }
}

/* The same for 4 weight vectors and 1 input vector. */
NN_INLINE void nn_words_4x1_s8(const int8_t *w[4], const int8_t **x, int32_t words, int32_t sum[4]) {
  for (; words > 0; words--, *x += 4) {
    const uint32_t a = nn_load_s8x4(*x);
    for (int32_t i = 0; i < 4; i++, w[i - 1] += 4) {
      const uint32_t b = nn_load_s8x4(w[i]);
      sum[i] = nn_smlad(nn_sxtb16_ror8(b), nn_sxtb16_ror8(a), nn_smlad(nn_sxtb16(b), nn_sxtb16(a), sum[i]));
    }
  }
}
#endif

/* 2 weight vectors, 2 input vectors. */
NN_INLINE void nn_dot_2x2_s8(const int8_t *w0, const int8_t *w1, const int8_t *x0, const int8_t *x1, int32_t k, int32_t sum[4]) {
#if NN_DSP
  nn_words_2x2_s8(&w0, &w1, &x0, &x1, k >> 2, sum);
  k &= 3;
#endif
  int32_t s00 = sum[0], s01 = sum[1], s10 = sum[2], s11 = sum[3];
#define NN_PRODUCTS_2X2                     \
  do {                                      \
    const int32_t a0 = *x0++, a1 = *x1++;   \
    const int32_t b0 = *w0++, b1 = *w1++;   \
    s00 += b0 * a0;                         \
    s01 += b0 * a1;                         \
    s10 += b1 * a0;                         \
    s11 += b1 * a1;                         \
  } while (0)
#if !NN_DSP
  for (const int8_t *const end = w0 + (k & ~3); w0 != end;) {
    NN_PRODUCTS_2X2;
    NN_PRODUCTS_2X2;
    NN_PRODUCTS_2X2;
    NN_PRODUCTS_2X2;
  }
  k &= 3;
#endif
  for (const int8_t *const end = w0 + k; w0 != end;) NN_PRODUCTS_2X2;
#undef NN_PRODUCTS_2X2
  sum[0] = s00;
  sum[1] = s01;
  sum[2] = s10;
  sum[3] = s11;
}

/* 4 weight vectors, 1 input vector. */
NN_INLINE void nn_dot_4x1_s8(const int8_t *w0, const int8_t *w1, const int8_t *w2, const int8_t *w3, const int8_t *x, int32_t k,
                             int32_t sum[4]) {
#if NN_DSP
  const int8_t *w[4] = {w0, w1, w2, w3};
  nn_words_4x1_s8(w, &x, k >> 2, sum);
  w0 = w[0];
  w1 = w[1];
  w2 = w[2];
  w3 = w[3];
  k &= 3;
#endif
  int32_t s0 = sum[0], s1 = sum[1], s2 = sum[2], s3 = sum[3];
  const int8_t *const end = x + k;
  while (x != end) {
    const int32_t a = *x++;
    s0 += *w0++ * a;
    s1 += *w1++ * a;
    s2 += *w2++ * a;
    s3 += *w3++ * a;
  }
  sum[0] = s0;
  sum[1] = s1;
  sum[2] = s2;
  sum[3] = s3;
}

/* 2 weight vectors, 1 input vector. */
NN_INLINE void nn_dot_2x1_s8(const int8_t *w0, const int8_t *w1, const int8_t *x, int32_t k, int32_t sum[2]) {
  int32_t s0 = sum[0], s1 = sum[1];
  const int8_t *const end = x + k;
#if NN_DSP
  const int8_t *const words_end = x + (k & ~3);
  for (; x != words_end; x += 4, w0 += 4, w1 += 4) {
    const uint32_t a = nn_load_s8x4(x), b0 = nn_load_s8x4(w0), b1 = nn_load_s8x4(w1);
    const uint32_t even = nn_sxtb16(a), odd = nn_sxtb16_ror8(a);
    s0 = nn_smlad(nn_sxtb16_ror8(b0), odd, nn_smlad(nn_sxtb16(b0), even, s0));
    s1 = nn_smlad(nn_sxtb16_ror8(b1), odd, nn_smlad(nn_sxtb16(b1), even, s1));
  }
#endif
  while (x != end) {
    const int32_t a = *x++;
    s0 += *w0++ * a;
    s1 += *w1++ * a;
  }
  sum[0] = s0;
  sum[1] = s1;
}

#endif

/* The sum of k int8. */
NN_INLINE int32_t nn_total_s8(const int8_t *x, int32_t k) {
  int32_t sum = 0;
  for (int32_t i = 0; i < k; i++) sum += x[i];
  return sum;
}

#endif
