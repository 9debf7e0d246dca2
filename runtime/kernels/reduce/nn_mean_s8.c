#include "nn_reduce.h"

#include "nn_sum_body.h"

static int8_t finish(const nn_reduce_s8_params *p, int32_t sum) {
  return (int8_t)nn_clamp(nn_multiply_double(sum, p->multiplier, p->shift) + p->out_zero, -128, 127);
}

void nn_mean_s8(const nn_reduce_s8_params *p, const int8_t *in, int8_t *out) { nn_reduce_sums_s8(p, in, out, finish); }
