/* int8 convolution for cores without DSP extension and Helium: the windows of three output pixels are packed into scratch as triples, then
 * multiplied with four channels at a time. */
#ifndef NN_BODY_CONV2D_TRIPLES_S8_H
#define NN_BODY_CONV2D_TRIPLES_S8_H

#include "nn_conv2d.h"

#include "arch/nn_output_s8.h"
#include "arch/nn_triples_s8.h"

/* A row of three windows that start at `left`, whose pixels are not all inside the row or do not lie side by side. `outside`: a window row of
 * zero points. */
NN_PART void nn_conv2d_triples_s8_pack_edge(const nn_conv2d_s8_params *p, const int8_t *row, const int8_t *outside, const int32_t left[3],
                                            nn_triples_s8 *to) {
  const int32_t channels = p->in_channels, pitch = p->in_pitch, width = p->in_width, step = p->dilation_w;
  const int32_t most = step == 1 && pitch == channels ? p->kernel_w : 1;
  for (int32_t kx = 0, run; kx < p->kernel_w; kx += run) {
    /* as many pixels as stay inside, or outside, in all three windows */
    const int8_t *pixel[3];
    run = kx + most < p->kernel_w ? most : p->kernel_w - kx;
    for (int32_t i = 0; i < 3; i++) {
      const int32_t from = left[i] + kx * step, room = from < 0 ? -from : width - from;
      pixel[i] = from >= 0 && room > 0 ? row + from * pitch : outside;
      if (room > 0 && room < run) run = room;
    }
    const uintptr_t at = (uintptr_t)pixel[0];
    nn_pack_triples_s8(to, pixel[0], (ptrdiff_t)((uintptr_t)pixel[1] - at), (ptrdiff_t)((uintptr_t)pixel[2] - at), run * channels);
  }
}

/* The triples under the windows of output pixels x to x + 2; those past the end of the row repeat the last. */
NN_PART void nn_conv2d_triples_s8_pack_windows(const nn_conv2d_s8_params *p, const int8_t *const rows[], const int8_t *outside, int32_t x,
                                               uint32_t *to, int32_t chunk) {
  const int32_t channels = p->in_channels, pitch = p->in_pitch, last = p->out_width - 1;
  nn_triples_s8 packing = nn_triples_to(to, chunk);
  int32_t left[3];
  for (int32_t i = 0; i < 3; i++) left[i] = (x + i < last ? x + i : last) * p->stride_w - p->pad_left;
  const int inside = left[0] >= 0 && left[2] + (p->kernel_w - 1) * p->dilation_w < p->in_width;
  const int simple = inside && (p->kernel_w == 1 || (p->dilation_w == 1 && pitch == channels));
  const int32_t first = left[0] * pitch, to_x1 = (left[1] - left[0]) * pitch, to_x2 = (left[2] - left[0]) * pitch, run = p->kernel_w * channels;
  const int8_t *const *const end = rows + p->kernel_h;
  NN_ROLLED for (; rows != end; rows++) {
    if (simple) nn_pack_triples_s8(&packing, *rows + first, to_x1, to_x2, run);
    else nn_conv2d_triples_s8_pack_edge(p, *rows, outside, left, &packing);
  }
  if (packing.room != chunk) nn_close_chunk_s8(&packing);
}

/* Three sums with bias to channel c of their pixels. The last column first: a pixel past the end of the row shares the address of the last
 * and is overwritten. */
NN_INLINE void nn_conv2d_triples_s8_finish_three(const nn_output_s8 *to, const int32_t sum[3], int32_t c, int8_t *const out[3]) {
  const int32_t bias = to->bias[c], multiplier = to->multiplier[c], shift_less_1 = ~to->shift[c], rounding = to->rounding;
  const int8_t v0 = nn_scaled_s8(sum[0] + bias, multiplier, shift_less_1, rounding);
  const int8_t v1 = nn_scaled_s8(sum[1] + bias, multiplier, shift_less_1, rounding);
  out[2][c] = nn_scaled_s8(sum[2] + bias, multiplier, shift_less_1, rounding);
  out[1][c] = v1;
  out[0][c] = v0;
}

/* Channels c to c + 3 over k triples. */
NN_PART void nn_conv2d_triples_s8_four_channels(const nn_output_s8 *to, const uint32_t *triples, const int8_t *w, int32_t k,
                                                int32_t chunk, int32_t c, int8_t *const out[3]) {
  uint32_t mixed[4][2];
  int32_t before[4][3]; /* the sums of the chunks before the last */
  int32_t chunks = 0;
  for (;; chunks++) {
    const int32_t n = k < chunk ? k : chunk;
    nn_four_sums_s8(triples, w, n, mixed);
    k -= n;
    if (k == 0) break;
    NN_ROLLED for (int32_t i = 0; i < 4; i++) {
      int32_t s[3];
      nn_split_triple_s8(mixed[i][0], mixed[i][1], s);
      for (int32_t j = 0; j < 3; j++) before[i][j] = chunks == 0 ? s[j] : before[i][j] + s[j];
    }
    triples += 2 * n + 2;
    w += 4 * n;
  }
  NN_ROLLED for (int32_t i = 0; i < 4; i++) {
    int32_t s[3];
    nn_split_triple_s8(mixed[i][0], mixed[i][1], s);
    if (chunks > 0)
      for (int32_t j = 0; j < 3; j++) s[j] += before[i][j];
    nn_conv2d_triples_s8_finish_three(to, s, c + i, out);
  }
}

/* Channel c, its weights as they come. */
NN_PART void nn_conv2d_triples_s8_one_channel(const nn_output_s8 *to, const uint32_t *triples, const int8_t *w, int32_t k, int32_t chunk,
                                              int32_t c, int8_t *const out[3]) {
  int32_t sum[3] = {0, 0, 0};
  while (k > 0) {
    const int32_t n = k < chunk ? k : chunk;
    uint32_t a = NN_TRIPLE_OFFSET, b = NN_TRIPLE_OFFSET;
    const int8_t *const end = w + n;
    for (triples += 2; w != end; triples += 2) {
      const uint32_t v = (uint32_t)(int32_t)*w++;
      a += v * triples[0];
      b += v * triples[1];
    }
    int32_t s[3];
    nn_split_triple_s8(a, b, s);
    for (int32_t i = 0; i < 3; i++) sum[i] += s[i];
    k -= n;
  }
  nn_conv2d_triples_s8_finish_three(to, sum, c, out);
}

NN_INLINE void nn_conv2d_triples_s8_body(const nn_conv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights,
                                         const int32_t *bias, const int32_t *multiplier, const int8_t *shift, int32_t chunk,
                                         void *scratch, int8_t *out) {
  const nn_output_s8 to = nn_output_to(bias, multiplier, shift, p->out_zero);
  const int32_t k = p->kernel_h * p->kernel_w * p->in_channels, last = p->out_width - 1;
  uint32_t *const triples = scratch;
  int8_t *const outside = (int8_t *)(triples + 2 * (k + (k + chunk - 1) / chunk));
  memset(outside, (uint8_t)p->in_zero, (size_t)(p->kernel_w * p->in_channels));
  for (int32_t x = 0; x <= last; x += 3) {
    nn_conv2d_triples_s8_pack_windows(p, rows, outside, x, triples, chunk);
    int8_t *const first = out + x * p->out_pitch;
    int8_t *const pixel[3] = {first, x + 1 <= last ? first + p->out_pitch : first, x + 2 <= last ? first + 2 * p->out_pitch : out + last * p->out_pitch};
    const int8_t *w = weights;
    int32_t c = 0;
    for (; c + 3 < p->out_channels; c += 4, w += 4 * k) nn_conv2d_triples_s8_four_channels(&to, triples, w, k, chunk, c, pixel);
    for (; c < p->out_channels; c++, w += k) nn_conv2d_triples_s8_one_channel(&to, triples, w, k, chunk, c, pixel);
  }
  nn_clamp_row_s8(out, p->out_width, p->out_channels, p->out_pitch, p->clamp_min, p->clamp_max);
}

#endif
