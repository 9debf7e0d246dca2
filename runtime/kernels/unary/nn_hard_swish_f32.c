#include "nn_unary.h"

#include <math.h>

void nn_hard_swish_f32(const float *in, float *out, int32_t count) {
  for (int32_t i = 0; i < count; ++i) {
    const float x = in[i];
    out[i] = x * fminf(6.0f, fmaxf(0.0f, x + 3.0f)) / 6.0f;
  }
}
