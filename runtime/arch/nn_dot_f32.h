/* Dot products of float vectors, in several partial sums: faster, and no less exact than one. */
#ifndef NN_DOT_F32_H
#define NN_DOT_F32_H

#include "nn_arch.h"

NN_INLINE float nn_clamp_f32(float x, float low, float high) { return x < low ? low : x > high ? high : x; }

NN_INLINE float nn_dot_f32(const float *a, const float *b, int32_t k) {
  float s0 = 0.0f, s1 = 0.0f, s2 = 0.0f, s3 = 0.0f;
  int32_t i = 0;
  for (; i + 3 < k; i += 4) {
    s0 += a[i] * b[i];
    s1 += a[i + 1] * b[i + 1];
    s2 += a[i + 2] * b[i + 2];
    s3 += a[i + 3] * b[i + 3];
  }
  for (; i < k; i++) s0 += a[i] * b[i];
  return (s0 + s1) + (s2 + s3);
}

#endif
