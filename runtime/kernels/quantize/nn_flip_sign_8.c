#include "nn_quantize.h"

void nn_flip_sign_8(const uint8_t *in, uint8_t *out, int32_t count) {
  for (int32_t i = 0; i < count; ++i) out[i] = (uint8_t)(in[i] ^ 0x80u);
}
