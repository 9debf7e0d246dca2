/* int8 dense layer for cores with SMLAD. */
#ifndef NN_BODY_DENSE_DSP_S8_H
#define NN_BODY_DENSE_DSP_S8_H

#include "nn_dense.h"

#include "arch/nn_output_s8.h"
#include "arch/nn_vector_s8.h"

NN_INLINE void nn_dense_dsp_s8_body(const nn_dense_s8_params *p, const int8_t *in, const int8_t *weights, const int32_t *bias,
                                    const int32_t *multipliers, const int8_t *shifts, int8_t *out) {
  for (int32_t row = 0; row < p->rows; row++, in += p->in_channels, out += p->out_channels) {
    int8_t tail[4];
    nn_vector_s8 vector = nn_vector_of(weights, bias, in, p->in_channels, tail, multipliers, shifts, p->out_zero);
    nn_finish_vector_s8(&vector, p->out_channels, 1, p->multiplier, p->shift, out);
  }
  nn_clamp_row_s8(out - p->rows * p->out_channels, p->rows, p->out_channels, p->out_channels, p->clamp_min, p->clamp_max);
}

#endif
