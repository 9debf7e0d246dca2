/* int8 dense layer for cores without DSP extension and Helium: eight outputs at a time. */
#include "nn_dense.h"

#include "../../arch/nn_lanes_s8.h"

/* The requantisation of a layer: one multiplier and shift for all outputs (step 0) or tables of them (step 1). */
typedef struct {
  const int32_t *bias, *multiplier;
  const int8_t *shift;
  int32_t step;
} tables;

/* `single` rounding. Below a factor of a quarter the product's high word holds all that counts. */
static NN_NOINLINE int32_t scaled_large(int32_t sum, int32_t multiplier, int32_t shift) { return nn_multiply_single(sum, multiplier, shift); }

NN_INLINE int32_t scaled(int32_t sum, int32_t multiplier, int32_t shift) {
  if (shift >= -1) return scaled_large(sum, multiplier, shift);
  return ((nn_high_product(sum, multiplier) >> (-2 - shift)) + 1) >> 1;
}

static NN_NOINLINE void finish(const nn_dense_s8_params *p, const tables *t, const int32_t *sum, int32_t o, int32_t count, int8_t *out) {
  const int32_t zero = p->out_zero, low = p->clamp_min, high = p->clamp_max, step = t->step;
  const int32_t *bias = t->bias + o, *multiplier = t->multiplier + o * step;
  const int8_t *shift = t->shift + o * step;
  NN_ROLLED for (int8_t *const end = out + count; out != end; multiplier += step, shift += step)
    *out++ = (int8_t)nn_clamp(scaled(*sum++ + *bias++, *multiplier, *shift) + zero, low, high);
}

void nn_dense_lanes_s8(const nn_dense_s8_params *p, const int8_t *in, const int8_t *weights, const int32_t *bias, const int32_t *multipliers,
                       const int8_t *shifts, int8_t *out) {
  const int32_t k = p->in_channels;
  const int8_t shift = (int8_t)p->shift;
  const tables t = {bias, multipliers ? multipliers : &p->multiplier, shifts ? shifts : &shift, multipliers ? 1 : 0};
  for (int32_t row = 0; row < p->rows; row++, in += k, out += p->out_channels) {
    const int32_t total = nn_total_of_s8(in, k);
    const int8_t *w = weights;
    int32_t o = 0, sum[8];
    for (; o + 7 < p->out_channels; o += 8, w += 8 * k) {
      nn_eight_sums_s8(in, w, k, total, sum);
      finish(p, &t, sum, o, 8, out + o);
    }
    for (; o < p->out_channels; o++, w += k) {
      sum[0] = nn_one_sum_s8(in, w, k);
      finish(p, &t, sum, o, 1, out + o);
    }
  }
}
