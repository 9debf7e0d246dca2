/* int8 depthwise convolution of any shape, depth multiplier 1, for Helium: blocks of 16 channels, then the rest. */
#ifndef NN_BODY_DWCONV2D_MVE_S8_H
#define NN_BODY_DWCONV2D_MVE_S8_H

#include "arch/nn_tap_list_mve_s8.h"

#if NN_HELIUM

/* One output pixel. */
NN_INLINE void nn_dwconv2d_mve_s8_all_channels(const nn_requantise_s8 *to, const nn_limits_s8x16 *limits, const nn_tap_list *in,
                                               const int8_t *w, int32_t channels, int ties, int8_t *out) {
  int32_t c = nn_depthwise_blocks_s8(to, limits, in->tap, in->taps, w, channels, ties, out);
  const int32_t rest = channels - c;
  w += c * in->taps;
  for (; c < channels; c += 8, w += 8) nn_eight_channels(to, in, c, w, rest, channels - c < 8 ? channels - c : 8, ties, out);
}

#else

typedef int nn_limits_s8x16;
NN_PART nn_limits_s8x16 nn_limits_of(const nn_requantise_s8 *to) { return to->zero; }

NN_PART void nn_dwconv2d_mve_s8_all_channels(const nn_requantise_s8 *to, const nn_limits_s8x16 *limits, const nn_tap_list *in,
                                             const int8_t *w, int32_t channels, int ties, int8_t *out) {
  (void)limits;
  (void)ties;
  for (int32_t c = 0, count; c < channels; c += count, w += count * in->taps) {
    count = channels - c < 16 ? channels - c : 16;
    for (int32_t i = 0; i < count; i++)
      out[c + i] = nn_finish_one_s8(to, nn_one_channel(in, c + i, w + i, count), c + (count == 16 ? i % 4 * 4 + i / 4 : i));
  }
}

#endif

NN_INLINE void nn_dwconv2d_mve_s8_body(const nn_dwconv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights,
                                       const int32_t *bias, const int32_t *multiplier, const int8_t *shift, void *scratch, int8_t *out) {
  const nn_requantise_s8 to = {bias, multiplier, shift, p->out_zero, p->clamp_min, p->clamp_max};
  const nn_limits_s8x16 limits = nn_limits_of(&to);
  const nn_tap_list in = nn_tap_list_at(scratch, p, rows);
  const int ties = nn_ties_matter(p->out_zero, p->clamp_min);
  for (int32_t x = 0; x < p->out_width; x++, out += p->out_pitch) {
    nn_list_columns(&in, p, x);
    if (ties)
      nn_dwconv2d_mve_s8_all_channels(&to, &limits, &in, weights, p->in_channels, 1, out);
    else
      nn_dwconv2d_mve_s8_all_channels(&to, &limits, &in, weights, p->in_channels, 0, out);
  }
}

#endif
