/* Repeated elements, twice (the usual depth multiplier) in a loop of its own. */
#include "nn_copy.h"

#include "arch/nn_arch.h"

void nn_repeat_8(const uint8_t *in, int32_t count, int32_t times, uint8_t *out) {
  if (times == 2) {
    for (; count > 0; count--, out += 2) out[0] = out[1] = *in++;
    return;
  }
  for (; count > 0; count--, in++)
    for (int32_t i = times; i > 0; i--) *out++ = *in;
}

void nn_repeat_32(const uint32_t *in, int32_t count, int32_t times, uint32_t *out) {
  for (; count > 0; count--, in++)
    for (int32_t i = times; i > 0; i--) *out++ = *in;
}
