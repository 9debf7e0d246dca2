/* The walk over the batch: BODY(a, b, out) for every pair of matrices. */
#ifndef NN_MATMUL_BATCHES_H
#define NN_MATMUL_BATCHES_H

#include "nn_matmul.h"

/* Moves *a and *b, offsets in elements, to the next matrices of the batch; 0 when there are none left. */
static inline int nn_matmul_next(const nn_matmul_shape *s, int32_t *index, int32_t *a, int32_t *b) {
  for (int32_t d = s->batch_rank - 1; d >= 0; --d) {
    *a += s->a_batch_stride[d];
    *b += s->b_batch_stride[d];
    if (++index[d] < s->batch_size[d]) return 1;
    *a -= s->a_batch_stride[d] * s->batch_size[d];
    *b -= s->b_batch_stride[d] * s->batch_size[d];
    index[d] = 0;
  }
  return 0;
}

#endif
