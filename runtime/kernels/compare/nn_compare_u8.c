#include "nn_compare.h"

static void compute_row(const void *params, const void *a_row, const void *b_row, void *out_row, int32_t count, int32_t a_step,
                        int32_t b_step) {
  const nn_compare_params *p = params;
  const uint8_t *a = a_row, *b = b_row;
  uint8_t *out = out_row;
  for (int32_t i = 0; i < count; ++i, a += a_step, b += b_step)
    out[i] = *a < *b ? p->if_less : *a > *b ? p->if_greater : *a == *b ? p->if_equal : p->if_unordered;
}

void nn_compare_u8(const nn_compare_params *p, const uint8_t *a, const uint8_t *b, uint8_t *out) {
  nn_broadcast_rows(&p->shape, compute_row, p, a, b, (int32_t)sizeof(*a), out, 1);
}
