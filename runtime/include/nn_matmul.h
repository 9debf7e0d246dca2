/* Products of two matrices of activations, for every matrix of a batch: out[m][n] = sum over k of a[m][k] * b[k][n]. */
#ifndef NN_MATMUL_H
#define NN_MATMUL_H

#include "nn_types.h"

NN_BEGIN

#define NN_MATMUL_BATCH_DIMS 4

/* Strides in elements; a transposed operand has its strides exchanged, a repeated one has 0 along the batch. `out` is dense and does not
 * overlap the operands. */
typedef struct {
  int32_t batch_rank;
  int32_t batch_size[NN_MATMUL_BATCH_DIMS], a_batch_stride[NN_MATMUL_BATCH_DIMS], b_batch_stride[NN_MATMUL_BATCH_DIMS];
  int32_t rows, depth, columns;
  int32_t a_row_stride, a_depth_stride, b_depth_stride, b_column_stride;
} nn_matmul_shape;

typedef struct {
  nn_matmul_shape shape;
} nn_matmul_f32_params;
void nn_matmul_f32(const nn_matmul_f32_params *p, const float *a, const float *b, float *out);

/* (a - a_zero) (b - b_zero), the sum times multiplier * 2^(shift - 31), `double` rounding, + out_zero, saturated. depth at most 2^15. */
typedef struct {
  nn_matmul_shape shape;
  int32_t a_zero, b_zero, multiplier, shift, out_zero;
} nn_matmul_s8_params;
void nn_matmul_s8(const nn_matmul_s8_params *p, const int8_t *a, const int8_t *b, int8_t *out);

NN_END

#endif
