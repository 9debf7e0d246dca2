/* int8 pointwise convolution for Helium: the input pixels are the vectors. */
#include "nn_conv2d.h"

#include "nn_pixels_mve_s8.h"

void nn_conv2d_1x1_mve_s8_row(const nn_conv2d_s8_params *p, const int8_t *row, const int8_t *weights, const int32_t *bias,
                              const int32_t *multiplier, const int8_t *shift, int8_t *out) {
  const nn_requantise_s8 to = {bias, multiplier, shift, p->out_zero, p->clamp_min, p->clamp_max};
  const nn_pixels_s8 in = {row, p->in_channels, p->stride_w * p->in_pitch, p->out_width, out, p->out_pitch};
  nn_pixels_mve_s8(&to, &in, weights, p->out_channels);
}
