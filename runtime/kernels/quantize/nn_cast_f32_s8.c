#include "nn_quantize.h"

void nn_cast_f32_s8(const float *in, int8_t *out, int32_t count) {
  for (int32_t i = 0; i < count; ++i) {
    const float x = in[i];
    out[i] = (int8_t)(x != x ? 0.0f : x < -128.0f ? -128.0f : x > 127.0f ? 127.0f : x);
  }
}
