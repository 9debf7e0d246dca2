#include "nn_unary.h"

void nn_leaky_relu_f32(const nn_leaky_relu_f32_params *p, const float *in, float *out, int32_t count) {
  const float alpha = p->alpha;
  for (int32_t i = 0; i < count; ++i) out[i] = in[i] > 0.0f ? in[i] : in[i] * alpha;
}
