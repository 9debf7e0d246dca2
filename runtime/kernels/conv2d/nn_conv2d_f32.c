/* float convolution of any shape: four output channels of a pixel at a time, over the part of the window inside the image. */
#include "nn_conv2d.h"

#include "../../arch/nn_dot_f32.h"

/* The part of a window inside the row: kernel columns [first, last), the first one over input pixel `pixel`. */
typedef struct {
  int32_t first, last, pixel;
} columns;

static columns columns_at(const nn_conv2d_f32_params *p, int32_t x) {
  const int32_t left = x * p->stride_w - p->pad_left, dilation = p->dilation_w;
  const int32_t fit = p->in_width > left ? (p->in_width - left + dilation - 1) / dilation : 0;
  columns c = {left < 0 ? (-left + dilation - 1) / dilation : 0, fit < p->kernel_w ? fit : p->kernel_w, 0};
  c.pixel = left + c.first * dilation;
  return c;
}

/* Adds the products of four filters `size` apart (count: those that exist; fewer than four are done one by one). */
NN_INLINE void add_products(const float *w, int32_t size, const float *x, int32_t k, int32_t count, float sum[4]) {
  if (count == 4)
    nn_dot_4x1_f32(w, size, x, k, sum);
  else
    for (int32_t i = 0; i < count; i++) sum[i] += nn_dot_f32(w + i * size, x, k);
}

static void window_sums(const nn_conv2d_f32_params *p, const float *const rows[], const columns *inside, int32_t first_channel,
                        const float *w, int32_t count, float sum[4]) {
  const int32_t channels = p->in_channels / p->groups, size = p->kernel_h * p->kernel_w * channels;
  for (int32_t ky = 0; ky < p->kernel_h; ky++, w += p->kernel_w * channels) {
    if (!rows[ky] || inside->first >= inside->last) continue;
    const float *in = rows[ky] + inside->pixel * p->in_pitch + first_channel;
    if (p->dilation_w == 1 && p->in_pitch == channels) {
      add_products(w + inside->first * channels, size, in, (inside->last - inside->first) * channels, count, sum);
      continue;
    }
    for (int32_t kx = inside->first; kx < inside->last; kx++, in += p->dilation_w * p->in_pitch)
      add_products(w + kx * channels, size, in, channels, count, sum);
  }
}

void nn_conv2d_f32_row(const nn_conv2d_f32_params *p, const float *const rows[], const float *weights, const float *bias, float *out) {
  const int32_t channels = p->in_channels / p->groups, out_channels = p->out_channels / p->groups;
  const int32_t size = p->kernel_h * p->kernel_w * channels;
  for (int32_t x = 0; x < p->out_width; x++, out += p->out_pitch) {
    const columns inside = columns_at(p, x);
    for (int32_t g = 0; g < p->groups; g++) {
      for (int32_t o = g * out_channels, end = o + out_channels; o < end; o += 4) {
        const int32_t count = end - o < 4 ? end - o : 4;
        float sum[4] = {0.0f, 0.0f, 0.0f, 0.0f};
        window_sums(p, rows, &inside, g * channels, weights + o * size, count, sum);
        for (int32_t i = 0; i < count; i++)
          out[o + i] = nn_clamp_f32(sum[i] + (bias ? bias[o + i] : 0.0f), p->clamp_min, p->clamp_max);
      }
    }
  }
}
