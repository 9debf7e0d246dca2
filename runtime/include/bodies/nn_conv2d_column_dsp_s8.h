/* int8 pointwise convolution of images one pixel wide, for cores with SMLAD. */
#ifndef NN_BODY_CONV2D_COLUMN_DSP_S8_H
#define NN_BODY_CONV2D_COLUMN_DSP_S8_H

#include "nn_conv2d.h"

#include "arch/nn_output_s8.h"
#include "arch/nn_vector_s8.h"

NN_INLINE void nn_conv2d_column_dsp_s8_body(const nn_conv2d_s8_params *p, const int8_t *row, const int8_t *weights, const int32_t *bias,
                                            const int32_t *multiplier, const int8_t *shift, int8_t *out) {
  int8_t tail[4];
  nn_vector_s8 vector = nn_vector_of(weights, bias, row, p->in_channels, tail, multiplier, shift, p->out_zero);
  nn_finish_vector_s8(&vector, p->out_channels, 0, 0, 0, out);
  nn_clamp_row_s8(out, 1, p->out_channels, p->out_channels, p->clamp_min, p->clamp_max);
}

#endif
