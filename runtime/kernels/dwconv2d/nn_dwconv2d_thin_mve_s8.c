/* int8 depthwise convolution of less than 16 channels, stride_w 1, depth multiplier 1, for Helium. The outputs whose window lies inside the row
 * are one long vector, as are the pixels under each tap: 16 outputs at a time, whichever channels they are. The others go pixel by pixel. */
#include "arch/nn_tap_list_mve_s8.h"

#define WRAP 15 /* weights and tables go on for so many channels from the first one again */

#if NN_HELIUM

NN_INLINE void one_pixel(const nn_requantise_s8 *to, const nn_tap_list *in, const int8_t *w, int32_t channels, int ties, int8_t *out) {
  for (int32_t c = 0; c < channels; c += 8) nn_eight_channels(to, in, c, w + c, channels + WRAP, channels - c < 8 ? channels - c : 8, ties, out);
}

/* `count` outputs, at least 16, from the pixel on that is listed. */
NN_INLINE void many_outputs(const nn_requantise_s8 *to, const nn_tap_list *in, const int8_t *w, int32_t channels, int32_t count, int ties,
                            int8_t *out) {
  const nn_limits_s8x16 limits = nn_limits_of(to);
  int32_t at = 0, first = 0;
  for (; at < count - 16; at += 16) {
    nn_depthwise_outputs_s8(to, &limits, in->tap, in->taps, at, w, channels + WRAP, first, ties, out + at);
    first += 16;
    while (first >= channels) first -= channels;
  }
  at = count - 16; /* the last ones end with the row's: some are computed twice */
  nn_depthwise_outputs_s8(to, &limits, in->tap, in->taps, at, w, channels + WRAP, at % channels, ties, out + at);
}

#else

static void one_pixel(const nn_requantise_s8 *to, const nn_tap_list *in, const int8_t *w, int32_t channels, int ties, int8_t *out) {
  (void)ties;
  for (int32_t c = 0; c < channels; c++) out[c] = nn_finish_one_s8(to, nn_one_channel(in, c, w + c, channels + WRAP), c);
}

static void many_outputs(const nn_requantise_s8 *to, const nn_tap_list *in, const int8_t *w, int32_t channels, int32_t count, int ties,
                         int8_t *out) {
  (void)ties;
  for (int32_t i = 0; i < count; i++) {
    const int32_t c = i % channels;
    out[i] = nn_finish_one_s8(to, nn_one_channel(in, i, w + c, channels + WRAP), c);
  }
}

#endif

NN_INLINE void whole_row(const nn_dwconv2d_s8_params *p, const nn_requantise_s8 *to, const nn_tap_list *in, const int8_t *w, int ties, int8_t *out) {
  const int32_t channels = p->in_channels, inside = p->in_width + p->pad_left - (p->kernel_w - 1) * p->dilation_w;
  const int32_t end = inside < p->out_width ? inside : p->out_width, count = (end - p->pad_left) * channels;
  const int together = p->in_pitch == channels && p->out_pitch == channels && count >= 16;
  for (int32_t x = 0; x < p->out_width;) {
    nn_list_columns(in, p, x);
    if (together && x == p->pad_left) {
      many_outputs(to, in, w, channels, count, ties, out + x * channels);
      x = end;
    } else {
      one_pixel(to, in, w, channels, ties, out + x * p->out_pitch);
      x++;
    }
  }
}

void nn_dwconv2d_thin_mve_s8_row(const nn_dwconv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                                 const int32_t *multiplier, const int8_t *shift, void *scratch, int8_t *out) {
  const nn_requantise_s8 to = {bias, multiplier, shift, p->out_zero, p->clamp_min, p->clamp_max};
  const nn_tap_list in = nn_tap_list_at(scratch, p, rows);
  if (nn_ties_matter(p->out_zero, p->clamp_min))
    whole_row(p, &to, &in, weights, 1, out);
  else
    whole_row(p, &to, &in, weights, 0, out);
}
