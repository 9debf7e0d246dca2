/* int8 dense layer for cores with SMLAD. */
#include "nn_dense.h"

#include "../../arch/nn_output_s8.h"
#include "../../arch/nn_vector_s8.h"

typedef struct {
  const nn_dense_s8_params *p;
  const int32_t *multipliers;
  const int8_t *shifts;
  int32_t rounding; /* 2 * zero point + 1 */
  int8_t *out;
} output;

/* `single` rounding of 2 <= s <= 20: (sum * m + 2^(30 + s)) / 2^(31 + s) + zero, rounded down; the terms but the product are whole high words. */
NN_INLINE void finish(const void *context, int32_t channel, const int32_t *sum, int32_t count) {
  const output *const o = context;
  int32_t multiplier = o->p->multiplier, shift = -2 - o->p->shift;
  for (int32_t c = channel; c < channel + count; c++) {
    if (o->multipliers) {
      multiplier = o->multipliers[c];
      shift = -2 - o->shifts[c];
    }
    const int32_t scaled = nn_high_multiply_add(*sum++, multiplier, (int32_t)((uint32_t)o->rounding << shift));
    o->out[c] = (int8_t)nn_half_saturated_s8(scaled >> shift);
  }
}

void nn_dense_dsp_s8(const nn_dense_s8_params *p, const int8_t *in, const int8_t *weights, const int32_t *bias, const int32_t *multipliers,
                     const int8_t *shifts, int8_t *out) {
  for (int32_t row = 0; row < p->rows; row++, in += p->in_channels, out += p->out_channels) {
    const output to = {p, multipliers, shifts, 2 * p->out_zero + 1, out};
    nn_vector_s8(weights, bias, in, p->in_channels, p->out_channels, finish, &to);
    nn_clamp_row_s8(out, 1, p->out_channels, p->out_channels, p->clamp_min, p->clamp_max);
  }
}
