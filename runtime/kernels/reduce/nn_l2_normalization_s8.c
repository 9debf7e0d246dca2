#include "nn_reduce.h"
#include "nn_requantize.h"

static int32_t shift_left_saturated(int32_t x, int32_t bits) {
  const int64_t wide = (int64_t)x * ((int64_t)1 << bits);
  return wide > INT32_MAX ? INT32_MAX : wide < INT32_MIN ? INT32_MIN : (int32_t)wide;
}

/* 1 / sqrt(x), x > 0, as multiplier * 2^(*shift - 31): x scaled by a power of 4 to [2^27, 2^29), then five Newton steps
 * r <- r (3 - x r^2) / 2 from r = 1, with 28 fractional bits. */
static int32_t inverse_square_root(int32_t x, int32_t *shift) {
  int32_t right = 11;
  if (x <= 1) {
    *shift = 0;
    return INT32_MAX;
  }
  for (; x >= (1 << 29); x /= 4) ++right;
  for (; x < (1 << 27); x *= 4) --right;
  const int32_t one = 1 << 28;
  const int32_t half_x = nn_rounding_shift(x >> 1, 1);
  int32_t root = one;
  for (int32_t step = 0; step < 5; ++step) {
    const int32_t cube = shift_left_saturated(nn_doubling_high_multiply(nn_doubling_high_multiply(root, root), root), 6);
    root = shift_left_saturated(nn_doubling_high_multiply(one + one / 2, root) - nn_doubling_high_multiply(half_x, cube), 3);
  }
  root = nn_doubling_high_multiply(root, 1518500250); /* sqrt(2) / 2 with 31 fractional bits */
  if (right < 0) {
    *shift = 0;
    return (int32_t)((uint32_t)root << -right);
  }
  *shift = -right;
  return root;
}

void nn_l2_normalization_s8(const nn_l2_normalization_s8_params *p, const int8_t *in, int8_t *out) {
  for (int32_t o = 0; o < p->outer; ++o, in += p->count, out += p->count) {
    int32_t squares = 0;
    for (int32_t k = 0; k < p->count; ++k) squares += (in[k] - p->in_zero) * (in[k] - p->in_zero);
    int32_t shift;
    const int32_t multiplier = inverse_square_root(squares, &shift);
    for (int32_t k = 0; k < p->count; ++k)
      out[k] = (int8_t)nn_clamp(nn_multiply_double((in[k] - p->in_zero) * (1 << p->early_bits), multiplier, shift + 7 - p->early_bits), -128, 127);
  }
}
