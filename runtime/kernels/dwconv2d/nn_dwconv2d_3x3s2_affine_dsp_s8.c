/* int8 depthwise convolution 3x3, horizontal stride 2, for Cortex-M4, M7 and M33; affine outputs. */
#include "nn_dwconv2d_3x3_dsp_s8.h"

NN_DW_STRIP(strip_of_3, 3, 2, 1)
NN_DW_STRIP(strip_of_6, 6, 2, 1)

void nn_dwconv2d_3x3s2_affine_dsp_s8_row(const nn_dwconv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights,
                                       const int32_t *bias, const int32_t *multiplier, const int8_t *offset, int8_t *out) {
  static const nn_dw_kernel kernel = {2, strip_of_3, NULL, strip_of_6};
  nn_dw_run(&kernel, p, rows, weights, nn_affine_output_to(bias, multiplier, offset), out);
}
