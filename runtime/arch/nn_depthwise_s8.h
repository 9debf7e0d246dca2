/* Depthwise convolution, the channels of one output pixel: out[c] = requantised(bias[c] + sum over t of tap[t][c] * w of tap t, channel c). */
#ifndef NN_DEPTHWISE_S8_H
#define NN_DEPTHWISE_S8_H

#include "nn_output_s8.h"

#if NN_ARM_DSP && defined(__OPTIMIZE__)
#include "nn_depthwise_s8_dsp.h"
#define NN_HAS_NINE_TAPS 1
#else
#define NN_HAS_NINE_TAPS 0
#endif

/* One block of four channels, its weights packed as nn_dwconv2d.h says. */
NN_INLINE void nn_depthwise_block_s8(const nn_output_s8 *to, const int8_t *const tap[], int32_t taps, const int8_t *w, int32_t c, int8_t *out) {
#if NN_HAS_NINE_TAPS
  if (taps == 9) {
    int32_t sum[4] = {to->bias[c], to->bias[c + 1], to->bias[c + 2], to->bias[c + 3]};
    nn_nine_taps_s8(tap, c, w, sum);
    for (int32_t i = 0; i < 4; i++) out[c + i] = nn_finish_s8(to, sum[i], c + i);
    return;
  }
#endif
  int32_t s0 = to->bias[c], s1 = to->bias[c + 1], s2 = to->bias[c + 2], s3 = to->bias[c + 3];
  const int8_t *const *const pairs_end = tap + (taps & ~1);
  while (tap != pairs_end) {
#if NN_DSP
    const uint32_t a = nn_load_s8x4(tap[0] + c), b = nn_load_s8x4(tap[1] + c);
    const uint32_t x01 = nn_pack_low(a, b), x23 = nn_pack_high(a, b);
    const uint32_t w01 = nn_load_s8x4(w), w23 = nn_load_s8x4(w + 4);
    s0 = nn_smlad(nn_sxtb16(x01), nn_sxtb16(w01), s0);
    s1 = nn_smlad(nn_sxtb16_ror8(x01), nn_sxtb16_ror8(w01), s1);
    s2 = nn_smlad(nn_sxtb16(x23), nn_sxtb16(w23), s2);
    s3 = nn_smlad(nn_sxtb16_ror8(x23), nn_sxtb16_ror8(w23), s3);
#else
    const int8_t *const a = tap[0] + c, *const b = tap[1] + c;
    s0 += a[0] * w[0] + b[0] * w[2];
    s1 += a[1] * w[1] + b[1] * w[3];
    s2 += a[2] * w[4] + b[2] * w[6];
    s3 += a[3] * w[5] + b[3] * w[7];
#endif
    tap += 2;
    w += 8;
  }
  if (taps & 1) {
#if NN_DSP
    const uint32_t a = nn_load_s8x4(tap[0] + c), v = nn_load_s8x4(w);
    const uint32_t x02 = nn_sxtb16(a), x13 = nn_sxtb16_ror8(a), w02 = nn_sxtb16(v), w13 = nn_sxtb16_ror8(v);
    s0 = nn_smlabb(x02, w02, s0);
    s1 = nn_smlabb(x13, w13, s1);
    s2 = nn_smlatt(x02, w02, s2);
    s3 = nn_smlatt(x13, w13, s3);
#else
    const int8_t *const a = tap[0] + c;
    s0 += a[0] * w[0];
    s1 += a[1] * w[1];
    s2 += a[2] * w[2];
    s3 += a[3] * w[3];
#endif
  }
  out[c] = nn_finish_s8(to, s0, c);
  out[c + 1] = nn_finish_s8(to, s1, c + 1);
  out[c + 2] = nn_finish_s8(to, s2, c + 2);
  out[c + 3] = nn_finish_s8(to, s3, c + 3);
}

#endif
