/* float depthwise convolution, depth multiplier 1: eight channels at a time over two pixels whose windows lie inside the row, else over one;
 * their sums wait in `out` from one row of the window to the next. The channels that remain come one at a time. */
#include "nn_dwconv2d.h"

#include "../../arch/nn_clamp_f32.h"
#include "../../arch/nn_columns_f32.h"
#include "../../arch/nn_sums_f32.h"

static nn_columns columns_at(const nn_dwconv2d_f32_params *p, int32_t x) {
  return nn_columns_at(x * p->stride_w - p->pad_left, p->kernel_w, p->dilation_w, p->in_width);
}

/* Eight channels, from `channel` on, of one pixel or a pair of them. */
NN_INLINE void eight_channels(const nn_dwconv2d_f32_params *p, const float *const rows[], const nn_columns *inside, int32_t channel,
                              const float *w, const float *bias, int pair, float *out) {
  const int32_t second = p->stride_w * p->in_pitch, step = p->dilation_w * p->in_pitch, taps = inside->last - inside->first;
  const float *from0 = bias, *from1 = bias;
  float *const out1 = out + p->out_pitch;
  w += inside->first * 8;
  for (int32_t ky = 0; ky < p->kernel_h; ky++, w += p->kernel_w * 8) {
    if (!rows[ky] || taps <= 0) continue;
    const float *in = rows[ky] + inside->pixel * p->in_pitch + channel;
    if (pair)
      nn_taps_8x2_f32(w, in, in + second, taps, step, from0, from1, out, out1);
    else
      nn_taps_8_f32(w, in, taps, step, from0, out);
    from0 = out;
    from1 = out1;
  }
  if (from0 == out) return; /* else the window lies outside the image */
  memcpy(out, bias, 8 * sizeof(float));
  if (pair) memcpy(out1, bias, 8 * sizeof(float));
}

static void eight_channels_1(const nn_dwconv2d_f32_params *p, const float *const rows[], int32_t x, int32_t channel, const float *w,
                             const float *bias, float *out) {
  const nn_columns inside = columns_at(p, x);
  eight_channels(p, rows, &inside, channel, w, bias, 0, out + x * p->out_pitch);
}

static void eight_channels_row(const nn_dwconv2d_f32_params *p, const float *const rows[], nn_inner_pixels inner, int32_t channel,
                               const float *w, const float *bias, float *out) {
  nn_columns inside = {0, p->kernel_w, inner.first * p->stride_w - p->pad_left};
  int32_t x = 0;
  for (; x < inner.first; x++) eight_channels_1(p, rows, x, channel, w, bias, out);
  for (; x + 1 < inner.last; x += 2, inside.pixel += 2 * p->stride_w) eight_channels(p, rows, &inside, channel, w, bias, 1, out + x * p->out_pitch);
  for (; x < p->out_width; x++) eight_channels_1(p, rows, x, channel, w, bias, out);
}

/* One of the last channels; taps `step` apart. */
static void one_channel_row(const nn_dwconv2d_f32_params *p, const float *const rows[], int32_t channel, const float *weights, int32_t step,
                            float bias, float *out) {
  for (int32_t x = 0; x < p->out_width; x++, out += p->out_pitch) {
    const nn_columns inside = columns_at(p, x);
    const float *w = weights + inside.first * step;
    float sum = bias;
    for (int32_t ky = 0; ky < p->kernel_h; ky++, w += p->kernel_w * step) {
      if (!rows[ky]) continue;
      const float *in = rows[ky] + inside.pixel * p->in_pitch + channel;
      for (int32_t i = 0; i < inside.last - inside.first; i++, in += p->dilation_w * p->in_pitch) sum = nn_multiply_add_f32(w[i * step], *in, sum);
    }
    *out = sum;
  }
}

void nn_dwconv2d_f32_row(const nn_dwconv2d_f32_params *p, const float *const rows[], const float *weights, const float *bias, float *out) {
  static const float zeros[8];
  const int32_t taps = p->kernel_h * p->kernel_w, channels = p->in_channels;
  const nn_inner_pixels inner =
      nn_inner_pixels_of(p->in_width, p->out_width, (p->kernel_w - 1) * p->dilation_w + 1, p->stride_w, p->pad_left);
  int32_t c = 0;
  for (; c + 8 <= channels; c += 8) eight_channels_row(p, rows, inner, c, weights + c * taps, bias ? bias + c : zeros, out + c);
  const float *const rest = weights + c * taps;
  for (int32_t i = 0; c + i < channels; i++)
    one_channel_row(p, rows, c + i, rest + i, channels - c, bias ? bias[c + i] : 0.0f, out + c + i);
  nn_clamp_pixels_f32(out, p->out_width, channels, p->out_pitch, p->clamp_min, p->clamp_max);
}
