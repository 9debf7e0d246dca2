/* The kernels made for Helium, on a core that has it, against their definitions: random shapes that reach every path of their loops (the case
 * table's networks are small), extreme weights, pitches wider than the channels, guards around the outputs. The packing is that of the
 * kernels' headers, written again here. */
#include "semihost.h"

#include "nn_binary.h"
#include "nn_conv2d.h"
#include "nn_dense.h"
#include "nn_dwconv2d.h"
#include "nn_pool2d.h"
#include "nn_reduce.h"
#include "nn_requantize.h"

#include <string.h>

#define ROUNDS 600
#define GUARD 64
#define SIZE 32768

static int8_t in[SIZE], plain[SIZE], packed[SIZE], expected[SIZE], out[SIZE], scratch[SIZE], pad_row[SIZE];
static int32_t bias[512], multiplier[512], ordered_bias[512], ordered_multiplier[512];
static int8_t shift[512], ordered_shift[512];
static const int8_t *rows[64];
static uint32_t state = 12345;
static int failures;

static int32_t draw(int32_t low, int32_t high) {
  state = state * 1664525u + 1013904223u;
  return low + (int32_t)((state >> 8) % (uint32_t)(high - low + 1));
}

static uint16_t draw_size(int32_t low, int32_t high) { return (uint16_t)draw(low, high); }

/* Mostly the pixels are neighbours. */
static uint16_t draw_pitch(int32_t channels) { return (uint16_t)(channels + (draw(0, 2) ? 0 : draw(1, 5))); }

/* `least`: the smallest weight; now and then all weights are extreme. */
static void draw_values(int32_t least) {
  const int32_t extreme = draw(0, 9) == 0;
  for (int32_t i = 0; i < SIZE; i++) in[i] = (int8_t)(extreme ? (draw(0, 7) ? -128 : 127) : draw(-128, 127));
  for (int32_t i = 0; i < SIZE; i++) plain[i] = (int8_t)(extreme ? (draw(0, 7) ? least : 127) : draw(least, 127));
  for (int32_t i = 0; i < 512; i++) {
    bias[i] = draw(-60000, 60000);
    multiplier[i] = 1073741824 + draw(0, 1073741823);
    shift[i] = (int8_t)(draw(0, 19) ? draw(-13, -6) : draw(-30, -1));
  }
}

static void check(const char *kernel, int32_t round, int32_t bytes) {
  int wrong = memcmp(out + GUARD, expected + GUARD, (size_t)bytes) != 0;
  for (int32_t i = 0; i < GUARD; i++) wrong |= out[i] != 99 || out[GUARD + bytes + i] != 99;
  if (!wrong || failures++ > 9) return;
  semihost_print(kernel);
  semihost_print(" differs, round ");
  semihost_print_number((uint64_t)round);
  semihost_print("\n");
}

static int8_t finished(int32_t sum, int32_t c, int32_t zero, int32_t low, int32_t high) {
  return (int8_t)nn_clamp(nn_multiply_double(sum + bias[c], multiplier[c], shift[c]) + zero, low, high);
}

/* Weights [out][row][column][channel] of one group. */
static void pack_filters(int32_t outs, int32_t h, int32_t w, int32_t channels, const int8_t *from, int8_t *to) {
  const int32_t k = h * w * channels;
  for (int32_t o = 0; o < outs;) {
    const int32_t count = outs - o >= 4 ? 4 : 1;
    for (int32_t at = 0, length; at < k; at += length) {
      length = count == 1 ? k : at == 0 && k % 16 != 0 ? k % 16 : 16;
      for (int32_t i = 0; i < count; i++)
        for (int32_t e = at; e < at + length; e++) {
          const int32_t x = e / (h * channels), y = e / channels % h, c = e % channels;
          *to++ = from[(o + i) * k + (y * w + x) * channels + c];
        }
    }
    o += count;
  }
}

static void convolution(int32_t round) {
  const int32_t pointwise = draw(0, 1), groups = pointwise || draw(0, 3) ? 1 : 2, wide = draw(0, 1);
  const int32_t channels = wide ? draw(1, 70) : draw(1, 9), outs = draw(1, 21);
  const int32_t h = pointwise ? 1 : draw(1, wide ? 3 : 8), w = pointwise ? 1 : draw(1, wide ? 3 : 8), k = h * w * channels;
  nn_conv2d_s8_params p = {.in_channels = (uint16_t)(channels * groups), .out_channels = (uint16_t)(outs * groups), .kernel_h = (uint16_t)h,
                           .kernel_w = (uint16_t)w, .groups = (uint16_t)groups};
  p.stride_w = draw_size(1, 3), p.dilation_w = 1, p.pad_left = pointwise ? 0 : draw_size(0, w - 1);
  p.out_width = draw(1, 21);
  p.in_width = (p.out_width - 1) * p.stride_w + w - p.pad_left - (pointwise ? 0 : draw(0, w - 1));
  if (p.in_width < 1) p.in_width = 1;
  p.in_pitch = draw_pitch(p.in_channels), p.out_pitch = draw_pitch(p.out_channels);
  if (p.in_pitch * p.in_width * h > SIZE || outs * groups * k + 16 > SIZE) return;
  p.in_zero = (int8_t)draw(-128, 127), p.out_zero = (int8_t)draw(-128, 127), p.clamp_max = (int8_t)draw(p.out_zero, 127);
  p.clamp_min = (int8_t)(draw(0, 1) ? p.out_zero : -128);
  draw_values(-128);
  for (int32_t y = 0; y < h; y++) rows[y] = in + y * p.in_pitch * p.in_width;
  for (int32_t g = 0; g < groups; g++) pack_filters(outs, h, w, channels, plain + g * outs * k, packed + g * outs * k);
  memset(out, 99, SIZE), memset(expected, 99, SIZE);
  for (int32_t x = 0; x < p.out_width; x++)
    for (int32_t o = 0; o < outs * groups; o++) {
      int32_t sum = 0;
      for (int32_t e = 0; e < k; e++) {
        const int32_t from = x * p.stride_w - p.pad_left + e / channels % w, c = o / outs * channels + e % channels;
        sum += (from < 0 || from >= p.in_width ? p.in_zero : rows[e / (w * channels)][from * p.in_pitch + c]) * plain[o * k + e];
      }
      expected[GUARD + x * p.out_pitch + o] = finished(sum, o, p.out_zero, p.clamp_min, p.clamp_max);
    }
  const int32_t bytes = (p.out_width - 1) * p.out_pitch + p.out_channels;
  if (pointwise)
    nn_conv2d_1x1_mve_s8_row(&p, in, packed, bias, multiplier, shift, out + GUARD);
  else
    nn_conv2d_mve_s8_row(&p, rows, packed, bias, multiplier, shift, scratch, out + GUARD);
  check(pointwise ? "nn_conv2d_1x1_mve_s8_row" : "nn_conv2d_mve_s8_row", round, bytes);
}

/* Weights [tap][channel]. */
static void order_depthwise(const nn_dwconv2d_s8_params *p, int32_t thin) {
  const int32_t channels = p->in_channels, length = thin ? channels + 15 : channels;
  int8_t *to = packed;
  for (int32_t first = 0; first < length; first += thin ? length : 16) {
    const int32_t count = thin || length - first < 16 ? length - first : 16;
    for (int32_t x = 0; x < p->kernel_w; x++)
      for (int32_t y = 0; y < p->kernel_h; y++)
        for (int32_t i = 0; i < count; i++) *to++ = plain[(y * p->kernel_w + x) * channels + (first + i) % channels];
  }
  for (int32_t i = 0; i < length; i++) {
    const int32_t block = i / 16 * 16, c = !thin && block + 16 <= channels ? block + i % 4 * 4 + i % 16 / 4 : i % channels;
    ordered_bias[i] = bias[c], ordered_multiplier[i] = multiplier[c], ordered_shift[i] = shift[c];
  }
}

static void depthwise(int32_t round) {
  const int32_t thin = draw(0, 1);
  nn_dwconv2d_s8_params p = {.in_channels = draw_size(1, thin ? 15 : 70), .kernel_h = draw_size(1, 6), .kernel_w = draw_size(1, 6)};
  p.stride_w = thin ? 1 : draw_size(1, 3), p.dilation_w = draw_size(1, 2), p.pad_left = draw_size(0, p.kernel_w - 1), p.out_width = draw(1, 30);
  p.in_width = (p.out_width - 1) * p.stride_w + (p.kernel_w - 1) * p.dilation_w + 1 - p.pad_left - draw(0, p.kernel_w - 1);
  if (p.in_width < 1) p.in_width = 1;
  p.in_pitch = draw_pitch(p.in_channels), p.out_pitch = draw_pitch(p.in_channels);
  if (p.in_pitch * p.in_width * p.kernel_h > SIZE) return;
  p.in_zero = (int8_t)draw(-128, 127), p.out_zero = (int8_t)draw(-128, 127), p.clamp_max = (int8_t)draw(p.out_zero, 127);
  p.clamp_min = (int8_t)(draw(0, 1) ? p.out_zero : -128);
  draw_values(-127);
  for (int32_t y = 0; y < p.kernel_h; y++) rows[y] = draw(0, 9) ? in + y * p.in_pitch * p.in_width : pad_row;
  memset(pad_row, (uint8_t)p.in_zero, SIZE), memset(out, 99, SIZE), memset(expected, 99, SIZE);
  order_depthwise(&p, thin);
  for (int32_t x = 0; x < p.out_width; x++)
    for (int32_t c = 0; c < p.in_channels; c++) {
      int32_t sum = 0;
      for (int32_t t = 0; t < p.kernel_h * p.kernel_w; t++) {
        const int32_t from = x * p.stride_w - p.pad_left + t % p.kernel_w * p.dilation_w;
        sum += (from < 0 || from >= p.in_width ? p.in_zero : rows[t / p.kernel_w][from * p.in_pitch + c]) * plain[t * p.in_channels + c];
      }
      expected[GUARD + x * p.out_pitch + c] = finished(sum, c, p.out_zero, p.clamp_min, p.clamp_max);
    }
  (thin ? nn_dwconv2d_thin_mve_s8_row : nn_dwconv2d_mve_s8_row)(&p, rows, packed, ordered_bias, ordered_multiplier, ordered_shift, scratch, out + GUARD);
  check(thin ? "nn_dwconv2d_thin_mve_s8_row" : "nn_dwconv2d_mve_s8_row", round, (p.out_width - 1) * p.out_pitch + p.in_channels);
}

static void dense(int32_t round) {
  nn_dense_s8_params p = {.rows = draw(1, 2), .in_channels = draw(1, 150), .out_channels = draw(1, 40), .multiplier = 1073741824 + draw(0, 1073741823),
                          .shift = draw(-12, -2), .out_zero = (int8_t)draw(-128, 127), .clamp_min = (int8_t)draw(-128, 0), .clamp_max = (int8_t)draw(1, 127)};
  const int32_t each = draw(0, 1);
  draw_values(-128);
  for (int32_t i = 0; i < 512; i++)
    if (shift[i] > -2) shift[i] = -2;
  pack_filters(p.out_channels, 1, 1, p.in_channels, plain, packed);
  memset(out, 99, SIZE), memset(expected, 99, SIZE);
  for (int32_t r = 0; r < p.rows; r++)
    for (int32_t o = 0; o < p.out_channels; o++) {
      int32_t sum = bias[o];
      for (int32_t i = 0; i < p.in_channels; i++) sum += in[r * p.in_channels + i] * plain[o * p.in_channels + i];
      const int32_t value = nn_multiply_single(sum, each ? multiplier[o] : p.multiplier, each ? shift[o] : p.shift) + p.out_zero;
      expected[GUARD + r * p.out_channels + o] = (int8_t)nn_clamp(value, p.clamp_min, p.clamp_max);
    }
  nn_dense_mve_s8(&p, in, packed, bias, each ? multiplier : NULL, each ? shift : NULL, out + GUARD);
  check("nn_dense_mve_s8", round, p.rows * p.out_channels);
}

static void pools(int32_t round) {
  nn_pool2d_s8_params p = {.in_width = draw(1, 20), .channels = draw(1, 40), .kernel_w = draw(1, 16), .stride_w = draw(1, 3), .clamp_min = (int8_t)draw(-128, -100),
                           .clamp_max = (int8_t)draw(100, 127)};
  const int32_t row_count = draw(1, 16), average = draw(0, 1);
  p.pad_left = draw(0, p.kernel_w - 1);
  const int32_t reach = p.in_width + p.pad_left - 1; /* the last window that has a pixel inside */
  p.out_width = draw(1, 1 + reach / p.stride_w);
  p.in_pitch = p.channels + draw(0, 2), p.out_pitch = p.channels + draw(0, 2);
  if (p.in_pitch * p.in_width * row_count > SIZE) return;
  draw_values(-128);
  for (int32_t y = 0; y < row_count; y++) rows[y] = in + y * p.in_pitch * p.in_width;
  memset(out, 99, SIZE), memset(expected, 99, SIZE);
  (average ? nn_avgpool_s8_row : nn_maxpool_s8_row)(&p, rows, row_count, expected + GUARD);
  (average ? nn_avgpool_mve_s8_row : nn_maxpool_mve_s8_row)(&p, rows, row_count, out + GUARD);
  check(average ? "nn_avgpool_mve_s8_row" : "nn_maxpool_mve_s8_row", round, (p.out_width - 1) * p.out_pitch + p.channels);

  const nn_global_avgpool_s8_params g = {.width = draw(1, 300), .height = draw(1, 5), .channels = draw(1, 20), .in_pitch = 21, .clamp_min = -100, .clamp_max = 120};
  static int32_t sums[2][64];
  memset(out, 99, SIZE), memset(expected, 99, SIZE);
  for (int32_t y = 0; y < g.height; y++) {
    nn_global_avgpool_s8_row(&g, in + 7 * y, y, sums[0], expected + GUARD);
    nn_global_avgpool_mve_s8_row(&g, in + 7 * y, y, sums[1], out + GUARD);
  }
  check("nn_global_avgpool_mve_s8_row", round, g.channels);

  const nn_global_mean_s8_params m = {.width = g.width, .height = g.height, .channels = g.channels, .in_pitch = 21, .in_zero = draw(-128, 127),
                                      .multiplier = 1073741824 + draw(0, 1073741823), .shift = draw(-12, 3), .out_zero = draw(-128, 127)};
  memset(out, 99, SIZE), memset(expected, 99, SIZE);
  for (int32_t y = 0; y < m.height; y++) {
    nn_global_mean_s8_row(&m, in + 7 * y, y, sums[0], expected + GUARD);
    nn_global_mean_mve_s8_row(&m, in + 7 * y, y, sums[1], out + GUARD);
  }
  check("nn_global_mean_mve_s8_row", round, m.channels);
}

static void means(int32_t round) {
  const nn_reduce_s8_params p = {.outer = draw(1, 3), .count = draw(1, 600), .inner = draw(0, 2) ? draw(1, 20) : 1, .in_zero = draw(-128, 127),
                                 .multiplier = 1073741824 + draw(0, 1073741823), .shift = draw(-12, 3), .out_zero = draw(-128, 127)};
  if (p.outer * p.count * p.inner > SIZE) return;
  memset(out, 99, SIZE), memset(expected, 99, SIZE);
  nn_mean_s8(&p, in, expected + GUARD);
  nn_mean_mve_s8(&p, in, out + GUARD);
  check("nn_mean_mve_s8", round, p.outer * p.inner);
}

static void elementwise(int32_t round) {
  const int32_t count = draw(1, 60), repeat = draw(0, 2);
  const nn_broadcast shape = {.rank = 1, .size = {count}, .a_stride = {repeat != 1}, .b_stride = {repeat != 2}};
  draw_values(-128);
  const nn_add_s8_params a = {.shape = shape, .a_zero = draw(-128, 127), .b_zero = draw(-128, 127), .a_factor = draw(0, 1) ? 1 << 19 : -(1 << 19),
                              .b_sign = draw(0, 1) ? 1 : -1, .b_multiplier = multiplier[0], .b_shift = draw(0, 6), .out_multiplier = multiplier[1],
                              .out_shift = draw(1, 22), .out_zero = draw(-128, 127), .low = draw(-128, 0), .high = draw(1, 127)};
  memset(out, 99, SIZE), memset(expected, 99, SIZE);
  nn_add_s8(&a, in, plain, expected + GUARD);
  nn_add_mve_s8(&a, in, plain, out + GUARD);
  check("nn_add_mve_s8", round, count);
  const nn_mul_s8_params m = {.shape = shape, .a_zero = draw(-128, 127), .b_zero = draw(-128, 127), .multiplier = multiplier[2], .shift = draw(-16, 4),
                              .out_zero = draw(-128, 127), .low = draw(-128, 0), .high = draw(1, 127)};
  memset(out, 99, SIZE), memset(expected, 99, SIZE);
  nn_mul_s8(&m, in, plain, expected + GUARD);
  nn_mul_mve_s8(&m, in, plain, out + GUARD);
  check("nn_mul_mve_s8", round, count);
}

int main(void) {
  for (int32_t round = 0; round < ROUNDS; round++) {
    convolution(round);
    depthwise(round);
    dense(round);
    pools(round);
    means(round);
    elementwise(round);
  }
  semihost_print(failures == 0 ? "all kernels equal their definitions\n" : "FAILED\n");
  return failures == 0 ? 0 : 1;
}
