#include "nn_matmul_batches.h"

void nn_matmul_f32(const nn_matmul_f32_params *p, const float *a, const float *b, float *out) {
  const nn_matmul_shape *s = &p->shape;
  int32_t index[NN_MATMUL_BATCH_DIMS] = {0}, a_at = 0, b_at = 0;
  do {
    for (int32_t m = 0; m < s->rows; ++m) {
      for (int32_t n = 0; n < s->columns; ++n) {
        const float *x = a + a_at + m * s->a_row_stride;
        const float *y = b + b_at + n * s->b_column_stride;
        float sum = 0.0f;
        for (int32_t k = 0; k < s->depth; ++k, x += s->a_depth_stride, y += s->b_depth_stride) sum += *x * *y;
        *out++ = sum;
      }
    }
  } while (nn_matmul_next(s, index, &a_at, &b_at));
}
