/* From sums to outputs: what the plain int8 dense kernels share. */
#ifndef NN_DENSE_S8_H
#define NN_DENSE_S8_H

#include "nn_dense.h"

#include "arch/nn_arch.h"

/* Output o of a sum with its bias: `single` rounding by the tables or, where they are NULL, by the one multiplier and shift; zero point, clamp. */
NN_INLINE int8_t nn_dense_finish_s8(const nn_dense_s8_params *p, const int32_t *multipliers, const int8_t *shifts, int32_t sum, int32_t o) {
  const int32_t multiplier = multipliers ? multipliers[o] : p->multiplier, shift = multipliers ? shifts[o] : p->shift;
  return (int8_t)nn_clamp(nn_multiply_single(sum, multiplier, shift) + p->out_zero, p->clamp_min, p->clamp_max);
}

#endif
