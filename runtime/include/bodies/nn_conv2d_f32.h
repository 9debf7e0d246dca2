/* float convolution of any shape. Eight filters at a time over two pixels whose windows lie inside the row, else over one. The filters that
 * remain come one at a time, over four pixels or one. */
#ifndef NN_BODY_CONV2D_F32_H
#define NN_BODY_CONV2D_F32_H

#include "nn_conv2d.h"

#include "arch/nn_columns_f32.h"
#include "arch/nn_dot_f32.h"
#include "arch/nn_sums_f32.h"

/* Eight filters, or one, of one group, and where they read: the rows of the window inside the image, from channel `first_channel` on. */
typedef struct {
  const float *const *rows;
  int32_t row_count, first_channel;
  const float *w, *bias; /* w: of the first of `rows` */
} nn_conv2d_f32_filters;

/* How a row of a window is read: in `parts` runs of k consecutive values. */
typedef struct {
  int32_t parts, k;
} nn_conv2d_f32_runs;

NN_INLINE nn_conv2d_f32_runs nn_conv2d_f32_runs_of(const nn_conv2d_f32_params *p, int32_t columns) {
  const int32_t channels = p->in_channels / p->groups;
  if (columns > 0 && p->dilation_w == 1 && p->in_pitch == channels) return (nn_conv2d_f32_runs){1, columns * channels};
  return (nn_conv2d_f32_runs){columns, channels};
}

/* One pixel, its window anywhere. */
NN_PART void nn_conv2d_f32_one_pixel(const nn_conv2d_f32_params *p, const nn_conv2d_f32_filters *f, int32_t x, float *out) {
  const nn_columns inside = nn_columns_at(x * p->stride_w - p->pad_left, p->kernel_w, p->dilation_w, p->in_width);
  const nn_conv2d_f32_runs r = nn_conv2d_f32_runs_of(p, inside.last - inside.first);
  const int32_t channels = p->in_channels / p->groups, row_weights = 8 * channels * p->kernel_w;
  const float *from = f->bias, *w = f->w + 8 * channels * inside.first;
  int32_t offset = inside.pixel * p->in_pitch + f->first_channel;
  for (int32_t i = 0; i < r.parts; i++, w += 8 * r.k, offset += p->dilation_w * p->in_pitch, from = out)
    nn_products_8_f32(f->rows, f->row_count, offset, r.k, w, row_weights - 8 * r.k, from, out);
  if (r.parts <= 0) memcpy(out, f->bias, 8 * sizeof(float));
}

/* `pairs` pairs of pixels whose windows lie inside the row, the first of which starts at element `offset` of the rows. */
NN_PART void nn_conv2d_f32_pixel_pairs(const nn_conv2d_f32_params *p, const nn_conv2d_f32_filters *f, int32_t pairs, int32_t offset,
                                       float *out) {
  const nn_conv2d_f32_runs r = nn_conv2d_f32_runs_of(p, p->kernel_w);
  const int32_t second = p->stride_w * p->in_pitch, step = p->dilation_w * p->in_pitch, skip = 8 * (r.parts - 1) * r.k;
  for (int32_t i = 0; i < r.parts; i++) {
    const float *from = i == 0 ? f->bias : out, *const w = f->w + 8 * i * r.k;
    const int32_t from_pitch = i == 0 ? 0 : p->out_pitch;
    float *to = out;
    for (int32_t n = 0; n < pairs; n++, from += 2 * from_pitch, to += 2 * p->out_pitch)
      nn_products_8x2_f32(f->rows, f->row_count, offset + i * step + 2 * n * second, second, r.k, w, skip, from, from + from_pitch, to,
                          to + p->out_pitch);
  }
}

NN_PART void nn_conv2d_f32_eight_filters_row(const nn_conv2d_f32_params *p, const nn_conv2d_f32_filters *f, nn_inner_pixels inner,
                                             float *out) {
  const int32_t pairs = (inner.last - inner.first) / 2;
  int32_t x = 0;
  if (f->row_count == 0) { /* the windows lie outside the image */
    for (; x < p->out_width; x++) memcpy(out + x * p->out_pitch, f->bias, 8 * sizeof(float));
    return;
  }
  for (; x < inner.first; x++) nn_conv2d_f32_one_pixel(p, f, x, out + x * p->out_pitch);
  nn_conv2d_f32_pixel_pairs(p, f, pairs, (x * p->stride_w - p->pad_left) * p->in_pitch + f->first_channel, out + x * p->out_pitch);
  for (x += 2 * pairs; x < p->out_width; x++) nn_conv2d_f32_one_pixel(p, f, x, out + x * p->out_pitch);
}

/* One filter, w[ky][kx][i], four pixels from `x` on whose windows lie inside the row. */
NN_PART void nn_conv2d_f32_four_pixels(const nn_conv2d_f32_params *p, const nn_conv2d_f32_filters *f, int32_t x, float *out) {
  const nn_conv2d_f32_runs r = nn_conv2d_f32_runs_of(p, p->kernel_w);
  const int32_t offset = (x * p->stride_w - p->pad_left) * p->in_pitch + f->first_channel;
  const float bias = f->bias ? *f->bias : 0.0f, *w = f->w;
  float sum[4] = {bias, bias, bias, bias};
  for (int32_t y = 0; y < f->row_count; y++) {
    const float *in = f->rows[y] + offset;
    for (int32_t i = 0; i < r.parts; i++, w += r.k, in += p->dilation_w * p->in_pitch)
      nn_dot_1x4_f32(w, 1, in, 1, p->stride_w * p->in_pitch, r.k, sum);
  }
  for (int32_t j = 0; j < 4; j++) out[j * p->out_pitch] = sum[j];
}

/* One pixel, its window anywhere. */
NN_PART void nn_conv2d_f32_one_filter_pixel(const nn_conv2d_f32_params *p, const nn_conv2d_f32_filters *f, int32_t x, float *out) {
  const int32_t channels = p->in_channels / p->groups;
  const nn_columns inside = nn_columns_at(x * p->stride_w - p->pad_left, p->kernel_w, p->dilation_w, p->in_width);
  const nn_conv2d_f32_runs r = nn_conv2d_f32_runs_of(p, inside.last - inside.first);
  const float *w = f->w + inside.first * channels;
  float sum = f->bias ? *f->bias : 0.0f;
  for (int32_t y = 0; y < f->row_count; y++, w += p->kernel_w * channels) {
    const float *in = f->rows[y] + inside.pixel * p->in_pitch + f->first_channel;
    for (int32_t i = 0; i < r.parts; i++, in += p->dilation_w * p->in_pitch) sum += nn_dot_f32(w + i * r.k, in, r.k);
  }
  *out = sum;
}

NN_PART void nn_conv2d_f32_one_filter_row(const nn_conv2d_f32_params *p, const nn_conv2d_f32_filters *f, nn_inner_pixels inner,
                                          float *out) {
  int32_t x = 0;
  for (; x < inner.first; x++) nn_conv2d_f32_one_filter_pixel(p, f, x, out + x * p->out_pitch);
  for (; x + 4 <= inner.last; x += 4) nn_conv2d_f32_four_pixels(p, f, x, out + x * p->out_pitch);
  for (; x < p->out_width; x++) nn_conv2d_f32_one_filter_pixel(p, f, x, out + x * p->out_pitch);
}

NN_INLINE void nn_conv2d_f32_body(const nn_conv2d_f32_params *p, const float *const rows[], const float *weights, const float *bias,
                                  float *out) {
  static const float zeros[8];
  const int32_t channels = p->in_channels / p->groups, out_channels = p->out_channels / p->groups;
  const int32_t row_weights = p->kernel_w * channels, size = p->kernel_h * row_weights;
  const nn_inner_pixels inner =
      nn_inner_pixels_of(p->in_width, p->out_width, (p->kernel_w - 1) * p->dilation_w + 1, p->stride_w, p->pad_left);
  const nn_rows_inside inside = nn_rows_inside_of(rows, p->kernel_h);
  nn_conv2d_f32_filters f = {rows + inside.first, inside.count, 0, 0, 0};
  for (int32_t o = 0; o < p->out_channels; o += out_channels, f.first_channel += channels) {
    const int32_t whole = o + nn_whole(out_channels, 8);
    for (int32_t i = o; i + 8 <= o + out_channels; i += 8) {
      f.w = weights + i * size + inside.first * row_weights * 8;
      f.bias = bias ? bias + i : zeros;
      nn_conv2d_f32_eight_filters_row(p, &f, inner, out + i);
    }
    for (int32_t i = whole; i < o + out_channels; i++) {
      f.w = weights + i * size + inside.first * row_weights;
      f.bias = bias ? bias + i : 0;
      nn_conv2d_f32_one_filter_row(p, &f, inner, out + i);
    }
  }
  nn_clamp_pixels_f32(out, p->out_width, p->out_channels, p->out_pitch, p->clamp_min, p->clamp_max);
}

#endif
