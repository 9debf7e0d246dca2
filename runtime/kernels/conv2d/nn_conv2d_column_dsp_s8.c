#include "bodies/nn_conv2d_column_dsp_s8.h"

NN_ALL_REGISTERS
void nn_conv2d_column_dsp_s8_row(const nn_conv2d_s8_params *p, const int8_t *row, const int8_t *weights, const int32_t *bias,
                                 const int32_t *multiplier, const int8_t *shift, int8_t *out) {
  nn_conv2d_column_dsp_s8_body(p, row, weights, bias, multiplier, shift, out);
}
