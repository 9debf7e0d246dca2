#include "nn_reduce.h"

void nn_prod_f32(const nn_reduce_params *p, const float *in, float *out) {
  const int32_t count = p->count, inner = p->inner;
  for (int32_t o = 0; o < p->outer; ++o, in += count * inner, out += inner) {
    for (int32_t i = 0; i < inner; ++i) {
      float x = in[i];
      for (int32_t k = 1; k < count; ++k) {
        const float y = in[k * inner + i];
        x *= y;
      }
      out[i] = x;
    }
  }
}
