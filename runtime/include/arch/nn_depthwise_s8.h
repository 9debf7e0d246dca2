/* Depthwise convolution, the channels of one output pixel: out[c] = requantised(bias[c] + sum over t of tap[t][at + c] * w of tap t, channel c). */
#ifndef NN_DEPTHWISE_S8_H
#define NN_DEPTHWISE_S8_H

#include "nn_output_s8.h"

#if NN_ARM_DSP && NN_ASSEMBLY
#include "nn_depthwise_s8_dsp.h"
#else
/* Adds the products of two taps to each sum of channels c to c + 3, `pairs` times; advances tap and w. */
NN_INLINE void nn_tap_pairs_s8(const int8_t *const **tap, int32_t pairs, int32_t c, const int8_t **w, int32_t sum[4]) {
  const int8_t *const *t = *tap;
  const int8_t *v = *w;
  int32_t s0 = sum[0], s1 = sum[1], s2 = sum[2], s3 = sum[3];
  for (; pairs > 0; pairs--, t += 2, v += 8) {
#if NN_DSP
    const uint32_t a = nn_load_s8x4(t[0] + c), b = nn_load_s8x4(t[1] + c);
    const uint32_t x01 = nn_pack_low(a, b), x23 = nn_pack_high(a, b);
    const uint32_t w01 = nn_load_s8x4(v), w23 = nn_load_s8x4(v + 4);
    s0 = nn_smlad(nn_sxtb16(x01), nn_sxtb16(w01), s0);
    s1 = nn_smlad(nn_sxtb16_ror8(x01), nn_sxtb16_ror8(w01), s1);
    s2 = nn_smlad(nn_sxtb16(x23), nn_sxtb16(w23), s2);
    s3 = nn_smlad(nn_sxtb16_ror8(x23), nn_sxtb16_ror8(w23), s3);
#else
    const int8_t *const a = t[0] + c, *const b = t[1] + c;
    s0 += a[0] * v[0] + b[0] * v[2];
    s1 += a[1] * v[1] + b[1] * v[3];
    s2 += a[2] * v[4] + b[2] * v[6];
    s3 += a[3] * v[5] + b[3] * v[7];
#endif
  }
  *tap = t;
  *w = v;
  sum[0] = s0;
  sum[1] = s1;
  sum[2] = s2;
  sum[3] = s3;
}
#endif

/* One block of four channels, c to c + 3, of the pixels at tap[t] + at; its weights packed as nn_dwconv2d.h says. */
NN_INLINE void nn_depthwise_block_s8(const nn_output_s8 *to, const int8_t *const tap[], int32_t at, int32_t taps, const int8_t *w, int32_t c,
                                     int8_t *out) {
  const int32_t *const bias = to->bias + c;
  int32_t sum[4] = {bias[0], bias[1], bias[2], bias[3]};
  if (taps > 1) nn_tap_pairs_s8(&tap, taps >> 1, at + c, &w, sum);
  if (taps & 1) {
#if NN_DSP
    const uint32_t a = nn_load_s8x4(tap[0] + at + c), v = nn_load_s8x4(w);
    const uint32_t x02 = nn_sxtb16(a), x13 = nn_sxtb16_ror8(a), w02 = nn_sxtb16(v), w13 = nn_sxtb16_ror8(v);
    sum[0] = nn_smlabb(x02, w02, sum[0]);
    sum[1] = nn_smlabb(x13, w13, sum[1]);
    sum[2] = nn_smlatt(x02, w02, sum[2]);
    sum[3] = nn_smlatt(x13, w13, sum[3]);
#else
    const int8_t *const a = tap[0] + at + c;
    for (int32_t i = 0; i < 4; i++) sum[i] += a[i] * w[i];
#endif
  }
  const int32_t *const multiplier = to->multiplier + c;
  const int32_t rounding = to->rounding;
  const uint32_t shifts_less_1 = ~nn_load_s8x4(to->shift + c);
  for (int32_t i = 0; i < 4; i++) out[c + i] = nn_scaled_s8(sum[i], multiplier[i], (int32_t)(shifts_less_1 >> (8 * i) & 255u), rounding);
}

#endif
