/* The steps of int8 softmax: gemmlowp's fixed point, on which LiteRT's reference kernel is built. Not a public header.
 * Both instances are given e(i), the exponential of element i less the maximum, with 31 fraction bits. */
#ifndef NN_SOFTMAX_S8_H
#define NN_SOFTMAX_S8_H

#include "nn_requantize.h"

/* round(x / 2^exponent) for x >= 0, exponent > 0. */
static inline int32_t nn_round_positive(int32_t x, int32_t exponent) {
  return (int32_t)(((uint32_t)x + (UINT32_C(1) << (exponent - 1))) >> exponent);
}

/* x * 2^bits, saturated. */
static inline int32_t nn_saturating_left_shift(int32_t x, int32_t bits) {
  if (x > INT32_MAX >> bits) return INT32_MAX;
  if (x < -(INT32_MAX >> bits) - 1) return INT32_MIN;
  return (int32_t)((uint32_t)x << bits);
}

/* 1 / (1 + a) for a in [0, 1), both with 31 fraction bits: three Newton-Raphson steps from 48/17 - 32/17 d on the half denominator d
 * (2 integer bits inside). */
static inline int32_t nn_one_over_one_plus(int32_t a) {
  const int32_t half = (int32_t)(((int64_t)a + INT32_MAX + 1) / 2);
  int32_t x = 1515870810 + nn_doubling_high_multiply(half, -1010580540);
  for (int32_t step = 0; step < 3; ++step) {
    const int32_t rest = (1 << 29) - nn_doubling_high_multiply(half, x);
    x += nn_saturating_left_shift(nn_doubling_high_multiply(x, rest), 2);
  }
  return nn_saturating_left_shift(x, 1);
}

/* What one over the sum comes to: element = e * scale, rounded after a right shift; a shift beyond 31 leaves 0. */
typedef struct {
  int32_t scale, shift;
} nn_softmax_factor;

/* `sum` of the exponentials with 12 integer bits; > 0. */
static inline nn_softmax_factor nn_softmax_factor_of(int32_t sum) {
  int32_t headroom = 0;
  for (uint32_t bit = UINT32_C(1) << 31; ((uint32_t)sum & bit) == 0; bit >>= 1) ++headroom;
  const int32_t scale = nn_one_over_one_plus((int32_t)(((uint32_t)sum << headroom) - (UINT32_C(1) << 31)));
  const nn_softmax_factor factor = {scale, 35 - headroom};     /* 12 - headroom bits over one, to 8 bits of the result */
  return factor;
}

static inline int8_t nn_softmax_element(int32_t e, nn_softmax_factor factor) {
  if (factor.shift > 31) return -128;
  const int32_t q = nn_round_positive(nn_doubling_high_multiply(factor.scale, e), factor.shift);
  return (int8_t)(q > 255 ? 127 : q - 128);
}

#endif
