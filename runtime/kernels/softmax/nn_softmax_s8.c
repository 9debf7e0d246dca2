#include "nn_requantize.h"
#include "nn_softmax.h"

/* x * 2^bits, saturated. */
static int32_t saturating_left_shift(int32_t x, int32_t bits) {
  const int64_t wide = (int64_t)x * ((int64_t)1 << bits);
  return wide > INT32_MAX ? INT32_MAX : wide < INT32_MIN ? INT32_MIN : (int32_t)wide;
}

/* 1 / (1 + a) for a in [0, 1), both with 31 fraction bits: three Newton-Raphson steps from 48/17 - 32/17 d on the half denominator d
 * (2 integer bits inside). */
static int32_t one_over_one_plus(int32_t a) {
  const int32_t half = (int32_t)(((int64_t)a + INT32_MAX + 1) / 2);
  int32_t x = 1515870810 + nn_doubling_high_multiply(half, -1010580540);
  for (int32_t step = 0; step < 3; ++step) {
    const int32_t rest = (1 << 29) - nn_doubling_high_multiply(half, x);
    x += saturating_left_shift(nn_doubling_high_multiply(x, rest), 2);
  }
  return saturating_left_shift(x, 1);
}

/* Number of leading zero bits of x > 0. */
static int32_t leading_zeros(int32_t x) {
  int32_t count = 0;
  for (uint32_t bit = UINT32_C(1) << 31; ((uint32_t)x & bit) == 0; bit >>= 1) ++count;
  return count;
}

void nn_softmax_s8(const int8_t *in, const int32_t *exponentials, int8_t *out, int32_t rows, int32_t depth) {
  for (int32_t r = 0; r < rows; ++r, in += depth, out += depth) {
    int32_t max = in[0];
    for (int32_t i = 1; i < depth; ++i) max = in[i] > max ? in[i] : max;
    const int32_t *e = exponentials + 255 - max;
    int32_t sum = 0;                 /* 12 integer bits */
    for (int32_t i = 0; i < depth; ++i) sum += nn_rounding_shift(e[in[i]], 12);
    const int32_t headroom = leading_zeros(sum);
    const int32_t scale = one_over_one_plus((int32_t)(((uint32_t)sum << headroom) - (UINT32_C(1) << 31)));
    const int32_t shift = 35 - headroom;     /* 12 - headroom bits over one, to 8 bits of the result */
    for (int32_t i = 0; i < depth; ++i) {
      const int32_t q = shift > 31 ? 0 : nn_rounding_shift(nn_doubling_high_multiply(scale, e[in[i]]), shift);
      out[i] = (int8_t)(q > 255 ? 127 : q - 128);
    }
  }
}
