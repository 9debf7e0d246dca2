#include "nn_quantize.h"

void nn_cast_f32_bool(const float *in, uint8_t *out, int32_t count) {
  for (int32_t i = 0; i < count; ++i) {
    const float x = in[i];
    out[i] = x != 0.0f ? 1 : 0;
  }
}
