#include "nn_matmul_batches.h"
#include "nn_requantize.h"

void nn_matmul_s8(const nn_matmul_s8_params *p, const int8_t *a, const int8_t *b, int8_t *out) {
  const nn_matmul_shape *s = &p->shape;
  int32_t index[NN_MATMUL_BATCH_DIMS] = {0}, a_at = 0, b_at = 0;
  do {
    for (int32_t m = 0; m < s->rows; ++m) {
      for (int32_t n = 0; n < s->columns; ++n) {
        const int8_t *x = a + a_at + m * s->a_row_stride;
        const int8_t *y = b + b_at + n * s->b_column_stride;
        int32_t sum = 0;
        for (int32_t k = 0; k < s->depth; ++k, x += s->a_depth_stride, y += s->b_depth_stride) sum += (*x - p->a_zero) * (*y - p->b_zero);
        *out++ = (int8_t)nn_clamp(nn_multiply_double(sum, p->multiplier, p->shift) + p->out_zero, -128, 127);
      }
    }
  } while (nn_matmul_next(s, index, &a_at, &b_at));
}
