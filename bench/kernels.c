/* Instructions of the int8 kernels on the layer shapes of the benchmark networks, counted on a virtual board. One line per layer:
 *   network layer instructions multiply-accumulates hash-of-the-outputs
 * Padding rows count as rows (a constant one stands for them), as in generated code. Run: bench/kernels.py.
 */
#include "counter.h"
#include "semihost.h"

#include "nn_conv2d.h"
#include "nn_dense.h"
#include "nn_dwconv2d.h"
#include "nn_pool2d.h"

enum kind { conv, depthwise, dense, average };

struct layer {
  const char *network, *name;
  enum kind kind;
  int32_t height, width, channels, out_channels, kernel_h, kernel_w, stride;
  int32_t same; /* padding */
};

#define DS(net, h, w, cin, cout, s)                                 \
  {net, "depthwise 3x3", depthwise, h, w, cin, cin, 3, 3, s, 1}, {  \
    net, "conv 1x1", conv, (h) / (s), (w) / (s), cin, cout, 1, 1, 1, 0 \
  }

static const struct layer layers[] = {
    {"kws", "conv 10x4", conv, 49, 10, 1, 64, 10, 4, 2, 1},
    DS("kws", 25, 5, 64, 64, 1),
    DS("kws", 25, 5, 64, 64, 1),
    DS("kws", 25, 5, 64, 64, 1),
    DS("kws", 25, 5, 64, 64, 1),
    {"kws", "average 25x5", average, 25, 5, 64, 64, 25, 5, 1, 0},
    {"kws", "dense", dense, 1, 1, 64, 12, 1, 1, 1, 0},
    {"vww", "conv 3x3", conv, 96, 96, 3, 8, 3, 3, 2, 1},
    DS("vww", 48, 48, 8, 16, 1),
    DS("vww", 48, 48, 16, 32, 2),
    DS("vww", 24, 24, 32, 32, 1),
    DS("vww", 24, 24, 32, 64, 2),
    DS("vww", 12, 12, 64, 64, 1),
    DS("vww", 12, 12, 64, 128, 2),
    DS("vww", 6, 6, 128, 128, 1),
    DS("vww", 6, 6, 128, 128, 1),
    DS("vww", 6, 6, 128, 128, 1),
    DS("vww", 6, 6, 128, 128, 1),
    DS("vww", 6, 6, 128, 128, 1),
    DS("vww", 6, 6, 128, 256, 2),
    DS("vww", 3, 3, 256, 256, 1),
    {"vww", "average 3x3", average, 3, 3, 256, 256, 3, 3, 1, 0},
    {"vww", "dense", dense, 1, 1, 256, 2, 1, 1, 1, 0},
    {"ic", "conv 3x3", conv, 32, 32, 3, 16, 3, 3, 1, 1},
    {"ic", "conv 3x3", conv, 32, 32, 16, 16, 3, 3, 1, 1},
    {"ic", "conv 3x3", conv, 32, 32, 16, 16, 3, 3, 1, 1},
    {"ic", "conv 3x3", conv, 32, 32, 16, 32, 3, 3, 2, 1},
    {"ic", "conv 3x3", conv, 16, 16, 32, 32, 3, 3, 1, 1},
    {"ic", "conv 1x1 s2", conv, 32, 32, 16, 32, 1, 1, 2, 0},
    {"ic", "conv 3x3", conv, 16, 16, 32, 64, 3, 3, 2, 1},
    {"ic", "conv 3x3", conv, 8, 8, 64, 64, 3, 3, 1, 1},
    {"ic", "conv 1x1 s2", conv, 16, 16, 32, 64, 1, 1, 2, 0},
    {"ic", "average 8x8", average, 8, 8, 64, 64, 8, 8, 1, 0},
    {"ic", "dense", dense, 1, 1, 64, 10, 1, 1, 1, 0},
    {"ad", "dense", dense, 1, 1, 640, 128, 1, 1, 1, 0},
    {"ad", "dense", dense, 1, 1, 128, 128, 1, 1, 1, 0},
    {"ad", "dense", dense, 1, 1, 128, 128, 1, 1, 1, 0},
    {"ad", "dense", dense, 1, 1, 128, 128, 1, 1, 1, 0},
    {"ad", "dense", dense, 1, 1, 128, 8, 1, 1, 1, 0},
    {"ad", "dense", dense, 1, 1, 8, 128, 1, 1, 1, 0},
    {"ad", "dense", dense, 1, 1, 128, 128, 1, 1, 1, 0},
    {"ad", "dense", dense, 1, 1, 128, 128, 1, 1, 1, 0},
    {"ad", "dense", dense, 1, 1, 128, 128, 1, 1, 1, 0},
    {"ad", "dense", dense, 1, 1, 128, 640, 1, 1, 1, 0},
    {"micro_speech", "conv 10x8", conv, 49, 40, 1, 8, 10, 8, 2, 1},
    {"micro_speech", "dense", dense, 1, 1, 4000, 4, 1, 1, 1, 0},
    {"sww-like", "depthwise 15x1", depthwise, 29, 1, 64, 64, 15, 1, 1, 0},
    {"sww-like", "conv 1x1", conv, 15, 1, 64, 64, 1, 1, 1, 0},
};

typedef void depthwise_row(const nn_dwconv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                           const int32_t *multiplier, const int8_t *shift, void *scratch, int8_t *out);

#if defined(__ARM_FEATURE_DSP)
static const int16_t offset[640];

static void three_by_three(const nn_dwconv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                           const int32_t *multiplier, const int8_t *shift, void *scratch, int8_t *out) {
  (void)scratch;
  (void)shift;
  (p->stride_w == 1 ? nn_dwconv2d_3x3_affine_dsp_s8_row : nn_dwconv2d_3x3s2_affine_dsp_s8_row)(p, rows, weights, bias, multiplier, offset, out);
}
#endif

/* The kernel that the compiler chooses for the core. Their weights stand in different orders, so that the hashes differ;
 * -DDEPTHWISE=nn_dwconv2d_plain_s8_row makes them comparable. */
static depthwise_row *depthwise_kernel(const struct layer *l) {
#if defined(DEPTHWISE)
  return (void)l, DEPTHWISE;
#elif defined(__ARM_FEATURE_MVE)
  return l->channels < 16 && l->stride == 1 ? nn_dwconv2d_thin_mve_s8_row : nn_dwconv2d_mve_s8_row;
#elif defined(__ARM_FEATURE_DSP)
  if (l->kernel_w == 3) return three_by_three;
#endif
  return nn_dwconv2d_s8_row;
}

static int8_t in[1 << 17], out[1 << 16], weights[1 << 17] __attribute__((aligned(4))), scratch[1 << 13] __attribute__((aligned(4)));
static int8_t pad_row[1 << 12];
static int32_t bias[640], multiplier[640];
static int8_t shift[640];

static const int8_t *rows[64];

/* The rows of output row y; those outside are the pad row. Returns how many are inside. */
static int32_t find_rows(const struct layer *l, int32_t y, int32_t pad_top, int inside_only) {
  int32_t count = 0;
  for (int32_t k = 0; k < l->kernel_h; k++) {
    const int32_t row = y * l->stride - pad_top + k;
    const int inside = row >= 0 && row < l->height;
    if (inside || !inside_only) rows[count++] = inside ? in + row * l->width * l->channels : pad_row;
  }
  return count;
}

static int32_t pad_before(int32_t size, int32_t kernel, int32_t stride) {
  const int32_t total = ((size + stride - 1) / stride - 1) * stride + kernel - size;
  return total > 0 ? total / 2 : 0;
}

static int32_t out_size(const struct layer *l, int32_t size, int32_t kernel) {
  return l->same ? (size + l->stride - 1) / l->stride : (size - kernel) / l->stride + 1;
}

#if defined(__ARM_FEATURE_DSP) && !defined(__ARM_FEATURE_MVE)
static const int8_t pair_shift[640]; /* any will do */
#define DENSE nn_dense_dsp_s8
#define DENSE_SHIFT 5
static void convolve(const nn_conv2d_s8_params *p, int8_t *to) {
  if (p->out_width == 1 && p->kernel_h * p->kernel_w == 1)
    nn_conv2d_column_dsp_s8_row(p, rows[0], weights, bias, multiplier, pair_shift, to);
  else
    nn_conv2d_dsp_s8_row(p, rows, weights, bias, multiplier, pair_shift, scratch, to);
}
#elif defined(__ARM_FEATURE_MVE)
#define DENSE nn_dense_mve_s8
#define DENSE_SHIFT (-7)
#define AVERAGE nn_avgpool_mve_s8_row
static void convolve(const nn_conv2d_s8_params *p, int8_t *to) {
  if (p->kernel_h * p->kernel_w == 1)
    nn_conv2d_1x1_mve_s8_row(p, rows[0], weights, bias, multiplier, shift, to);
  else
    nn_conv2d_mve_s8_row(p, rows, weights, bias, multiplier, shift, scratch, to);
}
#else
#define DENSE nn_dense_s8
#define DENSE_SHIFT (-7)
static void convolve(const nn_conv2d_s8_params *p, int8_t *to) {
  if (p->kernel_h * p->kernel_w == 1)
    nn_conv2d_1x1_s8_row(p, rows[0], weights, bias, multiplier, shift, to);
  else
    nn_conv2d_s8_row(p, rows, weights, bias, multiplier, shift, scratch, to);
}
#endif

#ifndef AVERAGE
#define AVERAGE nn_avgpool_s8_row
#endif

static uint64_t measure(const struct layer *l, uint64_t *macs) {
  const int32_t height = out_size(l, l->height, l->kernel_h), width = out_size(l, l->width, l->kernel_w);
  const int32_t top = l->same ? pad_before(l->height, l->kernel_h, l->stride) : 0, left = l->same ? pad_before(l->width, l->kernel_w, l->stride) : 0;
  const uint16_t channels = (uint16_t)l->channels, outputs = (uint16_t)l->out_channels, stride = (uint16_t)l->stride;
  const uint16_t kernel_h = (uint16_t)l->kernel_h, kernel_w = (uint16_t)l->kernel_w, pad_left = (uint16_t)left;
  const nn_conv2d_s8_params c = {.in_width = l->width, .out_width = width, .in_channels = channels, .in_pitch = channels,
                                 .out_channels = outputs, .out_pitch = outputs, .kernel_h = kernel_h, .kernel_w = kernel_w,
                                 .stride_w = stride, .dilation_w = 1, .pad_left = pad_left, .groups = 1, .in_zero = -128, .out_zero = -128,
                                 .clamp_min = -128, .clamp_max = 127};
  const nn_dwconv2d_s8_params d = {.in_width = l->width, .out_width = width, .in_channels = channels, .in_pitch = channels,
                                   .out_pitch = channels, .kernel_h = kernel_h, .kernel_w = kernel_w,
                                   .stride_w = stride, .dilation_w = 1, .pad_left = pad_left, .in_zero = -128, .out_zero = -128,
                                   .clamp_min = -128, .clamp_max = 127};
  const nn_dense_s8_params f = {.rows = 1, .in_channels = l->channels, .out_channels = l->out_channels, .multiplier = 1500000000, .shift = DENSE_SHIFT,
                                .out_zero = 3, .clamp_min = -128, .clamp_max = 127};
  const nn_pool2d_s8_params a = {.in_width = l->width, .channels = l->channels, .in_pitch = l->channels, .out_width = width,
                                 .out_pitch = l->channels, .kernel_w = l->kernel_w, .stride_w = l->stride, .pad_left = left, .clamp_min = -128,
                                 .clamp_max = 127};
  uint64_t total = 0;
  for (int32_t y = 0; y < height; y++) {
    const int32_t count = find_rows(l, y, top, l->kind == average);
    int8_t *const to = out + y * width * l->out_channels;
    counter_start();
    if (l->kind == dense)
      DENSE(&f, in, weights, bias, 0, 0, to);
    else if (l->kind == average)
      AVERAGE(&a, rows, count, to);
    else if (l->kind == depthwise)
      depthwise_kernel(l)(&d, rows, weights, bias, multiplier, shift, scratch, to);
    else
      convolve(&c, to);
    total += counter_stop();
  }
  const int32_t terms = l->kernel_h * l->kernel_w * (l->kind == depthwise || l->kind == average ? 1 : l->channels);
  *macs = (uint64_t)((int64_t)height * width * l->out_channels * terms);
  return total;
}

static uint32_t hash_of(const int8_t *data, int32_t bytes) {
  uint32_t hash = 2166136261u;
  for (int32_t i = 0; i < bytes; i++) hash = (hash ^ (uint8_t)data[i]) * 16777619u;
  return hash;
}

int main(void) {
  uint32_t s = 1;
  counter_initialise();
  for (uint32_t i = 0; i < sizeof in; i++) in[i] = (int8_t)((s = s * 1664525u + 1013904223u) >> 24);
  for (uint32_t i = 0; i < sizeof weights; i++) weights[i] = (int8_t)((s = s * 1664525u + 1013904223u) >> 24 | 1u);
  for (int32_t i = 0; i < 640; i++) {
    bias[i] = (int32_t)(s = s * 1664525u + 1013904223u) >> 18;
    multiplier[i] = 1073741824 + (int32_t)(s >> 2);
    shift[i] = (int8_t)(-8 - (int32_t)(s >> 30));
  }
  for (uint32_t i = 0; i < sizeof layers / sizeof layers[0]; i++) {
    uint64_t macs;
    const uint64_t instructions = measure(&layers[i], &macs);
    semihost_print(layers[i].network);
    semihost_print("\t");
    semihost_print(layers[i].name);
    semihost_print("\t");
    semihost_print_number(instructions);
    semihost_print("\t");
    semihost_print_number(macs);
    semihost_print("\t");
    semihost_print_hex(hash_of(out, layers[i].out_channels * 9));
    semihost_print("\n");
  }
  return 0;
}
