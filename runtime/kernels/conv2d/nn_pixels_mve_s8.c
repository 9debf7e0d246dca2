#include "nn_pixels_mve_s8.h"

#include "arch/nn_blocks_s8_mve.h"

/* Blocks of four channels of an even number of pixels. */
NN_INLINE void pixel_pairs(const nn_requantise_s8 *to, const nn_pixels_s8 *in, const int8_t *w, int32_t channels, int ties) {
  for (int32_t c = 0; c + 3 < channels; c += 4, w += 4 * in->k) {
    const nn_factors_s8x4 factors = nn_factors_of(to, c);
    const int8_t *x = in->x;
    int8_t *out = in->out + c;
    for (int32_t pairs = in->width >> 1; pairs > 0; pairs--, x += 2 * in->step, out += 2 * in->pitch) {
      const nn_two_s32x4 sum = nn_block_4x2_s8(w, x, x + in->step, in->k);
      nn_finish_s8x4(to, &factors, sum.first, ties, out);
      nn_finish_s8x4(to, &factors, sum.second, ties, out + in->pitch);
    }
  }
}

/* Blocks of four channels of one pixel. */
NN_INLINE void one_pixel(const nn_requantise_s8 *to, const int8_t *x, int32_t k, const int8_t *w, int32_t channels, int ties, int8_t *out) {
  nn_requantise_s8 at = *to;
  for (; channels > 7; channels -= 8, out += 8) {
    const nn_two_s32x4 sum = nn_block_8x1_s8(&w, x, k);
    nn_finish_s8x8(&at, sum.first, sum.second, ties, out);
  }
  if (channels > 3) {
    const nn_s32x4 sum = nn_block_4x1_s8(w, x, k);
    const nn_factors_s8x4 factors = nn_factors_of(&at, 0);
    nn_finish_s8x4(&at, &factors, sum, ties, out);
  }
}

/* All output channels of the pixels: blocks of four channels, then the channels that are left, each vector of weights as it is. */
NN_INLINE void all_channels(const nn_requantise_s8 *to, const nn_pixels_s8 *in, const int8_t *w, int32_t channels, int ties) {
  const int32_t last = in->width - 1;
  if (last > 0) pixel_pairs(to, in, w, channels, ties);
  if ((last & 1) == 0) one_pixel(to, in->x + last * in->step, in->k, w, channels, ties, in->out + last * in->pitch);
  int32_t c = channels & ~3;
  for (w += c * in->k; c < channels; c++, w += in->k) {
    const int8_t *x = in->x;
    int8_t *out = in->out + c;
    for (int32_t pixels = in->width; pixels > 0; pixels--, x += in->step, out += in->pitch) *out = nn_finish_one_s8(to, nn_dot_s8(w, x, in->k), c);
  }
}

void nn_pixels_mve_s8(const nn_requantise_s8 *to, const nn_pixels_s8 *in, const int8_t *weights, int32_t channels) {
  const nn_requantise_s8 my_to = *to; /* in registers: the assembly might change what is in memory */
  const nn_pixels_s8 my_in = *in;
  if (nn_ties_matter(to->zero, to->low))
    all_channels(&my_to, &my_in, weights, channels, 1);
  else
    all_channels(&my_to, &my_in, weights, channels, 0);
}
