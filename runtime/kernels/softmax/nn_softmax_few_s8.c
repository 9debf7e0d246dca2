#include "nn_softmax.h"
#include "nn_softmax_s8.h"

/* exp(a) for a in [-1/4, 0), 31 fraction bits on both sides: the Taylor series around -1/8. */
static int32_t exp_on_quarter(int32_t a) {
  const int32_t exp_minus_eighth = 1895147668, third = 715827883;
  const int32_t x = a + (1 << 28), x2 = nn_doubling_high_multiply(x, x);
  const int32_t x3 = nn_doubling_high_multiply(x2, x), x4 = nn_doubling_high_multiply(x2, x2);
  const int32_t rest = nn_rounding_shift(nn_doubling_high_multiply(nn_rounding_shift(x4, 2) + x3, third) + x2, 1);
  return exp_minus_eighth + nn_doubling_high_multiply(exp_minus_eighth, x + rest);
}

/* exp(a) for a < 0 with 26 fraction bits: the part below a quarter by the series, then a factor for every bit above it. */
static int32_t exp_on_negative(int32_t a) {
  static const int32_t factors[7] = {1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242};   /* exp(-1/4), exp(-1/2) ... exp(-16) */
  const int32_t quarter = 1 << 24, below = (a & (quarter - 1)) - quarter, above = (below - a) >> 24;
  int32_t result = exp_on_quarter(below * 32);
  for (int32_t bit = 0; bit < 7; ++bit)
    if (((above >> bit) & 1) != 0) result = nn_doubling_high_multiply(result, factors[bit]);
  return result;
}

/* Of an element `difference` <= 0 below the maximum. */
static int32_t exponential(const nn_softmax_few_s8_params *p, int32_t difference) {
  if (difference == 0) return INT32_MAX;
  if (difference < -p->radius) return 0;
  const int32_t a = nn_doubling_high_multiply(difference * (1 << p->left), p->multiplier);
  return a == 0 ? INT32_MAX : exp_on_negative(a);
}

void nn_softmax_few_s8(const nn_softmax_few_s8_params *p, const int8_t *in, int8_t *out, int32_t rows, int32_t depth) {
  for (int32_t r = 0; r < rows; ++r, in += depth, out += depth) {
    int32_t max = in[0];
    for (int32_t i = 1; i < depth; ++i) max = in[i] > max ? in[i] : max;
    int32_t sum = 0;                 /* 12 integer bits */
    for (int32_t i = 0; i < depth; ++i) sum += nn_round_positive(exponential(p, in[i] - max), 12);
    const nn_softmax_factor factor = nn_softmax_factor_of(sum);
    for (int32_t i = 0; i < depth; ++i) out[i] = nn_softmax_element(exponential(p, in[i] - max), factor);
  }
}
