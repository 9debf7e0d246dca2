#include "nn_binary.h"
#include "nn_requantize.h"

static void compute_row(const void *params, const void *a_row, const void *b_row, void *out_row, int32_t count, int32_t a_step,
                        int32_t b_step) {
  const nn_squared_difference_s8_params *p = params;
  const int8_t *a = a_row, *b = b_row;
  int8_t *out = out_row;
  for (int32_t i = 0; i < count; ++i, a += a_step, b += b_step) {
    const int32_t x = nn_multiply_double((*a - p->a_zero) * (1 << 7), p->a_multiplier, p->a_shift);
    const int32_t y = nn_multiply_double((*b - p->b_zero) * (1 << 7), p->b_multiplier, p->b_shift);
    const int32_t square = nn_multiply_double((x - y) * (x - y), p->out_multiplier, p->out_shift);
    out[i] = (int8_t)nn_clamp(square + p->out_zero, p->low, p->high);
  }
}

void nn_squared_difference_s8(const nn_squared_difference_s8_params *p, const int8_t *a, const int8_t *b, int8_t *out) {
  nn_broadcast_rows(&p->shape, compute_row, p, a, b, 1, out, 1);
}
