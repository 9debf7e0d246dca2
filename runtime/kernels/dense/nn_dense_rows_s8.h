/* What the dense kernels share that take their input vector in parts. */
#ifndef NN_DENSE_ROWS_S8_H
#define NN_DENSE_ROWS_S8_H

#include "nn_dense_s8.h"

/* Elements of a part. */
NN_INLINE int32_t nn_dense_part(const nn_dense_rows_s8_params *p) { return p->dense.in_channels / p->height; }

/* Adds a part's products to the sum of output o; `start`: what it begins with. */
NN_INLINE void nn_dense_add(int32_t *sums, int32_t o, int32_t y, int32_t products, int32_t start) { sums[o] = products + (y == 0 ? start : sums[o]); }

/* The outputs, behind the last part. */
NN_INLINE void nn_dense_finish_rows_s8(const nn_dense_rows_s8_params *p, int32_t y, const int32_t *multipliers, const int8_t *shifts,
                                       const int32_t *sums, int8_t *out) {
  if (y + 1 < p->height) return;
  for (int32_t o = 0; o < p->dense.out_channels; o++) out[o] = nn_dense_finish_s8(&p->dense, multipliers, shifts, sums[o], o);
}

#endif
