/* int8 dense layer for cores without DSP extension and Helium: eight outputs at a time. */
#include "nn_dense.h"

#include "arch/nn_lanes_s8.h"
#include "arch/nn_output_s8.h"

/* `single` rounding and zero point: with a shift below -1 the product's high word holds all that counts. */
NN_INLINE int8_t scaled(int32_t sum, int32_t multiplier, int32_t shift, int32_t rounding) {
  return (int8_t)nn_half_saturated_s8((nn_high_product(sum, multiplier) >> (-2 - shift)) + rounding);
}

/* One input vector. */
static void dense(const nn_dense_s8_params *p, const int8_t *in, const int8_t *w, const int32_t *bias, const int32_t *multipliers,
                  const int8_t *shifts, int8_t *out) {
  const int32_t k = p->in_channels, rounding = 2 * p->out_zero + 1, multiplier = p->multiplier, shift = p->shift;
  const int32_t offset = p->out_channels > 7 ? -128 * nn_total_of_s8(in, k) : 0;
  for (int32_t left = p->out_channels, count; left > 0; left -= count) {
    int32_t sum[8];
    sum[0] = offset;
    count = left < 8 ? left : 8;
    if (count == 8)
      nn_eight_sums_s8(in, w, k, sum);
    else
      NN_ROLLED for (int32_t i = 0; i < count; i++) sum[i] = nn_one_sum_s8(in, w + i * k, k);
    w += count * k;
    const int32_t *const end = sum + count;
    if (multipliers)
      NN_ROLLED for (const int32_t *s = sum; s != end; s++) *out++ = scaled(*s + *bias++, *multipliers++, *shifts++, rounding);
    else
      NN_ROLLED for (const int32_t *s = sum; s != end; s++) *out++ = scaled(*s + *bias++, multiplier, shift, rounding);
  }
}

void nn_dense_lanes_s8(const nn_dense_s8_params *p, const int8_t *in, const int8_t *weights, const int32_t *bias, const int32_t *multipliers,
                       const int8_t *shifts, int8_t *out) {
  for (int32_t row = 0; row < p->rows; row++, in += p->in_channels, out += p->out_channels)
    dense(p, in, weights, bias, multipliers, shifts, out);
  out -= p->rows * p->out_channels;
  nn_clamp_row_s8(out, p->rows, p->out_channels, p->out_channels, p->clamp_min, p->clamp_max);
}
