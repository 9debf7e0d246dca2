/* The float kernels of convolutions and dense layers on random shapes against sums in double precision, on the host and on virtual boards: each
 * core has inner loops of its own. Rows lie in any order and pixels are further apart than their channels in half of the cases. */
#include "nn_conv2d.h"
#include "nn_dense.h"
#include "nn_dwconv2d.h"
#include "semihost.h"

#include <math.h>
#include <stdbool.h>

#ifndef CASES
#define CASES 600
#endif

enum { MOST_CHANNELS = 26, MOST_HEIGHT = 6, MOST_WIDTH = 12, MOST_KERNEL = 4 };

static uint32_t state = 1, values, failures;

static uint32_t next(void) { return (state = state * 1664525u + 1013904223u) >> 8; }
static int32_t between(int32_t low, int32_t high) { return low + (int32_t)(next() % (uint32_t)(high - low + 1)); }
static float real(void) { return (float)between(-1000000, 1000000) / 1000000.0f; }

/* One layer; w as [filter][ky][kx][channel], of a depthwise layer without the last. */
typedef struct {
  bool depthwise;
  int32_t height, width, channels, pitch, filters, out_pitch, out_height, out_width;
  int32_t kernel_h, kernel_w, stride, dilation, pad_top, pad_left, groups;
  float low, high;
} layer;

static float image[MOST_HEIGHT * MOST_WIDTH * (MOST_CHANNELS + 3)], bias[MOST_CHANNELS];
static float weights[MOST_CHANNELS * MOST_KERNEL * MOST_KERNEL * MOST_CHANNELS], packed[MOST_CHANNELS * MOST_KERNEL * MOST_KERNEL * MOST_CHANNELS];
static float out[(MOST_WIDTH + 2 * MOST_KERNEL) * (MOST_CHANNELS + 3)];

static int32_t terms(const layer *l) { return l->kernel_h * l->kernel_w * (l->depthwise ? 1 : l->channels / l->groups); }

/* Weights in the order of the kernels' headers: blocks of eight, then the rest, one behind the other or, for depthwise layers, side by side. */
static void pack(const layer *l) {
  const int32_t k = terms(l), group = l->filters / l->groups;
  float *to = packed;
  for (int32_t first = 0; first < l->filters;) {
    const int32_t left = group - first % group, block = left >= 8 ? 8 : l->depthwise ? left : 1;
    for (int32_t t = 0; t < k; t++)
      for (int32_t i = 0; i < block; i++) *to++ = weights[(first + i) * k + t];
    first += block;
  }
}

static bool random_layer(layer *l) {
  l->depthwise = between(0, 1) != 0;
  l->groups = l->depthwise || between(0, 3) != 0 ? 1 : 2;
  l->channels = between(1, MOST_CHANNELS / l->groups) * l->groups;
  l->filters = l->depthwise ? l->channels : between(1, MOST_CHANNELS / l->groups) * l->groups;
  const bool apart = between(0, 1) != 0;
  l->pitch = l->channels + (apart ? 3 : 0);
  l->out_pitch = l->filters + (apart ? 2 : 0);
  l->height = between(1, MOST_HEIGHT), l->width = between(1, MOST_WIDTH);
  l->kernel_h = between(1, MOST_KERNEL), l->kernel_w = between(1, MOST_KERNEL);
  l->stride = between(1, 3), l->dilation = between(0, 3) == 0 ? 2 : 1;
  l->pad_top = between(0, l->kernel_h), l->pad_left = between(0, l->kernel_w);
  const int32_t high = l->height + 2 * l->pad_top - l->kernel_h, wide = l->width + 2 * l->pad_left - (l->kernel_w - 1) * l->dilation - 1;
  l->out_height = high < 0 ? 0 : high / l->stride + 1;
  l->out_width = wide < 0 ? 0 : wide / l->stride + 1;
  l->low = between(0, 1) != 0 ? -INFINITY : between(0, 1) != 0 ? 0.0f : -0.5f;
  l->high = between(0, 1) != 0 ? INFINITY : 0.75f;
  return l->out_height > 0 && l->out_width > 0;
}

static void compute_row(const layer *l, const float *const rows[], const float *b) {
  if (l->depthwise) {
    const nn_dwconv2d_f32_params p = {.in_width = l->width, .in_channels = l->channels, .in_pitch = l->pitch, .out_width = l->out_width,
                                      .out_pitch = l->out_pitch, .kernel_h = l->kernel_h, .kernel_w = l->kernel_w,
                                      .stride_w = l->stride, .dilation_w = l->dilation, .pad_left = l->pad_left, .clamp_min = l->low,
                                      .clamp_max = l->high};
    nn_dwconv2d_f32_row(&p, rows, packed, b, out);
  } else {
    const nn_conv2d_f32_params p = {.in_width = l->width, .in_channels = l->channels, .in_pitch = l->pitch, .out_width = l->out_width,
                                    .out_channels = l->filters, .out_pitch = l->out_pitch, .kernel_h = l->kernel_h, .kernel_w = l->kernel_w,
                                    .stride_w = l->stride, .dilation_w = l->dilation, .pad_left = l->pad_left, .groups = l->groups,
                                    .clamp_min = l->low, .clamp_max = l->high};
    nn_conv2d_f32_row(&p, rows, packed, b, out);
  }
}

/* Is `got` the sum, clamped? The error may grow with the magnitude of the terms. */
static void check(double sum, double magnitude, float low, float high, float got) {
  const double expected = sum < (double)low ? (double)low : sum > (double)high ? (double)high : sum;
  values++;
  failures += !(fabs((double)got - expected) <= 1e-6 * magnitude + 1e-30);
}

static void check_row(const layer *l, const float *const rows[], const float *b) {
  const int32_t k = terms(l), channels = l->depthwise ? 1 : l->channels / l->groups;
  for (int32_t x = 0; x < l->out_width; x++) {
    for (int32_t f = 0; f < l->filters; f++) {
      const int32_t first = l->depthwise ? f : f / (l->filters / l->groups) * channels;
      double sum = b ? (double)b[f] : 0.0, magnitude = fabs(sum);
      for (int32_t t = 0; t < k; t++) {
        const int32_t ky = t / (l->kernel_w * channels), pixel = x * l->stride - l->pad_left + t / channels % l->kernel_w * l->dilation;
        if (!rows[ky] || pixel < 0 || pixel >= l->width) continue;
        const double term = (double)rows[ky][pixel * l->pitch + first + t % channels] * (double)weights[f * k + t];
        sum += term, magnitude += fabs(term);
      }
      check(sum, magnitude, l->low, l->high, out[x * l->out_pitch + f]);
    }
    for (int32_t f = l->filters; f < l->out_pitch; f++) failures += out[x * l->out_pitch + f] != 9.0f; /* between the pixels */
  }
}

static void check_layer(const layer *l) {
  const float *const b = between(0, 3) == 0 ? 0 : bias;
  const int32_t turn = between(0, MOST_HEIGHT - 1), row_size = l->width * l->pitch;
  for (int32_t i = 0; i < l->height * row_size; i++) image[i] = i % l->pitch < l->channels ? real() * (float)between(0, 1) : NAN;
  for (int32_t i = 0; i < l->filters * terms(l); i++) weights[i] = real();
  for (int32_t i = 0; i < l->filters; i++) bias[i] = real();
  pack(l);
  for (int32_t y = 0; y < l->out_height; y++) {
    const float *rows[MOST_KERNEL];
    for (int32_t ky = 0; ky < l->kernel_h; ky++) {
      const int32_t row = y * l->stride - l->pad_top + ky;
      rows[ky] = row < 0 || row >= l->height ? 0 : image + (row + turn) % l->height * row_size;
    }
    for (int32_t i = 0; i < l->out_width * l->out_pitch; i++) out[i] = 9.0f;
    compute_row(l, rows, b);
    check_row(l, rows, b);
  }
}

static void check_dense(void) {
  const nn_dense_f32_params p = {between(1, 5), between(1, MOST_CHANNELS), between(1, MOST_CHANNELS), between(0, 1) != 0 ? -INFINITY : 0.0f, INFINITY};
  const layer l = {.channels = p.in_channels, .filters = p.out_channels, .kernel_h = 1, .kernel_w = 1, .groups = 1};
  for (int32_t i = 0; i < p.rows * p.in_channels; i++) image[i] = real() * (float)between(0, 1);
  for (int32_t i = 0; i < p.out_channels * p.in_channels; i++) weights[i] = real();
  for (int32_t i = 0; i < p.out_channels; i++) bias[i] = real();
  pack(&l);
  nn_dense_f32(&p, image, packed, bias, out);
  for (int32_t row = 0; row < p.rows; row++)
    for (int32_t o = 0; o < p.out_channels; o++) {
      double sum = (double)bias[o], magnitude = fabs(sum);
      for (int32_t i = 0; i < p.in_channels; i++) {
        const double term = (double)image[row * p.in_channels + i] * (double)weights[o * p.in_channels + i];
        sum += term, magnitude += fabs(term);
      }
      check(sum, magnitude, p.clamp_min, p.clamp_max, out[row * p.out_channels + o]);
    }
}

int main(void) {
  for (int32_t i = 0; i < CASES; i++) {
    layer l;
    if (i % 4 == 0)
      check_dense();
    else if (random_layer(&l))
      check_layer(&l);
  }
  semihost_print_number(values);
  semihost_print(" values, ");
  semihost_print_number(failures);
  semihost_print(" wrong\n");
  return failures != 0 || values < CASES * 80;
}
