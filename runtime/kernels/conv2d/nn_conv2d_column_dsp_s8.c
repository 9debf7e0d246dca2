/* int8 pointwise convolution of images one pixel wide, for cores with SMLAD. */
#include "nn_conv2d.h"

#include "../../arch/nn_output_s8.h"
#include "../../arch/nn_pairs_s8.h"
#include "../../arch/nn_vector_s8.h"

typedef struct {
  const int32_t *multiplier;
  const int8_t *shift;
  int32_t zero;
  int8_t *out;
} output;

NN_INLINE void finish(const void *context, int32_t channel, const int32_t *sum, int32_t count) {
  const output *const o = context;
  for (int32_t c = channel; c < channel + count; c++)
    o->out[c] = (int8_t)nn_finish_pair_s8(*sum++, o->multiplier[c], o->shift[c], o->zero);
}

void nn_conv2d_column_dsp_s8_row(const nn_conv2d_s8_params *p, const int8_t *row, const int8_t *weights, const int32_t *bias,
                                 const int32_t *multiplier, const int8_t *shift, int8_t *out) {
  const output to = {multiplier, shift, p->out_zero, out};
  nn_vector_s8(weights, bias, row, p->in_channels, p->out_channels, finish, &to);
  nn_clamp_row_s8(out, 1, p->out_channels, p->out_channels, p->clamp_min, p->clamp_max);
}
