/* int8 depthwise convolution of any shape, depth multiplier 1, weights as they come: made for NEON, 8 channels at a time. */
#include "nn_dwconv2d.h"

#include "arch/nn_output_s8.h"
#include "arch/nn_taps_s8.h"

/* What one output pixel reads: taps pointers, weights as [tap][channel]. */
typedef struct {
  const int8_t *const *tap;
  int32_t taps, channels;
  const int8_t *weights;
} window;

#if NN_NEON

static void eight_channels(const nn_output_s8 *to, const window *in, int32_t c, int8_t *out) {
  int32x4_t low = vld1q_s32(to->bias + c), high = vld1q_s32(to->bias + c + 4);
  const int8_t *w = in->weights + c;
  const int8_t *const *tap = in->tap;
  for (int32_t pairs = in->taps >> 1; pairs > 0; pairs--, tap += 2, w += 2 * in->channels) { /* 16 bits hold a pair: weights are not -128 */
    const int16x8_t products = vmlal_s8(vmull_s8(vld1_s8(tap[0] + c), vld1_s8(w)), vld1_s8(tap[1] + c), vld1_s8(w + in->channels));
    low = vaddw_s16(low, vget_low_s16(products));
    high = vaddw_s16(high, vget_high_s16(products));
  }
  if (in->taps & 1) {
    const int16x8_t products = vmull_s8(vld1_s8(tap[0] + c), vld1_s8(w));
    low = vaddw_s16(low, vget_low_s16(products));
    high = vaddw_s16(high, vget_high_s16(products));
  }
  const int16x8_t shift = vmovl_s8(vld1_s8(to->shift + c));
  const int32_t zero = to->rounding >> 1;
  low = nn_scaled_s8x4(low, vld1q_s32(to->multiplier + c), vmovl_s16(vget_low_s16(shift)), zero);
  high = nn_scaled_s8x4(high, vld1q_s32(to->multiplier + c + 4), vmovl_s16(vget_high_s16(shift)), zero);
  vst1_s8(out + c, vqmovn_s16(vcombine_s16(vqmovn_s32(low), vqmovn_s32(high))));
}

static int32_t blocks(const nn_output_s8 *to, const window *in, int8_t *out) {
  int32_t c = 0;
  for (; c + 7 < in->channels; c += 8) eight_channels(to, in, c, out);
  return c;
}

#else

static int32_t blocks(const nn_output_s8 *to, const window *in, int8_t *out) {
  (void)to;
  (void)in;
  (void)out;
  return 0;
}

#endif

void nn_dwconv2d_plain_s8_row(const nn_dwconv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                              const int32_t *multiplier, const int8_t *shift, void *scratch, int8_t *out) {
  const int32_t taps = p->kernel_h * p->kernel_w, channels = p->in_channels;
  const int8_t **const tap = nn_tap_list(scratch);
  int8_t *const outside = (int8_t *)(tap + taps);
  const nn_output_s8 to = nn_output_to(bias, multiplier, shift, p->out_zero);
  const window in = {tap, taps, channels, weights};
  memset(outside, (uint8_t)p->in_zero, (size_t)channels);
  int8_t *pixel = out;
  for (int32_t x = 0; x < p->out_width; x++, pixel += p->out_pitch) {
    nn_list_taps_s8(p, rows, outside, x, tap);
    for (int32_t c = blocks(&to, &in, pixel); c < channels; c++) {
      int32_t sum = bias[c];
      for (int32_t t = 0; t < taps; t++) sum += tap[t][c] * weights[t * channels + c];
      pixel[c] = nn_finish_s8(&to, sum, c);
    }
  }
  nn_clamp_row_s8(out, p->out_width, channels, p->out_pitch, p->clamp_min, p->clamp_max);
}
