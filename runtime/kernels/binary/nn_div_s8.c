#include "nn_binary.h"
#include "nn_requantize.h"

typedef struct {
  const nn_div_s8_params *p;
  const int32_t *reciprocals;
  const int8_t *shifts;
} division;

static inline int8_t divide(const division *d, int32_t a, int32_t b) {
  const nn_div_s8_params *p = d->p;
  int32_t x = a - p->a_zero;
  if (b < p->b_zero) x = -x;
  int32_t headroom = 31; /* unused bits of x below the sign */
  for (int32_t bits = x >= 0 ? x : -x - (x < 0 ? 1 : 0); bits > 0; bits >>= 1) --headroom;
  const int32_t fine = nn_doubling_high_multiply((int32_t)((uint32_t)x << headroom), d->reciprocals[b + 128]);
  const int32_t shift = headroom + d->shifts[b + 128] - p->shift;
  const int32_t q = nn_rounding_shift(nn_doubling_high_multiply(fine, p->multiplier), shift);
  return (int8_t)nn_clamp(q + p->out_zero, p->low, p->high);
}

static void compute_row(const void *params, const void *a_row, const void *b_row, void *out_row, int32_t count, int32_t a_step,
                        int32_t b_step) {
  const int8_t *a = a_row, *b = b_row;
  int8_t *out = out_row;
  for (int32_t i = 0; i < count; ++i, a += a_step, b += b_step) out[i] = divide(params, *a, *b);
}

void nn_div_s8(const nn_div_s8_params *p, const int8_t *a, const int8_t *b, const int32_t *reciprocals, const int8_t *reciprocal_shifts,
               int8_t *out) {
  const division d = {p, reciprocals, reciprocal_shifts};
  nn_broadcast_rows(&p->shape, compute_row, &d, a, b, 1, out, 1);
}
