/* int8 dense layer for Helium: blocks of eight and four outputs, then single ones. */
#ifndef NN_BODY_DENSE_MVE_S8_H
#define NN_BODY_DENSE_MVE_S8_H

#include "nn_dense.h"

#include "arch/nn_blocks_s8_mve.h"

/* Factors of the outputs from o on. */
typedef struct {
  const nn_dense_s8_params *p;
  const int32_t *bias, *multipliers;
  const int8_t *shifts;
} nn_dense_mve_s8_factors;

#if NN_HELIUM

/* `single` rounding: what the high half of the product leaves behind cannot change the rounded shift, which is at least 1. */
NN_INLINE void nn_dense_mve_s8_finish_four(const nn_dense_mve_s8_factors *f, nn_s32x4 sum, int32_t o, int8_t *out) {
  const nn_dense_s8_params *const p = f->p;
  const int32x4_t multiplier = f->multipliers ? vldrwq_s32(f->multipliers + o) : vdupq_n_s32(p->multiplier);
  const int32x4_t high = vmulhq_s32(vaddq_s32(sum, vldrwq_s32(f->bias + o)), multiplier);
  int32x4_t value = f->multipliers ? vrshlq_s32(high, vaddq_n_s32(vldrbq_s32(f->shifts + o), 1)) : vrshlq_n_s32(high, p->shift + 1);
  value = vmaxq_s32(vaddq_n_s32(value, p->out_zero), vdupq_n_s32(p->clamp_min));
  vstrbq_s32(out, vminq_s32(value, vdupq_n_s32(p->clamp_max)));
}

#endif

NN_INLINE int8_t nn_dense_mve_s8_finish_one(const nn_dense_mve_s8_factors *f, int32_t sum, int32_t o) {
  const nn_dense_s8_params *const p = f->p;
  const int32_t multiplier = f->multipliers ? f->multipliers[o] : p->multiplier, shift = f->multipliers ? f->shifts[o] : p->shift;
  return (int8_t)nn_clamp(nn_multiply_single(sum + f->bias[o], multiplier, shift) + p->out_zero, p->clamp_min, p->clamp_max);
}

#if !NN_HELIUM

NN_PART void nn_dense_mve_s8_finish_four(const nn_dense_mve_s8_factors *f, nn_s32x4 sum, int32_t o, int8_t *out) {
  for (int32_t i = 0; i < 4; i++) out[i] = nn_dense_mve_s8_finish_one(f, sum.lane[i], o + i);
}

#endif

NN_INLINE void nn_dense_mve_s8_body(const nn_dense_s8_params *p, const int8_t *in, const int8_t *weights, const int32_t *bias,
                                    const int32_t *multipliers, const int8_t *shifts, int8_t *out) {
  const nn_dense_mve_s8_factors f = {p, bias, multipliers, shifts};
  const int32_t k = p->in_channels;
  for (int32_t row = 0; row < p->rows; row++, in += k, out += p->out_channels) {
    const int8_t *w = weights;
    int32_t o = 0;
    for (; o + 7 < p->out_channels; o += 8) {
      const nn_two_s32x4 sum = nn_block_8x1_s8(&w, in, k);
      nn_dense_mve_s8_finish_four(&f, sum.first, o, out + o);
      nn_dense_mve_s8_finish_four(&f, sum.second, o + 4, out + o + 4);
    }
    if (o + 3 < p->out_channels) {
      nn_dense_mve_s8_finish_four(&f, nn_block_4x1_s8(w, in, k), o, out + o);
      w += 4 * k;
      o += 4;
    }
    if (nn_known(p->out_channels)) o = nn_whole(p->out_channels, 4);
    for (; o < p->out_channels; o++, w += k) out[o] = nn_dense_mve_s8_finish_one(&f, nn_dot_s8(w, in, k), o);
  }
}

#endif
