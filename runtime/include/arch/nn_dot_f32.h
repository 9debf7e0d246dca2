/* Dot products of float vectors, in several partial sums: faster, and no less exact than one. */
#ifndef NN_DOT_F32_H
#define NN_DOT_F32_H

#include "nn_clamp_f32.h"

NN_INLINE float nn_dot_f32(const float *a, const float *b, int32_t k) {
  float s0 = 0.0f, s1 = 0.0f, s2 = 0.0f, s3 = 0.0f;
  int32_t i = 0;
  for (; i + 3 < k; i += 4) {
    s0 = nn_multiply_add_f32(a[i], b[i], s0);
    s1 = nn_multiply_add_f32(a[i + 1], b[i + 1], s1);
    s2 = nn_multiply_add_f32(a[i + 2], b[i + 2], s2);
    s3 = nn_multiply_add_f32(a[i + 3], b[i + 3], s3);
  }
  if (nn_known(k)) i = nn_whole(k, 4);
  for (; i < k; i++) s0 = nn_multiply_add_f32(a[i], b[i], s0);
  return (s0 + s1) + (s2 + s3);
}

/* sum[c] += the dot product of x and the vector at w + c * stride, for 4 vectors. */
NN_INLINE void nn_dot_4x1_f32(const float *w, int32_t stride, const float *x, int32_t k, float sum[4]) {
  const float *w0 = w, *w1 = w + stride, *w2 = w1 + stride, *w3 = w2 + stride;
  float s0 = sum[0], s1 = sum[1], s2 = sum[2], s3 = sum[3];
  for (int32_t i = 0; i < k; i++) {
    const float a = *x++;
    s0 = nn_multiply_add_f32(*w0++, a, s0);
    s1 = nn_multiply_add_f32(*w1++, a, s1);
    s2 = nn_multiply_add_f32(*w2++, a, s2);
    s3 = nn_multiply_add_f32(*w3++, a, s3);
  }
  sum[0] = s0;
  sum[1] = s1;
  sum[2] = s2;
  sum[3] = s3;
}

/* sum[j] += the sum over i below k of w[i * w_step] * x[i * x_step + j * distance], for 4 places j. */
NN_INLINE void nn_dot_1x4_f32(const float *w, int32_t w_step, const float *x, int32_t x_step, int32_t distance, int32_t k, float sum[4]) {
  const float *x0 = x, *x1 = x0 + distance, *x2 = x1 + distance, *x3 = x2 + distance;
  float s0 = sum[0], s1 = sum[1], s2 = sum[2], s3 = sum[3];
  for (; k > 0; k--, w += w_step, x0 += x_step, x1 += x_step, x2 += x_step, x3 += x_step) {
    s0 = nn_multiply_add_f32(*w, *x0, s0);
    s1 = nn_multiply_add_f32(*w, *x1, s1);
    s2 = nn_multiply_add_f32(*w, *x2, s2);
    s3 = nn_multiply_add_f32(*w, *x3, s3);
  }
  sum[0] = s0;
  sum[1] = s1;
  sum[2] = s2;
  sum[3] = s3;
}

#endif
