/* float depthwise convolution, depth multiplier 1: eight channels at a time over two pixels whose windows lie inside the row, else over one.
 * The channels that remain come one at a time, over four pixels or one. */
#ifndef NN_BODY_DWCONV2D_F32_H
#define NN_BODY_DWCONV2D_F32_H

#include "nn_dwconv2d.h"

#include "arch/nn_clamp_f32.h"
#include "arch/nn_columns_f32.h"
#include "arch/nn_dot_f32.h"
#include "arch/nn_sums_f32.h"

/* Eight channels or one, and the rows of their windows inside the image. */
typedef struct {
  const float *const *rows;
  int32_t row_count, channel;
  const float *w; /* of the first of `rows` */
} nn_dwconv2d_f32_channels;

/* Eight channels of one pixel, its window anywhere. */
NN_PART void nn_dwconv2d_f32_one_pixel(const nn_dwconv2d_f32_params *p, const nn_dwconv2d_f32_channels *c, const float *bias, int32_t x,
                                       float *out) {
  const nn_columns inside = nn_columns_at(x * p->stride_w - p->pad_left, p->kernel_w, p->dilation_w, p->in_width);
  const int32_t taps = inside.last - inside.first;
  if (taps > 0)
    nn_taps_8_f32(c->rows, c->row_count, inside.pixel * p->in_pitch + c->channel, taps, p->dilation_w * p->in_pitch, c->w + 8 * inside.first,
                  8 * (p->kernel_w - taps), bias, out);
  else
    memcpy(out, bias, 8 * sizeof(float));
}

NN_PART void nn_dwconv2d_f32_eight_channels_row(const nn_dwconv2d_f32_params *p, const nn_dwconv2d_f32_channels *c, nn_inner_pixels inner,
                                                const float *bias, float *out) {
  const int32_t second = p->stride_w * p->in_pitch, step = p->dilation_w * p->in_pitch;
  int32_t x = 0;
  if (c->row_count == 0) { /* the windows lie outside the image */
    for (; x < p->out_width; x++, out += p->out_pitch) memcpy(out, bias, 8 * sizeof(float));
    return;
  }
  for (; x < inner.first; x++, out += p->out_pitch) nn_dwconv2d_f32_one_pixel(p, c, bias, x, out);
  int32_t offset = (x * p->stride_w - p->pad_left) * p->in_pitch + c->channel;
  for (; x + 2 <= inner.last; x += 2, offset += 2 * second, out += 2 * p->out_pitch)
    nn_taps_8x2_f32(c->rows, c->row_count, offset, second, p->kernel_w, step, c->w, bias, out, out + p->out_pitch);
  for (; x < p->out_width; x++, out += p->out_pitch) nn_dwconv2d_f32_one_pixel(p, c, bias, x, out);
}

/* One of the last channels, its taps `step` apart: four pixels from `x` on whose windows lie inside the row. */
NN_PART void nn_dwconv2d_f32_four_pixels(const nn_dwconv2d_f32_params *p, const nn_dwconv2d_f32_channels *c, int32_t step, float bias,
                                         int32_t x, float *out) {
  const int32_t offset = (x * p->stride_w - p->pad_left) * p->in_pitch + c->channel;
  const float *w = c->w;
  float sum[4] = {bias, bias, bias, bias};
  for (int32_t y = 0; y < c->row_count; y++, w += p->kernel_w * step)
    nn_dot_1x4_f32(w, step, c->rows[y] + offset, p->dilation_w * p->in_pitch, p->stride_w * p->in_pitch, p->kernel_w, sum);
  for (int32_t j = 0; j < 4; j++) out[j * p->out_pitch] = sum[j];
}

/* One pixel, its window anywhere. */
NN_PART void nn_dwconv2d_f32_one_channel_pixel(const nn_dwconv2d_f32_params *p, const nn_dwconv2d_f32_channels *c, int32_t step,
                                               float bias, int32_t x, float *out) {
  const nn_columns inside = nn_columns_at(x * p->stride_w - p->pad_left, p->kernel_w, p->dilation_w, p->in_width);
  const float *w = c->w + inside.first * step;
  float sum = bias;
  for (int32_t y = 0; y < c->row_count; y++, w += p->kernel_w * step) {
    const float *in = c->rows[y] + inside.pixel * p->in_pitch + c->channel;
    for (int32_t i = 0; i < inside.last - inside.first; i++, in += p->dilation_w * p->in_pitch)
      sum = nn_multiply_add_f32(w[i * step], *in, sum);
  }
  *out = sum;
}

NN_PART void nn_dwconv2d_f32_one_channel_row(const nn_dwconv2d_f32_params *p, const nn_dwconv2d_f32_channels *c, nn_inner_pixels inner,
                                             int32_t step, float bias, float *out) {
  int32_t x = 0;
  for (; x < inner.first; x++) nn_dwconv2d_f32_one_channel_pixel(p, c, step, bias, x, out + x * p->out_pitch);
  for (; x + 4 <= inner.last; x += 4) nn_dwconv2d_f32_four_pixels(p, c, step, bias, x, out + x * p->out_pitch);
  for (; x < p->out_width; x++) nn_dwconv2d_f32_one_channel_pixel(p, c, step, bias, x, out + x * p->out_pitch);
}

NN_INLINE void nn_dwconv2d_f32_body(const nn_dwconv2d_f32_params *p, const float *const rows[], const float *weights, const float *bias,
                                    float *out) {
  static const float zeros[8];
  const int32_t taps = p->kernel_h * p->kernel_w;
  const nn_inner_pixels inner =
      nn_inner_pixels_of(p->in_width, p->out_width, (p->kernel_w - 1) * p->dilation_w + 1, p->stride_w, p->pad_left);
  const nn_rows_inside inside = nn_rows_inside_of(rows, p->kernel_h);
  nn_dwconv2d_f32_channels c = {rows + inside.first, inside.count, 0, weights + 8 * inside.first * p->kernel_w};
  for (; c.channel + 8 <= p->in_channels; c.channel += 8, c.w += 8 * taps)
    nn_dwconv2d_f32_eight_channels_row(p, &c, inner, bias ? bias + c.channel : zeros, out + c.channel);
  if (nn_known(p->in_channels)) c.channel = nn_whole(p->in_channels, 8);
  const int32_t rest = p->in_channels - c.channel;
  c.w = weights + c.channel * taps + inside.first * p->kernel_w * rest;
  for (; c.channel < p->in_channels; c.channel++, c.w++) nn_dwconv2d_f32_one_channel_row(p, &c, inner, rest,
                                                                                         bias ? bias[c.channel] : 0.0f, out + c.channel);
  nn_clamp_pixels_f32(out, p->out_width, p->in_channels, p->out_pitch, p->clamp_min, p->clamp_max);
}

#endif
