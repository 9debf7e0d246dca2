/* The sums of int8 that MEAN and SUM have in common. */
#ifndef NN_SUM_BODY_H
#define NN_SUM_BODY_H

#include "nn_reduce.h"

#include "arch/nn_sums_s8.h"

/* `finish` brings a sum, its zero points taken off, to the output. */
NN_INLINE void nn_reduce_sums_s8(const nn_reduce_s8_params *p, const int8_t *in, int8_t *out,
                                 int8_t (*finish)(const nn_reduce_s8_params *p, int32_t sum)) {
  const int32_t count = p->count, inner = p->inner;
  const int32_t offset = count * p->in_zero;
  for (int32_t o = 0; o < p->outer; ++o, in += count * inner, out += inner) {
    int32_t i = 0;
    for (; i + 3 < inner; i += 4) {
      int32_t sum[4] = {0, 0, 0, 0};
      nn_add_columns_s8(in + i, count, inner, sum);
      for (int32_t k = 0; k < 4; ++k) out[i + k] = finish(p, sum[k] - offset);
    }
    for (; i < inner; ++i) {
      const int8_t *x = in + i;
      int32_t sum = 0;
      for (int32_t k = 0; k < count; ++k, x += inner) sum += *x;
      out[i] = finish(p, sum - offset);
    }
  }
}

#endif
