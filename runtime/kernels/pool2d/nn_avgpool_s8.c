/* int8 average pooling: four channels at a time, summed in pairs of 16 bits. */
#include "nn_pool2d.h"

#include "arch/nn_sums_s8.h"
#include "arch/nn_output_s8.h"
#include "nn_window.h"

typedef struct {
  const int8_t *const *rows;
  int32_t row_count, at, width, pitch; /* the window: in every row `width` pixels from element `at` on */
} pixels;

static int32_t sum_one(const pixels *w, int32_t c) {
  int32_t sum = 0;
  for (int32_t r = 0; r < w->row_count; r++) {
    const int8_t *in = w->rows[r] + w->at + c;
    for (int32_t i = w->width; i > 0; i--, in += w->pitch) sum += *in;
  }
  return sum;
}

/* Channels c to c + 3; width is at most NN_SUMS_S8X4_MOST. */
static void sum_four(const pixels *w, int32_t c, int32_t sum[4]) {
  const int32_t width = w->width, pitch = w->pitch, at = w->at + c;
  const int8_t *const *row = w->rows, *const *const rows_end = row + w->row_count;
  nn_sums_s8x4 sums = nn_no_sums_s8x4();
  int32_t count = 0;
  sum[0] = sum[1] = sum[2] = sum[3] = 0;
  while (row != rows_end) {
    const int8_t *in = *row++ + at;
    if (count + width > NN_SUMS_S8X4_MOST) {
      nn_take_sums_s8x4(&sums, count, sum);
      count = 0;
    }
    count += width;
    for (int32_t i = width; i > 0; i--, in += pitch) nn_sum_s8x4(&sums, nn_load_s8x4(in));
  }
  nn_take_sums_s8x4(&sums, count, sum);
}

/* Division of a sum of `count` int8 by count. Up to 256 of them by multiplication: u = sum + 128 count + half lies in [0, 256 count), its
 * product with r = ceil(2^24 / count) fits 32 bits, and (u * r) >> 24 is u / count for every such u (a test goes through all borders). */
typedef struct {
  int32_t count, half, ties; /* ties: -1 where ties of negative sums go away from zero */
  uint32_t reciprocal, offset;
} divider;

NN_INLINE divider divider_for(int32_t count, int half_up) {
  divider d = {count, count >> 1, half_up || (count & 1) != 0 ? 0 : -1, 0, 0};
  if (count <= 256) {
    d.reciprocal = ((UINT32_C(1) << 24) + (uint32_t)count - 1) / (uint32_t)count;
    d.offset = (uint32_t)(d.half + 128 * count) * d.reciprocal;
  }
  return d;
}

NN_INLINE int8_t mean_of(const divider *d, int32_t sum) {
  sum += (sum >> 31) & d->ties;
  if (d->reciprocal != 0) return (int8_t)(uint8_t)((((uint32_t)sum * d->reciprocal + d->offset) >> 24) ^ 0x80u);
  const int32_t above = sum + d->half + 128 * d->count; /* never negative */
  return (int8_t)(above / d->count - 128);
}

/* half_up: a compile-time constant: ties go up and not away from zero. */
NN_INLINE void average_row(const nn_pool2d_s8_params *p, const int8_t *const rows[], int32_t row_count, int8_t *row_out, int half_up) {
  divider by = {0};
  int8_t *out = row_out;
  for (int32_t x = 0; x < p->out_width; x++, out += p->out_pitch) {
    const nn_window window = nn_window_at(x, p->stride_w, p->pad_left, p->kernel_w, p->in_width);
    const pixels w = {rows, row_count, window.first * p->in_pitch, window.last - window.first, p->in_pitch};
    if (by.count != row_count * w.width) by = divider_for(row_count * w.width, half_up);
    int32_t c = 0;
    for (; w.width <= NN_SUMS_S8X4_MOST && c + 3 < p->channels; c += 4) {
      int32_t sum[4];
      sum_four(&w, c, sum);
      for (int32_t i = 0; i < 4; i++) out[c + i] = mean_of(&by, sum[i]);
    }
    for (; c < p->channels; c++) out[c] = mean_of(&by, sum_one(&w, c));
  }
  nn_clamp_row_s8(row_out, p->out_width, p->channels, p->out_pitch, p->clamp_min, p->clamp_max);
}

void nn_avgpool_s8_row(const nn_pool2d_s8_params *p, const int8_t *const rows[], int32_t row_count, int8_t *out) {
  average_row(p, rows, row_count, out, 0);
}

void nn_avgpool_u8_row(const nn_pool2d_s8_params *p, const int8_t *const rows[], int32_t row_count, int8_t *out) {
  average_row(p, rows, row_count, out, 1);
}
