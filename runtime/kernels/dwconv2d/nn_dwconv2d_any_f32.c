/* float depthwise convolution of any shape: tap by tap over all channels, sums kept in the output row. */
#include "nn_dwconv2d.h"

#include "../../arch/nn_clamp_f32.h"

/* out[o] += in[c] * w[o] */
static void add_tap(const nn_dwconv2d_f32_params *p, const float *in, const float *w, float *out) {
  for (int32_t c = 0; c < p->in_channels; c++)
    for (int32_t j = 0; j < p->depth_multiplier; j++, out++) *out = nn_multiply_add_f32(in[c], *w++, *out);
}

void nn_dwconv2d_any_f32_row(const nn_dwconv2d_f32_params *p, const float *const rows[], const float *weights, const float *bias, float *out) {
  const int32_t channels = p->in_channels * p->depth_multiplier;
  for (int32_t x = 0; x < p->out_width; x++, out += p->out_pitch) {
    const int32_t left = x * p->stride_w - p->pad_left;
    for (int32_t o = 0; o < channels; o++) out[o] = bias ? bias[o] : 0.0f;
    const float *w = weights;
    for (int32_t ky = 0; ky < p->kernel_h; ky++) {
      int32_t from = left;
      for (int32_t kx = 0; kx < p->kernel_w; kx++, from += p->dilation_w, w += channels)
        if (rows[ky] && from >= 0 && from < p->in_width) add_tap(p, rows[ky] + from * p->in_pitch, w, out);
    }
    nn_clamp_row_f32(out, channels, p->clamp_min, p->clamp_max);
  }
}
