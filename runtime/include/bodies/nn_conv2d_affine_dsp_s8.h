/* nn_conv2d_dsp_s8.h for affine outputs. */
#ifndef NN_BODY_CONV2D_AFFINE_DSP_S8_H
#define NN_BODY_CONV2D_AFFINE_DSP_S8_H

#include "bodies/nn_conv2d_dsp_s8.h"

void nn_dsp_multiply_affine_2(const nn_pairs_s8 *pairs, const uint32_t *x, int32_t count, int8_t *out, int32_t pitch);
void nn_dsp_multiply_affine_3(const nn_pairs_s8 *pairs, const uint32_t *x, int32_t count, int8_t *out, int32_t pitch);

NN_INLINE void nn_conv2d_affine_dsp_s8_body(const nn_conv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                                            const int32_t *multiplier, const int16_t *offset, int8_t *scratch, int8_t *out) {
  const nn_pairs_s8 pairs = {weights, bias, multiplier, NULL, offset, 0, 0, 0};
  const nn_dsp_functions functions = {nn_dsp_multiply_affine_2, nn_dsp_multiply_affine_3};
  if (nn_known(p->out_width))
    nn_dsp_row_here(p, rows, pairs, 1, functions, scratch, out);
  else
    nn_dsp_row(p, rows, &pairs, &functions, scratch, out);
}

#endif
