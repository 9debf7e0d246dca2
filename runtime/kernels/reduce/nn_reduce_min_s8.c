#include "nn_reduce.h"

void nn_reduce_min_s8(const nn_reduce_params *p, const int8_t *in, int8_t *out) {
  const int32_t count = p->count, inner = p->inner;
  for (int32_t o = 0; o < p->outer; ++o, in += count * inner, out += inner) {
    for (int32_t i = 0; i < inner; ++i) {
      int8_t x = in[i];
      for (int32_t k = 1; k < count; ++k) {
        const int8_t y = in[k * inner + i];
        if (y < x) x = y;
      }
      out[i] = x;
    }
  }
}
