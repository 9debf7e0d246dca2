/* float convolution of any shape. */
#include "nn_conv2d.h"

#include "../../arch/nn_dot_f32.h"

void nn_conv2d_f32_row(const nn_conv2d_f32_params *p, const float *const rows[], const float *weights, const float *bias, float *out) {
  const int32_t channels = p->in_channels / p->groups, out_channels = p->out_channels / p->groups;
  const int32_t tap = p->kernel_w * channels;
  for (int32_t x = 0; x < p->out_width; x++, out += p->out_pitch) {
    const int32_t left = x * p->stride_w - p->pad_left;
    /* the kernel columns inside the row: [first, last) */
    const int32_t first = left < 0 ? (-left + p->dilation_w - 1) / p->dilation_w : 0;
    const int32_t fit = p->in_width > left ? (p->in_width - left + p->dilation_w - 1) / p->dilation_w : 0;
    const int32_t last = fit < p->kernel_w ? fit : p->kernel_w;
    const int contiguous = p->dilation_w == 1 && p->in_pitch == channels;
    for (int32_t o = 0; o < p->out_channels; o++) {
      const float *w = weights + o * p->kernel_h * tap;
      const int32_t channel = o / out_channels * channels;
      float sum = bias ? bias[o] : 0.0f;
      for (int32_t ky = 0; ky < p->kernel_h; ky++, w += tap) {
        if (!rows[ky] || first >= last) continue;
        const float *in = rows[ky] + (left + first * p->dilation_w) * p->in_pitch + channel;
        if (contiguous) {
          sum += nn_dot_f32(w + first * channels, in, (last - first) * channels);
          continue;
        }
        for (int32_t kx = first; kx < last; kx++, in += p->dilation_w * p->in_pitch) sum += nn_dot_f32(w + kx * channels, in, channels);
      }
      out[o] = nn_clamp_f32(sum, p->clamp_min, p->clamp_max);
    }
  }
}
