#include "nn_reduce.h"
#include "nn_requantize.h"

void nn_sum_s8(const nn_reduce_s8_params *p, const int8_t *in, int8_t *out) {
  const int32_t count = p->count, inner = p->inner;
  const int32_t offset = count * p->in_zero;
  for (int32_t o = 0; o < p->outer; ++o, in += count * inner, out += inner) {
    for (int32_t i = 0; i < inner; ++i) {
      const int8_t *x = in + i;
      int32_t sum = 0;
      for (int32_t k = 0; k < count; ++k, x += inner) sum += *x;
      out[i] = (int8_t)nn_clamp(nn_multiply_single(sum - offset, p->multiplier, p->shift) + p->out_zero, -128, 127);
    }
  }
}
