/* nn_sums_f32.h with Helium: four sums in a vector. */
#ifndef NN_SUMS_F32_MVE_H
#define NN_SUMS_F32_MVE_H

#include "nn_arch.h"

NN_INLINE void nn_products_8_f32(const float *const *rows, int32_t row_count, int32_t offset, int32_t k, const float *w, int32_t skip,
                                 const float *from, float *to) {
  float32x4_t low = vld1q_f32(from), high = vld1q_f32(from + 4);
  for (; row_count > 0; row_count--, rows++, w += skip) {
    const float *x = *rows + offset;
    for (int32_t j = 0; j < k; j++, w += 8, x++) {
      low = vfmaq_n_f32(low, vld1q_f32(w), *x);
      high = vfmaq_n_f32(high, vld1q_f32(w + 4), *x);
    }
  }
  vst1q_f32(to, low);
  vst1q_f32(to + 4, high);
}

NN_INLINE void nn_products_8x2_f32(const float *const *rows, int32_t row_count, int32_t offset, int32_t second, int32_t k, const float *w,
                                   int32_t skip, const float *from0, const float *from1, float *to0, float *to1) {
  float32x4_t low0 = vld1q_f32(from0), high0 = vld1q_f32(from0 + 4), low1 = vld1q_f32(from1), high1 = vld1q_f32(from1 + 4);
  for (; row_count > 0; row_count--, rows++, w += skip) {
    const float *x0 = *rows + offset, *x1 = x0 + second;
    for (int32_t j = 0; j < k; j++, w += 8, x0++, x1++) {
      const float32x4_t low = vld1q_f32(w), high = vld1q_f32(w + 4);
      low0 = vfmaq_n_f32(low0, low, *x0);
      high0 = vfmaq_n_f32(high0, high, *x0);
      low1 = vfmaq_n_f32(low1, low, *x1);
      high1 = vfmaq_n_f32(high1, high, *x1);
    }
  }
  vst1q_f32(to0, low0);
  vst1q_f32(to0 + 4, high0);
  vst1q_f32(to1, low1);
  vst1q_f32(to1 + 4, high1);
}

NN_INLINE void nn_taps_8_f32(const float *const *rows, int32_t row_count, int32_t offset, int32_t taps, int32_t step, const float *w,
                             int32_t skip, const float *from, float *to) {
  float32x4_t low = vld1q_f32(from), high = vld1q_f32(from + 4);
  for (; row_count > 0; row_count--, rows++, w += skip) {
    const float *x = *rows + offset;
    for (int32_t t = 0; t < taps; t++, w += 8, x += step) {
      low = vfmaq_f32(low, vld1q_f32(w), vld1q_f32(x));
      high = vfmaq_f32(high, vld1q_f32(w + 4), vld1q_f32(x + 4));
    }
  }
  vst1q_f32(to, low);
  vst1q_f32(to + 4, high);
}

NN_INLINE void nn_taps_8x2_f32(const float *const *rows, int32_t row_count, int32_t offset, int32_t second, int32_t taps, int32_t step,
                               const float *w, const float *from, float *to0, float *to1) {
  float32x4_t low0 = vld1q_f32(from), high0 = vld1q_f32(from + 4), low1 = low0, high1 = high0;
  for (; row_count > 0; row_count--, rows++) {
    const float *x0 = *rows + offset, *x1 = x0 + second;
    for (int32_t t = 0; t < taps; t++, w += 8, x0 += step, x1 += step) {
      const float32x4_t low = vld1q_f32(w), high = vld1q_f32(w + 4);
      low0 = vfmaq_f32(low0, low, vld1q_f32(x0));
      high0 = vfmaq_f32(high0, high, vld1q_f32(x0 + 4));
      low1 = vfmaq_f32(low1, low, vld1q_f32(x1));
      high1 = vfmaq_f32(high1, high, vld1q_f32(x1 + 4));
    }
  }
  vst1q_f32(to0, low0);
  vst1q_f32(to0 + 4, high0);
  vst1q_f32(to1, low1);
  vst1q_f32(to1 + 4, high1);
}

#endif
