/* One vector of int8 times the weights of many output channels, for cores with SMLAD: dense layers, and convolutions one pixel wide.
 *
 * Weights and bias are those of pairs of channels as in nn_pairs_s8.h, but the inputs lie as they are, zeros fill the weights' last step, and
 * the steps of four pairs take turns (channels 8i to 8i + 7) as long as there are eight channels more; then come single pairs. `double` rounding:
 * the outputs of eight channels are affine together or not.
 */
#ifndef NN_VECTOR_S8_H
#define NN_VECTOR_S8_H

#include "nn_pairs_s8.h"

typedef struct {
  const int8_t *weights; /* 4-byte aligned; advanced as they are used, with the bias and the tables */
  const int32_t *bias;
  const int8_t *x;
  int32_t steps;
  const int8_t *tail; /* the last one to three inputs and zeros, or null */
  const int32_t *multiplier;
  const int8_t *shift; /* or offset */
  int32_t zero, rounding; /* point of the outputs; 2 * zero + 1 */
} nn_vector_s8;

/* `tail` is room for four bytes. */
NN_INLINE nn_vector_s8 nn_vector_of(const int8_t *weights, const int32_t *bias, const int8_t *x, int32_t k, int8_t tail[4],
                                    const int32_t *multiplier, const int8_t *shift, int32_t zero) {
  const nn_vector_s8 v = {weights, bias, x, k >> 2, k & 3 ? tail : 0, multiplier, shift, zero, 2 * zero + 1};
  nn_store_s8x4(tail, 0);
  NN_ROLLED
  for (int32_t i = 0; i < (k & 3); i++) tail[i] = x[(k & ~3) + i];
  return v;
}

/* `single` rounding of 2 <= s = shift + 2 <= 20: (sum * m + 2^(30 + s)) / 2^(31 + s) + zero, rounded down; the terms but the product are whole
 * high words. */
NN_INLINE int8_t nn_finish_single_s8(int32_t sum, int32_t multiplier, int32_t shift, int32_t rounding) {
  return (int8_t)nn_half_saturated_s8(nn_high_multiply_add(sum, multiplier, (int32_t)((uint32_t)rounding << shift)) >> shift);
}

/* The sums of the next pair, whose steps lie `distance` bytes apart. */
NN_INLINE void nn_sum_pair_s8(const nn_vector_s8 *v, const int8_t *w, const int32_t bias[2], int32_t distance, int32_t sum[2]) {
  const int8_t *x = v->x, *next = v->tail;
  int32_t low = bias[0], both = bias[1];
  for (int32_t left = v->steps; left > 0 || next; w += distance) {
    if (left-- == 0) {
      x = next;
      next = 0;
    }
    const uint32_t inputs = nn_load_s8x4(x), even = nn_sxtb16(inputs), odd = nn_sxtb16_ror8(inputs);
    const uint32_t a = nn_load_s8x4(w), b = nn_load_s8x4(w + 4);
    both = nn_smlad(b, odd, nn_smlad(a, even, both));
    low = nn_smlad(nn_sxtb16(b), odd, nn_smlad(nn_sxtb16(a), even, low));
    x += 4;
  }
  sum[0] = low;
  sum[1] = (int32_t)((uint32_t)both - (uint32_t)low) >> 8;
}

/* The last channels, fewer than eight or any number: `count` of them. single: a compile-time constant; multiplier is null: that of all
 * channels, and shift. */
NN_INLINE void nn_finish_pairs_s8(const nn_vector_s8 *v, int32_t count, int single, int32_t one_multiplier, int32_t one_shift, int8_t *out) {
  const int8_t *w = v->weights;
  for (int32_t c = 0; c < count; c += 2, w += 8 * (v->steps + (v->tail ? 1 : 0))) {
    int32_t sum[2];
    nn_sum_pair_s8(v, w, v->bias + c, 8, sum);
    const int32_t channels = count - c == 1 ? 1 : 2;
    NN_ROLLED
    for (int32_t i = 0; i < channels; i++) {
      const int32_t multiplier = single && !v->multiplier ? one_multiplier : v->multiplier[c + i];
      const int32_t shift = single && !v->multiplier ? one_shift : v->shift[c + i];
      out[c + i] = single ? nn_finish_single_s8(sum[i], multiplier, shift, v->rounding)
                          : (int8_t)nn_finish_pair_s8(sum[i], multiplier, shift, v->zero);
    }
  }
}

#if NN_ARM_DSP && NN_ASSEMBLY
#include "nn_vector_s8_dsp.h"
#else

/* `blocks` blocks of eight channels. */
NN_INLINE void nn_finish_blocks_s8(nn_vector_s8 *v, int32_t blocks, int single, int32_t one_multiplier, int32_t one_shift, int8_t *out) {
  for (int8_t *const end = out + 8 * blocks; out != end; out += 8) {
    for (int32_t c = 0; c < 8; c++) {
      int32_t sum[2];
      nn_sum_pair_s8(v, v->weights + 8 * (c >> 1), v->bias + (c & ~1), 32, sum);
      const int32_t multiplier = single && !v->multiplier ? one_multiplier : v->multiplier[c];
      const int32_t shift = single && !v->multiplier ? one_shift : v->shift[c];
      out[c] = single ? nn_finish_single_s8(sum[c & 1], multiplier, shift, v->rounding)
                      : (int8_t)nn_finish_pair_s8(sum[c & 1], multiplier, shift, v->zero);
    }
    v->weights += 32 * (v->steps + (v->tail ? 1 : 0));
    v->bias += 8;
    if (v->multiplier) {
      v->multiplier += 8;
      v->shift += 8;
    }
  }
}

#endif

/* All channels of a vector. */
NN_INLINE void nn_finish_vector_s8(nn_vector_s8 *v, int32_t channels, int single, int32_t one_multiplier, int32_t one_shift, int8_t *out) {
  nn_finish_blocks_s8(v, channels >> 3, single, one_multiplier, one_shift, out);
  nn_finish_pairs_s8(v, channels & 7, single, one_multiplier, one_shift, out + (channels & ~7));
}

#endif
