#include "nn_quantize.h"

void nn_cast_u8_f32(const uint8_t *in, float *out, int32_t count) {
  for (int32_t i = 0; i < count; ++i) {
    const uint8_t x = in[i];
    out[i] = (float)x;
  }
}
