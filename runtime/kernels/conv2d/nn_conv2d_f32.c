/* float convolution of any shape. Eight filters at a time over two pixels whose windows lie inside the row, else over one; their sums wait
 * in `out` from one row of the window to the next. The filters that remain come four or one at a time. */
#include "nn_conv2d.h"

#include "../../arch/nn_columns_f32.h"
#include "../../arch/nn_dot_f32.h"
#include "../../arch/nn_sums_f32.h"

static nn_columns columns_at(const nn_conv2d_f32_params *p, int32_t x) {
  return nn_columns_at(x * p->stride_w - p->pad_left, p->kernel_w, p->dilation_w, p->in_width);
}

/* How a window's row is read: in `parts` runs of k consecutive values. */
typedef struct {
  int32_t parts, k;
} runs;

NN_INLINE runs runs_of(const nn_conv2d_f32_params *p, const nn_columns *inside) {
  const int32_t channels = p->in_channels / p->groups, count = inside->last - inside->first;
  if (count > 0 && p->dilation_w == 1 && p->in_pitch == channels) return (runs){1, count * channels};
  return (runs){count, channels};
}

/* Eight filters over one pixel or a pair of them. `first_channel`: of the group. */
NN_INLINE void eight_filters(const nn_conv2d_f32_params *p, const float *const rows[], const nn_columns *inside, int32_t first_channel,
                             const float *w, const float *bias, int pair, float *out) {
  const int32_t channels = p->in_channels / p->groups, second = p->stride_w * p->in_pitch;
  const runs r = runs_of(p, inside);
  const float *from0 = bias, *from1 = bias;
  float *const out1 = out + p->out_pitch;
  w += inside->first * channels * 8;
  for (int32_t ky = 0; ky < p->kernel_h; ky++, w += p->kernel_w * channels * 8) {
    if (!rows[ky]) continue;
    const float *in = rows[ky] + inside->pixel * p->in_pitch + first_channel, *v = w;
    for (int32_t i = 0; i < r.parts; i++, in += p->dilation_w * p->in_pitch, v += r.k * 8) {
      if (pair)
        nn_products_8x2_f32(v, in, in + second, r.k, from0, from1, out, out1);
      else
        nn_products_8_f32(v, in, r.k, from0, out);
      from0 = out;
      from1 = out1;
    }
  }
  if (from0 == out) return; /* else the window lies outside the image */
  memcpy(out, bias, 8 * sizeof(float));
  if (pair) memcpy(out1, bias, 8 * sizeof(float));
}

static void eight_filters_1(const nn_conv2d_f32_params *p, const float *const rows[], int32_t x, int32_t first_channel, const float *w,
                            const float *bias, float *out) {
  const nn_columns inside = columns_at(p, x);
  eight_filters(p, rows, &inside, first_channel, w, bias, 0, out + x * p->out_pitch);
}

static void eight_filters_row(const nn_conv2d_f32_params *p, const float *const rows[], nn_inner_pixels inner, int32_t first_channel, const float *w,
                              const float *bias, float *out) {
  nn_columns inside = {0, p->kernel_w, inner.first * p->stride_w - p->pad_left};
  int32_t x = 0;
  for (; x < inner.first; x++) eight_filters_1(p, rows, x, first_channel, w, bias, out);
  for (; x + 1 < inner.last; x += 2, inside.pixel += 2 * p->stride_w)
    eight_filters(p, rows, &inside, first_channel, w, bias, 1, out + x * p->out_pitch);
  for (; x < p->out_width; x++) eight_filters_1(p, rows, x, first_channel, w, bias, out);
}

/* Adds the products of four filters `size` apart (count: those that exist; fewer than four are done one by one). */
NN_INLINE void add_products(const float *w, int32_t size, const float *x, int32_t k, int32_t count, float sum[4]) {
  if (count == 4)
    nn_dot_4x1_f32(w, size, x, k, sum);
  else
    for (int32_t i = 0; i < count; i++) sum[i] += nn_dot_f32(w + i * size, x, k);
}

static void four_filters_row(const nn_conv2d_f32_params *p, const float *const rows[], int32_t first_channel, const float *weights,
                             const float *bias, int32_t count, float *out) {
  const int32_t channels = p->in_channels / p->groups, size = p->kernel_h * p->kernel_w * channels;
  for (int32_t x = 0; x < p->out_width; x++, out += p->out_pitch) {
    const nn_columns inside = columns_at(p, x);
    const runs r = runs_of(p, &inside);
    const float *w = weights + inside.first * channels;
    float sum[4] = {0.0f, 0.0f, 0.0f, 0.0f};
    for (int32_t ky = 0; ky < p->kernel_h; ky++, w += p->kernel_w * channels) {
      if (!rows[ky]) continue;
      const float *in = rows[ky] + inside.pixel * p->in_pitch + first_channel;
      for (int32_t i = 0; i < r.parts; i++, in += p->dilation_w * p->in_pitch) add_products(w + i * r.k, size, in, r.k, count, sum);
    }
    for (int32_t i = 0; i < count; i++) out[i] = sum[i] + (bias ? bias[i] : 0.0f);
  }
}

void nn_conv2d_f32_row(const nn_conv2d_f32_params *p, const float *const rows[], const float *weights, const float *bias, float *out) {
  static const float zeros[8];
  const int32_t channels = p->in_channels / p->groups, out_channels = p->out_channels / p->groups;
  const int32_t size = p->kernel_h * p->kernel_w * channels;
  const nn_inner_pixels inner =
      nn_inner_pixels_of(p->in_width, p->out_width, (p->kernel_w - 1) * p->dilation_w + 1, p->stride_w, p->pad_left);
  for (int32_t g = 0; g < p->groups; g++) {
    int32_t o = g * out_channels;
    const int32_t end = o + out_channels;
    for (; o + 8 <= end; o += 8) eight_filters_row(p, rows, inner, g * channels, weights + o * size, bias ? bias + o : zeros, out + o);
    for (; o < end; o += 4)
      four_filters_row(p, rows, g * channels, weights + o * size, bias ? bias + o : 0, end - o < 4 ? end - o : 4, out + o);
  }
  nn_clamp_pixels_f32(out, p->out_width, p->out_channels, p->out_pitch, p->clamp_min, p->clamp_max);
}
