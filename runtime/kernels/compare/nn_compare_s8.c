#include "nn_compare.h"
#include "nn_requantize.h"

static void compute_row(const void *params, const void *a_row, const void *b_row, void *out_row, int32_t count, int32_t a_step,
                        int32_t b_step) {
  const nn_compare_s8_params *p = params;
  const int8_t *a = a_row, *b = b_row;
  uint8_t *out = out_row;
  for (int32_t i = 0; i < count; ++i, a += a_step, b += b_step) {
    const int32_t x = nn_multiply_double((*a - p->a_zero) * (1 << 8), p->a_multiplier, p->a_shift);
    const int32_t y = nn_multiply_double((*b - p->b_zero) * (1 << 8), p->b_multiplier, p->b_shift);
    out[i] = x < y ? p->if_less : x > y ? p->if_greater : p->if_equal;
  }
}

void nn_compare_s8(const nn_compare_s8_params *p, const int8_t *a, const int8_t *b, uint8_t *out) {
  nn_broadcast_rows(&p->shape, compute_row, p, a, b, 1, out, 1);
}
