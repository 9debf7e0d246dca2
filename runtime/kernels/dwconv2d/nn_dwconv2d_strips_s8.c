/* int8 depthwise convolution of any shape, depth multiplier 1, for cores without DSP extension and Helium: per strip of a few output pixels a
 * list of pointers to the pixels under their windows, then one channel after the other over that list, the strip's sums in registers. */
#include "nn_dwconv2d.h"

#include "arch/nn_output_s8.h"
#include "arch/nn_taps_s8.h"

enum { LARGE = 5, SMALL = 3, ANY = 4 }; /* pixels of a strip: window 3 wide with stride 1; any other */

/* A strip being computed. */
typedef struct {
  const int8_t *const *tap;                      /* pixels under the windows, row after row */
  const int8_t *weights;                         /* [channel][kernel_h][kernel_w] */
  int32_t kernel_h, taps, channels;
  int8_t *out[LARGE];                            /* those past the end of the row repeat the last */
} strip_s8;

/* The sums of one channel; the last pixel first, since it may share its address with the one before. */
NN_INLINE void finish(const nn_output_s8 *to, const strip_s8 *s, const int32_t *sum, int32_t c, int32_t count) {
  const int32_t multiplier = to->multiplier[c], shift_less_1 = ~to->shift[c], rounding = to->rounding;
  for (int32_t i = count - 1; i >= 0; i--) s->out[i][c] = nn_scaled_s8(sum[i], multiplier, shift_less_1, rounding);
}

/* Windows 3 wide, stride 1, no dilation: each pixel serves three windows. count: a compile-time constant. */
NN_INLINE void neighbours(const nn_output_s8 *to, const strip_s8 *s, int32_t count) {
  const int8_t *w = s->weights;
  for (int32_t c = 0; c < s->channels; c++) {
    int32_t sum[LARGE];
    for (int32_t i = 0; i < count; i++) sum[i] = to->bias[c];
    const int8_t *const *tap = s->tap;
    NN_ROLLED for (const int8_t *const end = w + s->taps; w != end; w += 3, tap += count + 2) {
      const int32_t w0 = w[0], w1 = w[1], w2 = w[2];
      for (int32_t i = 0; i < count + 2; i++) {
        const int32_t x = tap[i][c];
        if (i >= 2) sum[i - 2] += x * w2;
        if (i >= 1 && i - 1 < count) sum[i - 1] += x * w1;
        if (i < count) sum[i] += x * w0;
      }
    }
    finish(to, s, sum, c, count);
  }
}

static NN_NOINLINE void large_strip(const nn_output_s8 *to, const strip_s8 *s) { neighbours(to, s, LARGE); }
static NN_NOINLINE void small_strip(const nn_output_s8 *to, const strip_s8 *s) { neighbours(to, s, SMALL); }

/* Any window. */
static NN_NOINLINE void any_strip(const nn_output_s8 *to, const strip_s8 *s) {
  const int8_t *w = s->weights;
  for (int32_t c = 0; c < s->channels; c++) {
    int32_t sum[ANY];
    for (int32_t i = 0; i < ANY; i++) sum[i] = to->bias[c];
    const int8_t *const *tap = s->tap;
    NN_ROLLED for (const int8_t *const end = w + s->taps; w != end; w++, tap += ANY)
      for (int32_t i = 0; i < ANY; i++) sum[i] += tap[i][c] * *w;
    finish(to, s, sum, c, ANY);
  }
}

/* Pointers to `count` pixels of every window row, `step` apart, the first at `from`; after each row at the next tap of a window, `taps` times. */
static NN_NOINLINE void list_pixels(const nn_dwconv2d_s8_params *p, const int8_t *const rows[], const int8_t *outside, int32_t from, int32_t step,
                                    int32_t count, int32_t taps, const int8_t **tap) {
  for (int32_t ky = 0; ky < p->kernel_h; ky++) {
    for (int32_t kx = 0; kx < taps; kx++) {
      int32_t at = from + kx * p->dilation_w;
      for (int32_t i = 0; i < count; i++, at += step) *tap++ = at < 0 || at >= p->in_width ? outside : rows[ky] + at * p->in_pitch;
    }
  }
}

void nn_dwconv2d_strips_s8_row(const nn_dwconv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                               const int32_t *multiplier, const int8_t *shift, void *scratch, int8_t *out) {
  const int shared = p->kernel_w == 3 && p->stride_w == 1 && p->dilation_w == 1;
  const int32_t taps = p->kernel_h * p->kernel_w, last = p->out_width - 1;
  const int8_t **const tap = nn_tap_list(scratch);
  int8_t *const outside = (int8_t *)(tap + (shared ? p->kernel_h * (LARGE + 2) : taps * ANY));
  const nn_output_s8 to = nn_output_to(bias, multiplier, shift, p->out_zero);
  strip_s8 s = {tap, weights, p->kernel_h, taps, p->in_channels, {out}};
  memset(outside, (uint8_t)p->in_zero, (size_t)p->in_channels);
  for (int32_t x = 0, count; x <= last; x += count) {
    const int32_t left = last + 1 - x, from = x * p->stride_w - p->pad_left;
    count = !shared ? ANY : left <= SMALL || left == 2 * SMALL ? SMALL : LARGE;
    for (int32_t i = 0; i < count; i++) s.out[i] = out + (x + i < last ? x + i : last) * p->out_pitch;
    if (shared) list_pixels(p, rows, outside, from, 1, count + 2, 1, tap);
    else list_pixels(p, rows, outside, from, p->stride_w, count, p->kernel_w, tap);
    (count == LARGE ? large_strip : count == SMALL ? small_strip : any_strip)(&to, &s);
  }
  nn_clamp_row_s8(out, p->out_width, p->in_channels, p->out_pitch, p->clamp_min, p->clamp_max);
}
