/* int8 transposed convolution, gathered output by output. */
#include "nn_transpose_conv.h"

#include "arch/nn_output_s8.h"
#include "nn_taps.h"

/* The sum of one output element; weights: those of its channel. */
static int32_t window_sum(const nn_transpose_conv_s8_params *p, const int8_t *in, const int8_t *weights, int32_t y, int32_t x_out) {
  int32_t sum = 0;
  for (nn_taps down = nn_first_tap(y, p->pad_top, p->stride_h, p->in_height); down.tap < p->kernel_h && down.pixel >= 0;
       down.tap += p->stride_h, down.pixel--) {
    const int8_t *const row = in + down.pixel * p->in_width * p->in_pitch;
    for (nn_taps across = nn_first_tap(x_out, p->pad_left, p->stride_w, p->in_width); across.tap < p->kernel_w && across.pixel >= 0;
         across.tap += p->stride_w, across.pixel--) {
        const int8_t *const x = row + across.pixel * p->in_pitch, *const w = weights + (down.tap * p->kernel_w + across.tap) * p->in_channels;
        for (int32_t i = 0; i < p->in_channels; i++) sum += (x[i] - p->in_zero) * (w[i] - p->weight_zero);
    }
  }
  return sum;
}

void nn_transpose_conv_s8(const nn_transpose_conv_s8_params *p, const int8_t *in, const int8_t *weights, const int32_t *bias,
                          const int32_t *multiplier, const int8_t *shift, int8_t *out) {
  const int32_t size = p->kernel_h * p->kernel_w * p->in_channels;
  for (int32_t y = 0; y < p->out_height; y++)
    for (int32_t x = 0; x < p->out_width; x++, out += p->out_pitch)
      for (int32_t o = 0; o < p->out_channels; o++) {
        const int32_t sum = window_sum(p, in, weights + o * size, y, x) + (bias[o]);
        out[o] = nn_finish_any_s8(sum, multiplier[o], shift[o], p->out_zero, p->clamp_min, p->clamp_max);
      }
}
