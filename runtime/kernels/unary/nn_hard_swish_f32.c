#include "nn_unary.h"

#include "arch/nn_clamp_f32.h"

void nn_hard_swish_f32(const float *in, float *out, int32_t count) {
  for (int32_t i = 0; i < count; ++i) {
    const float x = in[i];
    out[i] = x * nn_clamp_f32(x + 3.0f, 0.0f, 6.0f) / 6.0f;
  }
}
