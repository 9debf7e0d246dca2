/* All channels of one output pixel of a depthwise convolution: out[c] = requantised(bias[c] + sum over t of tap[t][c] * w[t * channels + c]). */
#ifndef NN_DEPTHWISE_S8_H
#define NN_DEPTHWISE_S8_H

#include "nn_columns_s8.h"

#if NN_DSP
/* Two taps of four channels: xa, xb four inputs each, wa, wb their weights. */
NN_INLINE void nn_two_taps_s8(uint32_t xa, uint32_t xb, uint32_t wa, uint32_t wb, int32_t sum[4]) {
  const uint32_t x01 = nn_pack_low(xa, xb), w01 = nn_pack_low(wa, wb);
  sum[0] = nn_smlad(nn_sxtb16(x01), nn_sxtb16(w01), sum[0]);
  sum[1] = nn_smlad(nn_sxtb16_ror8(x01), nn_sxtb16_ror8(w01), sum[1]);
  const uint32_t x23 = nn_pack_high(xa, xb), w23 = nn_pack_high(wa, wb);
  sum[2] = nn_smlad(nn_sxtb16(x23), nn_sxtb16(w23), sum[2]);
  sum[3] = nn_smlad(nn_sxtb16_ror8(x23), nn_sxtb16_ror8(w23), sum[3]);
}
#endif

/* Four channels. */
NN_INLINE void nn_depthwise_4_s8(const nn_output_s8 *to, const int8_t *const tap[], int32_t taps, const int8_t *w, int32_t channels,
                                 int32_t c, int8_t *out) {
  int32_t sum[4] = {to->bias[c], to->bias[c + 1], to->bias[c + 2], to->bias[c + 3]};
  w += c;
  int32_t t = 0;
#if NN_DSP
  for (; t + 1 < taps; t += 2, w += 2 * channels)
    nn_two_taps_s8(nn_load_s8x4(tap[t] + c), nn_load_s8x4(tap[t + 1] + c), nn_load_s8x4(w), nn_load_s8x4(w + channels), sum);
#endif
  for (; t < taps; t++, w += channels) {
    const int8_t *const x = tap[t] + c;
    sum[0] += x[0] * w[0];
    sum[1] += x[1] * w[1];
    sum[2] += x[2] * w[2];
    sum[3] += x[3] * w[3];
  }
  out[c] = nn_finish_s8(to, sum[0], c);
  out[c + 1] = nn_finish_s8(to, sum[1], c + 1);
  out[c + 2] = nn_finish_s8(to, sum[2], c + 2);
  out[c + 3] = nn_finish_s8(to, sum[3], c + 3);
}

NN_INLINE void nn_depthwise_s8(const nn_output_s8 *to, const int8_t *const tap[], int32_t taps, const int8_t *w, int32_t channels,
                               int8_t *out) {
  int32_t c = 0;
  for (; c + 3 < channels; c += 4) nn_depthwise_4_s8(to, tap, taps, w, channels, c, out);
  for (; c < channels; c++) {
    int32_t sum = to->bias[c];
    for (int32_t t = 0; t < taps; t++) sum += tap[t][c] * w[t * channels + c];
    out[c] = nn_finish_s8(to, sum, c);
  }
}

#endif
