/* float transposed convolution, gathered output by output. */
#include "nn_transpose_conv.h"

#include "arch/nn_dot_f32.h"
#include "nn_taps.h"

/* The sum of one output element; weights: those of its channel. */
static float window_sum(const nn_transpose_conv_f32_params *p, const float *in, const float *weights, int32_t y, int32_t x_out) {
  float sum = 0.0f;
  for (nn_taps down = nn_first_tap(y, p->pad_top, p->stride_h, p->in_height); down.tap < p->kernel_h && down.pixel >= 0;
       down.tap += p->stride_h, down.pixel--) {
    const float *const row = in + down.pixel * p->in_width * p->in_pitch;
    for (nn_taps across = nn_first_tap(x_out, p->pad_left, p->stride_w, p->in_width); across.tap < p->kernel_w && across.pixel >= 0;
         across.tap += p->stride_w, across.pixel--) {
        sum += nn_dot_f32(row + across.pixel * p->in_pitch, weights + (down.tap * p->kernel_w + across.tap) * p->in_channels, p->in_channels);
    }
  }
  return sum;
}

void nn_transpose_conv_f32(const nn_transpose_conv_f32_params *p, const float *in, const float *weights, const float *bias, float *out) {
  const int32_t size = p->kernel_h * p->kernel_w * p->in_channels;
  for (int32_t y = 0; y < p->out_height; y++)
    for (int32_t x = 0; x < p->out_width; x++, out += p->out_pitch)
      for (int32_t o = 0; o < p->out_channels; o++) {
        const float sum = window_sum(p, in, weights + o * size, y, x) + (bias ? bias[o] : 0.0f);
        out[o] = nn_clamp_f32(sum, p->clamp_min, p->clamp_max);
      }
}
