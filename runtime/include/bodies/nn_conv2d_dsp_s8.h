/* int8 convolution for cores with SMLAD: the windows of three or two output pixels are expanded to halfwords once, then multiplied with the
 * weights of two output channels at a time. */
#ifndef NN_BODY_CONV2D_DSP_S8_H
#define NN_BODY_CONV2D_DSP_S8_H

#include "nn_conv2d.h"

#include "arch/nn_expand_s8.h"
#include "arch/nn_output_s8.h"
#include "arch/nn_pairs_s8.h"

/* How the vector of a window is made up: the bytes of each kernel row, as far as they make words, then the bytes left over of all of them. */
typedef struct {
  int32_t channels;    /* of a group */
  int32_t row_bytes;   /* of a kernel row */
  int32_t tail_bytes;  /* left over, of all kernel rows */
  int32_t tail_words;
  int8_t *tail;        /* where they are collected, tail_words for each column */
  int8_t *pixels;      /* those of one kernel row, when they do not lie in the input as the windows want them */
} nn_dsp_layout;

NN_INLINE nn_dsp_layout nn_dsp_layout_of(const nn_conv2d_s8_params *p) {
  const int32_t channels = p->in_channels / p->groups, row_bytes = p->kernel_w * channels, tail_bytes = p->kernel_h * (row_bytes & 3);
  const nn_dsp_layout l = {channels, row_bytes, tail_bytes, (tail_bytes + 3) >> 2, 0, 0};
  return l;
}

/* `words` words of `count` vectors, `distance` bytes apart, as neighbours among `columns`; count: 1 or `columns`. */
NN_INLINE uint32_t *nn_dsp_expand_here(const int8_t *x, int32_t distance, int32_t count, int32_t columns, int32_t words, uint32_t *to) {
  if (count == 3) return nn_expand_3_s8(x, distance, words, to);
  if (count == 2) return nn_expand_2_s8(x, distance, words, to);
  return nn_expand_1_s8(x, words, to, columns);
}

/* `count` pixels of an input row from pixel `x` on, `step` apart, as neighbours; in_zero outside the row. */
void nn_dsp_copy_pixels(const nn_conv2d_s8_params *p, const int8_t *row, int32_t channels, int32_t x, int32_t step, int32_t count,
                        int8_t *to);

typedef uint32_t *nn_dsp_expander(const int8_t *x, int32_t distance, int32_t count, int32_t columns, int32_t words, uint32_t *to);

/* Expands `count` windows (1, or all the columns), `distance` bytes apart: `pixels` pixels of the rows from pixel `left` of channel
 * first_channel on, which are read where they lie or, `step` apart, copied first if step > 0. */
NN_INLINE void nn_dsp_expand_windows_here(const nn_conv2d_s8_params *p, const nn_dsp_layout *l, const int8_t *const rows[],
                                          int32_t first_channel, int32_t left, int32_t step, int32_t pixels, int32_t distance,
                                          int32_t count, int32_t columns, uint32_t *to, nn_dsp_expander *expand) {
  const int32_t left_over = l->row_bytes & 3;
  int8_t *tail = l->tail;
  for (int32_t ky = 0; ky < p->kernel_h; ky++) {
    const int8_t *from = l->pixels;
    if (step > 0)
      nn_dsp_copy_pixels(p, rows[ky] + first_channel, l->channels, left, step, pixels, l->pixels);
    else
      from = rows[ky] + first_channel + left * p->in_pitch;
    to = expand(from, distance, count, columns, l->row_bytes >> 2, to);
    if (left_over == 0) continue;
    const int8_t *last = from + (l->row_bytes & ~3);
    int8_t *tail_of = tail;
    for (int32_t j = 0; j < count; j++, last += distance, tail_of += 4 * l->tail_words)
      for (int32_t i = 0; i < left_over; i++) tail_of[i] = last[i];
    tail += left_over;
  }
  if (left_over == 0) return;
  const int32_t rest = l->tail_bytes & 3;
  to = expand(l->tail, 4 * l->tail_words, count, columns, (l->tail_bytes + 1) >> 2, to);
  if (rest == 0 || rest == 3) return;
  for (int32_t j = 0; j < count; j++, tail += 4 * l->tail_words) /* one or two halfwords more */
    to[j] = nn_pack_low((uint32_t)tail[-rest], (uint32_t)tail[-1]);
}

void nn_dsp_expand_windows(const nn_conv2d_s8_params *p, const nn_dsp_layout *l, const int8_t *const rows[], int32_t first_channel,
                           int32_t left, int32_t step, int32_t pixels, int32_t distance, int32_t count, int32_t columns, uint32_t *to);

/* The windows of output pixels x to x + columns - 1, from first_channel on. */
NN_INLINE void nn_dsp_expand_columns(const nn_conv2d_s8_params *p, const nn_dsp_layout *l, const int8_t *const rows[],
                                     int32_t first_channel, int32_t x, int32_t columns, uint32_t *to) {
  const int32_t left = x * p->stride_w - p->pad_left, pixels = (columns - 1) * p->stride_w + p->kernel_w;
  if (p->kernel_w > 1 && p->dilation_w > 1) {
    for (int32_t j = 0; j < columns; j++)
      nn_dsp_expand_windows(p, l, rows, first_channel, left + j * p->stride_w, p->dilation_w, p->kernel_w, 0, 1, columns, to + j);
    return;
  }
  if (nn_known(p->out_width)) {
    const int never_outside = p->pad_left == 0 && (p->out_width - 1) * p->stride_w + p->kernel_w <= p->in_width;
    if ((never_outside || (left >= 0 && left + pixels <= p->in_width)) && (p->kernel_w == 1 || p->in_pitch == l->channels))
      nn_dsp_expand_windows_here(p, l, rows, first_channel, left, 0, pixels, p->stride_w * p->in_pitch, columns, columns, to,
                                 nn_dsp_expand_here);
    else {
      const nn_dsp_layout same = *l; /* what the compiler knows of l itself would be forgotten */
      nn_dsp_expand_windows(p, &same, rows, first_channel, left, 1, pixels, p->stride_w * l->channels, columns, columns, to);
    }
    return;
  }
  const int in_place = left >= 0 && left + pixels <= p->in_width && (p->kernel_w == 1 || p->in_pitch == l->channels);
  nn_dsp_expand_windows(p, l, rows, first_channel, left, in_place ? 0 : 1, pixels, p->stride_w * (in_place ? p->in_pitch : l->channels),
                        columns, columns, to);
}

typedef void nn_dsp_multiply(const nn_pairs_s8 *pairs, const uint32_t *x, int32_t count, int8_t *out, int32_t pitch);
nn_dsp_multiply nn_dsp_multiply_2, nn_dsp_multiply_3;

/* The last pair of an odd number of channels has one that nobody wants: the channel `before` alone. */
void nn_dsp_multiply_last(const nn_pairs_s8 *pairs, nn_dsp_multiply *function, const uint32_t *x, int32_t columns, int32_t before,
                          int8_t *out, int32_t pitch);

/* The channels of `count` output pixels (2 or 3) from x on. */
NN_INLINE void nn_dsp_pixels(const nn_conv2d_s8_params *p, const nn_dsp_layout *l, const nn_pairs_s8 *pairs, const int8_t *const rows[],
                             int32_t first_channel, int32_t x, int32_t count, int32_t channels, uint32_t *columns, int8_t *out) {
  nn_dsp_multiply *const function = count == 2 ? nn_dsp_multiply_2 : nn_dsp_multiply_3;
  nn_dsp_expand_columns(p, l, rows, first_channel, x, count, columns);
  if (nn_known(p->out_width)) {
    const nn_pairs_s8 same = *pairs; /* what the compiler knows of pairs itself would be forgotten */
    if (count == 3 || p->out_width < 24) /* in a wide row few pixels come in twos */
      nn_multiply_pairs_s8(pairs, columns, count, channels >> 1, out, p->out_pitch);
    else
      function(&same, columns, channels >> 1, out, p->out_pitch);
    if (channels & 1) nn_dsp_multiply_last(&same, function, columns, count, channels - 1, out, p->out_pitch);
    return;
  }
  function(pairs, columns, channels >> 1, out, p->out_pitch);
  if (channels & 1) nn_dsp_multiply_last(pairs, function, columns, count, channels - 1, out, p->out_pitch);
}

NN_INLINE void nn_conv2d_dsp_s8_body(const nn_conv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                                     const int32_t *multiplier, const int8_t *shift, int8_t *scratch, int8_t *out) {
  nn_dsp_layout l = nn_dsp_layout_of(p);
  const int32_t channels = p->out_channels / p->groups, padded = (channels + 1) & ~1;
  nn_pairs_s8 pairs = {weights, bias, multiplier, shift, 0, 0, p->out_zero};
  pairs.steps = p->kernel_h * (l.row_bytes >> 2) + ((l.tail_bytes + 1) >> 2);
  pairs.half = ((l.tail_bytes + 1) & 2) >> 1;
  uint32_t *const columns = (uint32_t *)(void *)scratch;
  l.tail = scratch + 24 * pairs.steps + 12 * pairs.half;
  l.pixels = l.tail + 12 * l.tail_words;
  for (int32_t g = 0; g < p->groups; g++) {
    int8_t *pixel = out + g * channels;
    for (int32_t x = 0; x < p->out_width;) {
      /* a last pixel alone would cost as much as two */
      const int32_t left = p->out_width - x, count = left == 2 || left == 4 ? 2 : 3;
      if (!nn_known(p->out_width))
        nn_dsp_pixels(p, &l, &pairs, rows, g * l.channels, x, count, channels, columns, pixel);
      else if (p->out_width % 3 == 0 || count == 3)
        nn_dsp_pixels(p, &l, &pairs, rows, g * l.channels, x, 3, channels, columns, pixel);
      else
        nn_dsp_pixels(p, &l, &pairs, rows, g * l.channels, x, 2, channels, columns, pixel);
      x += count;
      pixel += count * p->out_pitch;
    }
    pairs.weights += padded * 2 * (2 * pairs.steps + pairs.half);
    pairs.bias += padded;
    pairs.multiplier += padded;
    pairs.shift += padded;
  }
  nn_clamp_row_s8(out, p->out_width, p->out_channels, p->out_pitch, p->clamp_min, p->clamp_max);
}

#endif
