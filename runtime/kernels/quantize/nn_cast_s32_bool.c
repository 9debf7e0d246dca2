#include "nn_quantize.h"

void nn_cast_s32_bool(const int32_t *in, uint8_t *out, int32_t count) {
  for (int32_t i = 0; i < count; ++i) {
    const int32_t x = in[i];
    out[i] = x != 0 ? 1 : 0;
  }
}
