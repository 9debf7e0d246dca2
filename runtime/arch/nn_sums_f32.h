/* Sums of float products, eight channels at a time: the inner loops of convolutions and dense layers. Weights are packed so that the
 * eight that belong to one input value (one tap) stand side by side; on cores with a unit for floats the sums stay in its registers.
 *
 * Every function returns to[i] = from[i] + the products, i = 0 .. 7; the x2 forms do it for two inputs that share the weights.
 * `to` may be `from`; it must not overlap the inputs. Products are added one by one in the order of the weights, with fused
 * multiply-adds where the core has them.
 */
#ifndef NN_SUMS_F32_H
#define NN_SUMS_F32_H

#include "nn_arch.h"

#if NN_MVE && (__ARM_FEATURE_MVE & 2)
#include "nn_sums_f32_mve.h"
#elif defined(__arm__) && defined(__ARM_NEON) && defined(__ARM_FEATURE_FMA)
#include "nn_sums_f32_neon.h"
#elif defined(__arm__) && defined(__ARM_FP) && defined(__ARM_FEATURE_FMA)
#include "nn_sums_f32_vfp.h"
#else

/* Products of one vector: x[0 .. k - 1], weights w[8 * j + i]. */
NN_INLINE void nn_products_8_f32(const float *w, const float *x, int32_t k, const float *from, float *to) {
  float sum[8];
  memcpy(sum, from, sizeof sum);
  for (int32_t j = 0; j < k; j++, w += 8)
    for (int32_t i = 0; i < 8; i++) sum[i] = nn_multiply_add_f32(w[i], x[j], sum[i]);
  memcpy(to, sum, sizeof sum);
}

NN_INLINE void nn_products_8x2_f32(const float *w, const float *x0, const float *x1, int32_t k, const float *from0, const float *from1,
                                   float *to0, float *to1) {
  nn_products_8_f32(w, x0, k, from0, to0);
  nn_products_8_f32(w, x1, k, from1, to1);
}

/* Products of eight channels over taps: x[t * step + i], weights w[8 * t + i], t = 0 .. taps - 1. */
NN_INLINE void nn_taps_8_f32(const float *w, const float *x, int32_t taps, int32_t step, const float *from, float *to) {
  float sum[8];
  memcpy(sum, from, sizeof sum);
  for (int32_t t = 0; t < taps; t++, w += 8, x += step)
    for (int32_t i = 0; i < 8; i++) sum[i] = nn_multiply_add_f32(w[i], x[i], sum[i]);
  memcpy(to, sum, sizeof sum);
}

NN_INLINE void nn_taps_8x2_f32(const float *w, const float *x0, const float *x1, int32_t taps, int32_t step, const float *from0,
                               const float *from1, float *to0, float *to1) {
  nn_taps_8_f32(w, x0, taps, step, from0, to0);
  nn_taps_8_f32(w, x1, taps, step, from1, to1);
}

#endif

#endif
