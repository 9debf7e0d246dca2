/* int8 dense layer of few outputs, for cores with SMLAD: a fifth of the code of nn_dense_dsp_s8. */
#include "nn_dense.h"

#include "arch/nn_output_s8.h"
#include "arch/nn_vector_s8.h"

void nn_dense_few_dsp_s8(const nn_dense_s8_params *p, const int8_t *in, const int8_t *weights, const int32_t *bias, const int32_t *multipliers,
                         const int8_t *shifts, int8_t *out) {
  for (int32_t row = 0; row < p->rows; row++, in += p->in_channels, out += p->out_channels) {
    int8_t tail[4];
    const nn_vector_s8 vector = nn_vector_of(weights, bias, in, p->in_channels, tail, multipliers, shifts, p->out_zero);
    nn_finish_pairs_s8(&vector, p->out_channels, 1, p->multiplier, p->shift, out);
  }
  nn_clamp_row_s8(out - p->rows * p->out_channels, p->rows, p->out_channels, p->out_channels, p->clamp_min, p->clamp_max);
}
