/* nn_sums_f32.h with Helium: four sums in a vector. */
#ifndef NN_SUMS_F32_MVE_H
#define NN_SUMS_F32_MVE_H

#include "nn_arch.h"

/* The inner loops of products stand in assembly, two values of each input a turn: gcc 12 loads values twice and addresses weights by two
 * registers. Loads stand between the multiplications, which they overlap. */

NN_INLINE void nn_products_8_f32(const float *const *rows, int32_t row_count, int32_t offset, int32_t k, const float *w, int32_t skip,
                                 const float *from, float *to) {
  float32x4_t low = vld1q_f32(from), high = vld1q_f32(from + 4);
  for (; row_count > 0; row_count--, rows++, w += skip) {
    const float *x = *rows + offset;
    if (k > 1) {
      float32x4_t w0, w1, w2, w3;
      float x0, x1;
      __asm__ volatile(
          "dls lr, %[pairs]\n"
          "1:\n"
          "ldrd %[x0], %[x1], [%[x]], #8\n"
          "vldrw.32 %q[w0], [%[w]], #64\n"
          "vldrw.32 %q[w1], [%[w], #-48]\n"
          "vfma.f32 %q[low], %q[w0], %[x0]\n"
          "vldrw.32 %q[w2], [%[w], #-32]\n"
          "vfma.f32 %q[high], %q[w1], %[x0]\n"
          "vldrw.32 %q[w3], [%[w], #-16]\n"
          "vfma.f32 %q[low], %q[w2], %[x1]\n"
          "vfma.f32 %q[high], %q[w3], %[x1]\n"
          "le lr, 1b\n"
          : [low] "+w"(low), [high] "+w"(high), [w] "+r"(w), [x] "+r"(x), [w0] "=&w"(w0), [w1] "=&w"(w1), [w2] "=&w"(w2), [w3] "=&w"(w3),
            [x0] "=&r"(x0), [x1] "=&r"(x1)
          : [pairs] "r"(k >> 1)
          : "lr", "memory");
    }
    if (k & 1) {
      low = vfmaq_n_f32(low, vld1q_f32(w), *x);
      high = vfmaq_n_f32(high, vld1q_f32(w + 4), *x);
      w += 8;
    }
  }
  vst1q_f32(to, low);
  vst1q_f32(to + 4, high);
}

NN_INLINE void nn_products_8x2_f32(const float *const *rows, int32_t row_count, int32_t offset, int32_t second, int32_t k, const float *w,
                                   int32_t skip, const float *from0, const float *from1, float *to0, float *to1) {
  float32x4_t low0 = vld1q_f32(from0), high0 = vld1q_f32(from0 + 4), low1 = vld1q_f32(from1), high1 = vld1q_f32(from1 + 4);
  for (; row_count > 0; row_count--, rows++, w += skip) {
    const float *x = *rows + offset, *y = x + second;
    if (k > 1) {
      float32x4_t w0, w1, w2, w3;
      float x0, x1, y0, y1;
      __asm__ volatile(
          "dls lr, %[pairs]\n"
          "1:\n"
          "ldrd %[x0], %[x1], [%[x]], #8\n"
          "ldrd %[y0], %[y1], [%[y]], #8\n"
          "vldrw.32 %q[w0], [%[w]], #64\n"
          "vfma.f32 %q[low0], %q[w0], %[x0]\n"
          "vldrw.32 %q[w1], [%[w], #-48]\n"
          "vfma.f32 %q[low1], %q[w0], %[y0]\n"
          "vldrw.32 %q[w2], [%[w], #-32]\n"
          "vfma.f32 %q[high0], %q[w1], %[x0]\n"
          "vldrw.32 %q[w3], [%[w], #-16]\n"
          "vfma.f32 %q[high1], %q[w1], %[y0]\n"
          "vfma.f32 %q[low0], %q[w2], %[x1]\n"
          "vfma.f32 %q[low1], %q[w2], %[y1]\n"
          "vfma.f32 %q[high0], %q[w3], %[x1]\n"
          "vfma.f32 %q[high1], %q[w3], %[y1]\n"
          "le lr, 1b\n"
          : [low0] "+w"(low0), [high0] "+w"(high0), [low1] "+w"(low1), [high1] "+w"(high1), [w] "+r"(w), [x] "+r"(x), [y] "+r"(y),
            [w0] "=&w"(w0), [w1] "=&w"(w1), [w2] "=&w"(w2), [w3] "=&w"(w3), [x0] "=&r"(x0), [x1] "=&r"(x1), [y0] "=&r"(y0), [y1] "=&r"(y1)
          : [pairs] "r"(k >> 1)
          : "lr", "memory");
    }
    if (k & 1) {
      const float32x4_t low = vld1q_f32(w), high = vld1q_f32(w + 4);
      low0 = vfmaq_n_f32(low0, low, *x);
      high0 = vfmaq_n_f32(high0, high, *x);
      low1 = vfmaq_n_f32(low1, low, *y);
      high1 = vfmaq_n_f32(high1, high, *y);
      w += 8;
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
