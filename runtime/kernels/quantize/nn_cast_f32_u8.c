#include "nn_quantize.h"

void nn_cast_f32_u8(const float *in, uint8_t *out, int32_t count) {
  for (int32_t i = 0; i < count; ++i) {
    const float x = in[i];
    out[i] = (uint8_t)(x != x || x < 0.0f ? 0.0f : x > 255.0f ? 255.0f : x);
  }
}
