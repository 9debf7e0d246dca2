#include "nn_quantize.h"

void nn_cast_s8_f32(const int8_t *in, float *out, int32_t count) {
  for (int32_t i = 0; i < count; ++i) {
    const int8_t x = in[i];
    out[i] = (float)x;
  }
}
