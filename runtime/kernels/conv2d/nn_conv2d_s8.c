/* int8 convolution of any shape: the window of two output pixels is gathered into scratch as contiguous vectors, then multiplied. */
#include "nn_conv2d.h"

#include "../../arch/nn_columns_s8.h"

/* The window of output pixel x for one group: kernel_h * kernel_w * channels int8, in_zero outside the row. Returns its end. */
static int8_t *gather(const nn_conv2d_s8_params *p, const int8_t *const rows[], int32_t first_channel, int32_t channels, int32_t x,
                      int8_t *to) {
  const int32_t left = x * p->stride_w - p->pad_left;
  const int inside = left >= 0 && left + (p->kernel_w - 1) * p->dilation_w < p->in_width;
  const int contiguous = inside && p->dilation_w == 1 && p->in_pitch == channels;
  for (int32_t ky = 0; ky < p->kernel_h; ky++) {
    const int8_t *const row = rows[ky] + first_channel;
    if (contiguous) {
      memcpy(to, row + left * p->in_pitch, (size_t)(p->kernel_w * channels));
      to += p->kernel_w * channels;
      continue;
    }
    for (int32_t kx = 0; kx < p->kernel_w; kx++, to += channels) {
      const int32_t from = left + kx * p->dilation_w;
      if (from < 0 || from >= p->in_width)
        memset(to, (uint8_t)p->in_zero, (size_t)channels);
      else
        memcpy(to, row + from * p->in_pitch, (size_t)channels);
    }
  }
  return to;
}

/* with_zero: a compile-time constant; the weights have a zero point, so the sum of the inputs counts too. */
NN_INLINE void conv2d_row(const nn_conv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                          const int32_t *multiplier, const int8_t *shift, int8_t *scratch, int8_t *out, int with_zero) {
  const int32_t channels = p->in_channels / p->groups, out_channels = p->out_channels / p->groups;
  const int32_t k = p->kernel_h * p->kernel_w * channels;
  for (int32_t g = 0; g < p->groups; g++) {
    const int32_t first = g * out_channels;
    const nn_output_s8 to = nn_output_to(bias + first, multiplier + first, shift + first, p->out_zero, p->clamp_min, p->clamp_max);
    const int8_t *const w = weights + first * k;
    for (int32_t x = 0; x < p->out_width; x += 2) {
      int8_t *const x1 = gather(p, rows, g * channels, channels, x, scratch);
      const int32_t offset0 = with_zero ? -p->weight_zero * nn_sum_s8(scratch, k) : 0;
      int8_t *const out0 = out + x * p->out_pitch + first;
      if (x + 1 < p->out_width) {
        gather(p, rows, g * channels, channels, x + 1, x1);
        const int32_t offset1 = with_zero ? -p->weight_zero * nn_sum_s8(x1, k) : 0;
        nn_two_columns_s8(&to, w, scratch, x1, k, out_channels, offset0, offset1, out0, out0 + p->out_pitch);
      } else {
        nn_one_column_s8(&to, w, scratch, k, out_channels, offset0, out0);
      }
    }
  }
}

void nn_conv2d_s8_row(const nn_conv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                      const int32_t *multiplier, const int8_t *shift, int8_t *scratch, int8_t *out) {
  conv2d_row(p, rows, weights, bias, multiplier, shift, scratch, out, 0);
}

void nn_conv2d_wz_s8_row(const nn_conv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                         const int32_t *multiplier, const int8_t *shift, int8_t *scratch, int8_t *out) {
  conv2d_row(p, rows, weights, bias, multiplier, shift, scratch, out, 1);
}
