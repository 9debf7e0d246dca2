/* int8 pointwise convolution: the input pixels are the vectors. */
#include "nn_conv2d.h"

#include "arch/nn_columns_s8.h"

NN_ALL_REGISTERS
void nn_conv2d_1x1_s8_row(const nn_conv2d_s8_params *p, const int8_t *row, const int8_t *weights, const int32_t *bias,
                          const int32_t *multiplier, const int8_t *shift, int8_t *out) {
  const nn_output_s8 to = nn_output_to(bias, multiplier, shift, p->out_zero);
  const int32_t k = p->in_channels, step = p->stride_w * p->in_pitch;
  int8_t *pixel = out;
  int32_t x = 0;
  for (; x + 1 < p->out_width; x += 2, row += 2 * step, pixel += 2 * p->out_pitch)
    nn_two_columns_s8(&to, weights, row, row + step, k, p->out_channels, pixel, pixel + p->out_pitch);
  if (x < p->out_width) nn_one_column_s8(&to, weights, row, k, p->out_channels, pixel);
  nn_clamp_row_s8(out, p->out_width, p->out_channels, p->out_pitch, p->clamp_min, p->clamp_max);
}
