#include "nn_gather.h"

#include <string.h>

void nn_gather(const nn_gather_params *p, const uint8_t *in, const int32_t *indices, uint8_t *out) {
  for (int32_t o = 0; o < p->outer; ++o) {
    for (int32_t i = 0; i < p->count; ++i) {
      int32_t index = indices[i];
      if (index < 0) index = 0;
      if (index >= p->axis) index = p->axis - 1;
      memcpy(out, in + (o * p->axis + index) * p->inner, (size_t)p->inner);
      out += p->inner;
    }
  }
}
