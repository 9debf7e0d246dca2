#include "nn_copy.h"

#include "arch/nn_arch.h"

#include <string.h>

void nn_fill_u8(uint8_t *out, int32_t count, uint8_t value) { memset(out, value, (size_t)count); }

void nn_fill_u32(void *out, int32_t count, const void *value) {
  const nn_word word = *(const nn_word *)value;
  nn_word *to = out;
  for (; count > 0; count--) *to++ = word;
}
