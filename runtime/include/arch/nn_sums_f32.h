/* Sums of float products, eight channels at a time: the inner loops of convolutions and dense layers. Weights are packed so that the
 * eight that belong to one input value (one tap) stand side by side; on cores with a unit for floats the sums stay in its registers.
 *
 * Every function returns to[i] = from[i] + the products, i = 0 .. 7. They run over `row_count` (at least 1) rows of a window, from element
 * `offset` of each row on; behind the weights of a row `skip` ones are passed over. The x2 forms do it for two pixels, the second one
 * `second` elements behind the first, that share the weights. `to` may be `from`; it must not overlap the rows. Products are added one by
 * one in the order of the weights, which are finite; they are fused where the core has an
 * instruction for it (docs/decisions/0008-float-products.md).
 */
#ifndef NN_SUMS_F32_H
#define NN_SUMS_F32_H

#include "nn_arch.h"

#if NN_MVE && (__ARM_FEATURE_MVE & 2)
#include "nn_sums_f32_mve.h"
#elif defined(__arm__) && defined(__ARM_FP) && defined(__ARM_FEATURE_FMA)
#include "nn_sums_f32_vfp.h"
#else

/* May the products with x be left out? Without a unit for floats, where a product costs a hundred instructions: those with zero, of which
 * a ReLU leaves many. */
NN_INLINE int nn_adds_nothing_f32(float x) {
#if defined(__arm__) && !defined(__ARM_FP)
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits << 1 == 0;
#else
  (void)x;
  return 0;
#endif
}

/* Products of k (at least 1) consecutive values of each row. */
NN_INLINE void nn_products_8_f32(const float *const *rows, int32_t row_count, int32_t offset, int32_t k, const float *w, int32_t skip,
                                 const float *from, float *to) {
  float sum[8];
  memcpy(sum, from, sizeof sum);
  for (int32_t r = 0; r < row_count; r++, w += skip)
    for (int32_t j = 0; j < k; j++, w += 8) {
      const float x = rows[r][offset + j];
      if (nn_adds_nothing_f32(x)) continue;
      for (int32_t i = 0; i < 8; i++) sum[i] = nn_multiply_add_f32(w[i], x, sum[i]);
    }
  memcpy(to, sum, sizeof sum);
}

NN_INLINE void nn_products_8x2_f32(const float *const *rows, int32_t row_count, int32_t offset, int32_t second, int32_t k, const float *w,
                                   int32_t skip, const float *from0, const float *from1, float *to0, float *to1) {
  nn_products_8_f32(rows, row_count, offset, k, w, skip, from0, to0);
  nn_products_8_f32(rows, row_count, offset + second, k, w, skip, from1, to1);
}

/* Products of eight neighbouring channels with weights of their own over `taps` (at least 1) pixels of each row, `step` elements apart. */
NN_INLINE void nn_taps_8_f32(const float *const *rows, int32_t row_count, int32_t offset, int32_t taps, int32_t step, const float *w,
                             int32_t skip, const float *from, float *to) {
  float sum[8];
  memcpy(sum, from, sizeof sum);
  for (int32_t r = 0; r < row_count; r++, w += skip) {
    const float *x = rows[r] + offset;
    for (int32_t t = 0; t < taps; t++, w += 8, x += step)
      for (int32_t i = 0; i < 8; i++)
        if (!nn_adds_nothing_f32(x[i])) sum[i] = nn_multiply_add_f32(w[i], x[i], sum[i]);
  }
  memcpy(to, sum, sizeof sum);
}

/* No weights are passed over. */
NN_INLINE void nn_taps_8x2_f32(const float *const *rows, int32_t row_count, int32_t offset, int32_t second, int32_t taps, int32_t step,
                               const float *w, const float *from, float *to0, float *to1) {
  nn_taps_8_f32(rows, row_count, offset, taps, step, w, 0, from, to0);
  nn_taps_8_f32(rows, row_count, offset + second, taps, step, w, 0, from, to1);
}

#endif

#endif
