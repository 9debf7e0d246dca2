#include "nn_reduce.h"

void nn_arg_max_s8(const nn_reduce_params *p, const int8_t *in, int32_t *out) {
  const int32_t count = p->count, inner = p->inner;
  for (int32_t o = 0; o < p->outer; ++o, in += count * inner, out += inner) {
    for (int32_t i = 0; i < inner; ++i) {
      int32_t best = 0;
      for (int32_t k = 1; k < count; ++k) {
        if (in[k * inner + i] > in[best * inner + i]) best = k;
      }
      out[i] = best;
    }
  }
}
