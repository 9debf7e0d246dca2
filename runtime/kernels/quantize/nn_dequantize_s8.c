#include "nn_quantize.h"

void nn_dequantize_s8(const nn_scale_params *p, const int8_t *in, float *out, int32_t count) {
  const float scale = p->scale;
  const int32_t zero = p->zero;
  for (int32_t i = 0; i < count; ++i) out[i] = scale * (float)(in[i] - zero);
}
