/* Requantisation: int32 times a positive real factor in fixed point, factor = multiplier * 2^(shift - 31) with
 * 2^30 <= multiplier < 2^31 (or 0). Two kinds of rounding; which one an operator needs is fixed by its reference (LiteRT's reference kernels).
 */
#ifndef NN_REQUANTIZE_H
#define NN_REQUANTIZE_H

#include "nn_types.h"

/* round(a * b / 2^31), ties up; a and b not both INT32_MIN. */
static inline int32_t nn_doubling_high_multiply(int32_t a, int32_t b) {
  return (int32_t)(((int64_t)a * b + (INT64_C(1) << 30)) >> 31);
}

/* For cores without a long multiplication: |a| < 2^30, 2^30 <= b < 2^31, a * b = high * 2^32 + middle * 2^16 + what is left of the lowest 16
 * bits, by four products of 16 bits. With a = ah * 2^16 + al and b = bh * 2^16 + bl, al signed and bl unsigned, middle + 2^15 stays inside 32
 * bits because |ah| <= 2^14 and bh < 2^15. */
typedef struct {
  int32_t high, middle;
} nn_product_halves;

static inline nn_product_halves nn_multiply_halves(int32_t a, int32_t b) {
  const int32_t al = (int16_t)(uint16_t)a, ah = (a - al) >> 16, bl = b & 0xffff, bh = b >> 16;
  const nn_product_halves product = {ah * bh, al * bh + ah * bl + ((al * bl) >> 16)};
  return product;
}

/* nn_doubling_high_multiply, and a * b / 2^32 rounded down, of such a and b. */
static inline int32_t nn_doubling_high_multiply_halves(int32_t a, int32_t b) {
  const nn_product_halves product = nn_multiply_halves(a, b);
  return 2 * product.high + ((product.middle + (1 << 14)) >> 15);
}

static inline int32_t nn_high_product_halves(int32_t a, int32_t b) {
  const nn_product_halves product = nn_multiply_halves(a, b);
  return product.high + (product.middle >> 16);
}

/* round(x / 2^exponent), ties away from zero; exponent in [0, 31]. */
static inline int32_t nn_rounding_shift(int32_t x, int32_t exponent) {
  const int32_t mask = (int32_t)((UINT32_C(1) << exponent) - 1u);
  const int32_t threshold = (int32_t)((uint32_t)mask >> 1) + (x < 0 ? 1 : 0);
  return (x >> exponent) + ((x & mask) > threshold ? 1 : 0);
}

/* `double`: the high multiplication rounds, then the right shift rounds. shift in [-31, 31]; x * 2^shift fits 32 bits. */
static inline int32_t nn_multiply_double(int32_t x, int32_t multiplier, int32_t shift) {
  const int32_t left = shift > 0 ? shift : 0;
  const int32_t right = shift > 0 ? 0 : -shift;
  return nn_rounding_shift(nn_doubling_high_multiply((int32_t)((uint32_t)x << left), multiplier), right);
}

/* `single`: one rounding of the 64-bit product, ties up. shift in [-31, 30]. */
static inline int32_t nn_multiply_single(int32_t x, int32_t multiplier, int32_t shift) {
  const int32_t right = 31 - shift;
  return (int32_t)(((int64_t)x * multiplier + (INT64_C(1) << (right - 1))) >> right);
}

static inline int32_t nn_clamp(int32_t x, int32_t low, int32_t high) {
  return x < low ? low : x > high ? high : x;
}

#endif
