/* Products of output channels in pairs, for cores with SMLAD: the body of the int8 convolutions made for them.
 *
 * Weights: the channels 2i and 2i + 1 share halfwords h = 256 * w[2i + 1] + w[2i], so that SMLAD on them adds up 256 * S1 + S0 and on the
 * sign-extended low bytes (SXTB16) S0 alone; S1 is the difference >> 8. Sums are modulo 2^32, so this is exact as long as |S1| < 2^23.
 * A pair is a row of words of two halfwords: for each step of four inputs [h(k), h(k + 2)], [h(k + 1), h(k + 3)], then, for one or two left
 * over, [h(k), h(k + 1)].
 * Inputs: `columns` vectors, expanded to halfwords and interleaved: the first word of every column, the second of every column, ...; a word
 * holds the inputs that the weights' word has, so that a step is SXTB16 of four bytes and SXTB16 of them rotated by 8.
 * Bias: of each pair b0, b0 + 256 * b1.
 * Outputs: where round(x * m / 2^(31 + s)) is wanted, of each channel the multiplier 2 * m - 2^32 and the shift s - 2. Where outputs are affine
 * (src/ops/affine_output.h), the multiplier is that of the affine form, and not negative, and the offset stands in place of the shift; both
 * channels of a pair are of one kind.
 */
#ifndef NN_PAIRS_S8_H
#define NN_PAIRS_S8_H

#include "nn_arch.h"

typedef struct {
  const int8_t *weights; /* 4-byte aligned */
  const int32_t *bias, *multiplier;
  const int8_t *shift; /* or offset */
  int32_t steps, half; /* of four inputs; 1: one or two are left over */
  int32_t zero;        /* point of the outputs */
} nn_pairs_s8;

/* `double` rounding of s >= 2, zero point, saturation, in three instructions: h the product's high word, rounded; then
 * round(h / 2^s, ties away from zero) = round(h * (2^(32 - s) + 2^(12 - s)) / 2^32, ties up): the small term moves the ties of negative h
 * down, and is less than what could move anything else as long as the result lies within 256 of 0. It vanishes for s > 12, where results
 * below the zero point must be clamped to it. */
#define NN_TIES_AWAY 0x40000400

NN_INLINE int32_t nn_finish_pair_s8(int32_t sum, int32_t multiplier, int32_t shift_or_offset, int32_t zero) {
  if (multiplier >= 0) return nn_saturated_s8(nn_high_multiply_add(sum, multiplier, shift_or_offset));
  return nn_saturated_s8(nn_rounded_multiply_add(nn_scale_doubled(sum, multiplier), NN_TIES_AWAY >> shift_or_offset, zero));
}

#if NN_ARM_DSP && NN_ASSEMBLY
#include "nn_pairs_s8_dsp.h"
#else

/* Channels c and c + 1 of one column; words of weights lie `distance` bytes apart, those of inputs `columns` words. */
NN_INLINE void nn_multiply_pair_s8(const nn_pairs_s8 *p, int32_t c, const int8_t *w, int32_t distance, const uint32_t *x, int32_t columns,
                                   int8_t *out) {
  int32_t low = p->bias[c], both = p->bias[c + 1];
  for (int32_t words = 2 * p->steps + p->half; words > 0; words--, w += distance, x += columns) {
    const uint32_t weights = nn_load_s8x4(w);
    both = nn_smlad(weights, *x, both);
    low = nn_smlad(nn_sxtb16(weights), *x, low);
  }
  const int32_t high = (int32_t)((uint32_t)both - (uint32_t)low) >> 8;
  out[c] = (int8_t)nn_finish_pair_s8(low, p->multiplier[c], p->shift[c], p->zero);
  out[c + 1] = (int8_t)nn_finish_pair_s8(high, p->multiplier[c + 1], p->shift[c + 1], p->zero);
}

/* `pairs` pairs of channels of `columns` pixels, `pitch` apart. columns: 2 or 3. */
NN_INLINE void nn_multiply_pairs_s8(const nn_pairs_s8 *p, const uint32_t *x, int32_t columns, int32_t pairs, int8_t *out, int32_t pitch) {
  const int8_t *w = p->weights;
  for (int32_t c = 0; c < 2 * pairs; c += 2, w += 4 * (2 * p->steps + p->half))
    for (int32_t j = 0; j < columns; j++) nn_multiply_pair_s8(p, c, w, 4, x + j, columns, out + j * pitch);
}

#endif

#endif
