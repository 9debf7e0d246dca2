#include "nn_copy.h"

#include <string.h>

void nn_fill_u8(uint8_t *out, int32_t count, uint8_t value) { memset(out, value, (size_t)count); }

void nn_fill_u32(void *out, int32_t count, const void *value) {
  uint8_t *to = out;
  for (int32_t i = 0; i < count; ++i) memcpy(to + 4 * i, value, 4);
}
