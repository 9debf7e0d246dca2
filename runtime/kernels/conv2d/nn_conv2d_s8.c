/* int8 convolution of any shape: the window of two output pixels is gathered into scratch as contiguous vectors, then multiplied. */
#include "nn_conv2d.h"

#include "arch/nn_columns_s8.h"
#include "arch/nn_gather_s8.h"

NN_ALL_REGISTERS
void nn_conv2d_s8_row(const nn_conv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                      const int32_t *multiplier, const int8_t *shift, int8_t *scratch, int8_t *out) {
  const int32_t channels = p->in_channels / p->groups, out_channels = p->out_channels / p->groups;
  const int32_t k = p->kernel_h * p->kernel_w * channels;
  for (int32_t g = 0; g < p->groups; g++) {
    const int32_t first = g * out_channels;
    const nn_output_s8 to = nn_output_to(bias + first, multiplier + first, shift + first, p->out_zero);
    int8_t *pixel = out + first;
    for (int32_t x = 0; x < p->out_width; x += 2, pixel += 2 * p->out_pitch) {
      int8_t *const second = nn_gather_s8(p, rows, g * channels, channels, x, scratch);
      if (x + 1 < p->out_width) {
        nn_gather_s8(p, rows, g * channels, channels, x + 1, second);
        nn_two_columns_s8(&to, weights + first * k, scratch, second, k, out_channels, pixel, pixel + p->out_pitch);
      } else {
        nn_one_column_s8(&to, weights + first * k, scratch, k, out_channels, pixel);
      }
    }
  }
  nn_clamp_row_s8(out, p->out_width, p->out_channels, p->out_pitch, p->clamp_min, p->clamp_max);
}
