/* Outputs of the plain int8 dense kernels, four at a time. */
#ifndef NN_DENSE_DOTS_S8_H
#define NN_DENSE_DOTS_S8_H

#include "arch/nn_dot_s8.h"

/* Adds to `sum` the products of n inputs with the next vectors of weights, `pitch` apart: four, or the `left` last ones. Moves the weights on;
 * returns how many. */
NN_INLINE int32_t nn_dense_dots_s8(const int8_t **weights, int32_t pitch, int32_t left, const int8_t *in, int32_t n, int32_t sum[4]) {
  /* the last vector takes the place of those past the end */
  const int32_t count = left < 4 ? left : 4;
  const int8_t *const w = *weights, *const w1 = count > 1 ? w + pitch : w, *const w2 = count > 2 ? w1 + pitch : w1, *const w3 = count > 3 ? w2 + pitch : w2;
  nn_dot_4x1_s8(w, w1, w2, w3, in, n, sum);
  *weights = w3 + pitch;
  return count;
}

#endif
