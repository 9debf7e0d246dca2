/* int8 depthwise convolution with any multiplier and weights with a zero point: four channels at a time. */
#include "nn_dwconv2d.h"

#include "arch/nn_output_s8.h"
#include "arch/nn_taps_s8.h"

/* What one output pixel reads: a pointer for each tap, weights as [tap][channel]. */
typedef struct {
  const int8_t *const *tap;
  int32_t taps, channels;
  const int8_t *weights;
  int32_t weight_zero;
} window;

NN_INLINE int32_t sum_of_one(const window *in, int32_t c) {
  const int8_t *w = in->weights + c;
  int32_t sum = 0;
  for (int32_t t = 0; t < in->taps; t++, w += in->channels) sum += in->tap[t][c] * (*w - in->weight_zero);
  return sum;
}

/* Adds the products of channels c to c + 3. */
NN_INLINE void add_four(const window *in, int32_t c, int32_t sum[4]) {
  const int8_t *w = in->weights + c;
#if NN_MVE
  int32x4_t sums = vld1q_s32(sum);
  for (int32_t t = 0; t < in->taps; t++, w += in->channels)
    sums = vaddq_s32(sums, vmulq_s32(vldrbq_s32(in->tap[t] + c), vsubq_n_s32(vldrbq_s32(w), in->weight_zero)));
  vst1q_s32(sum, sums);
#else
  int32_t s0 = sum[0], s1 = sum[1], s2 = sum[2], s3 = sum[3];
  const int32_t zero = in->weight_zero;
#if NN_DSP
  const uint32_t zeros = nn_pack_low((uint32_t)zero, (uint32_t)zero);
#endif
  for (int32_t t = 0; t < in->taps; t++, w += in->channels) {
#if NN_DSP
    const uint32_t x = nn_load_s8x4(in->tap[t] + c), v = nn_load_s8x4(w);
    const uint32_t x02 = nn_sxtb16(x), x13 = nn_sxtb16_ror8(x);
    const uint32_t w02 = nn_ssub16(nn_sxtb16(v), zeros), w13 = nn_ssub16(nn_sxtb16_ror8(v), zeros);
    s0 = nn_smlabb(x02, w02, s0);
    s1 = nn_smlabb(x13, w13, s1);
    s2 = nn_smlatt(x02, w02, s2);
    s3 = nn_smlatt(x13, w13, s3);
#else
    const int8_t *const x = in->tap[t] + c;
    s0 += x[0] * (w[0] - zero);
    s1 += x[1] * (w[1] - zero);
    s2 += x[2] * (w[2] - zero);
    s3 += x[3] * (w[3] - zero);
#endif
  }
  sum[0] = s0;
  sum[1] = s1;
  sum[2] = s2;
  sum[3] = s3;
#endif
}

void nn_dwconv2d_any_s8_row(const nn_dwconv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                            const int32_t *multiplier, const int8_t *shift, void *scratch, int8_t *out) {
  const int32_t taps = p->kernel_h * p->kernel_w, channels = p->in_channels;
  const int8_t **const tap = nn_tap_list(scratch);
  int8_t *const outside = (int8_t *)(tap + taps);
  const window in = {(const int8_t *const *)tap, taps, channels, weights, p->weight_zero};
  memset(outside, (uint8_t)p->in_zero, (size_t)channels);
  for (int32_t x = 0; x < p->out_width; x++, out += p->out_pitch) {
    nn_list_taps_s8(p, rows, outside, x, tap);
    for (int32_t c = 0, count; c < channels; c += count) {
      int32_t sum[4] = {bias[c]};
      count = c + 3 < channels ? 4 : 1;
      if (count == 4) {
        for (int32_t i = 1; i < 4; i++) sum[i] = bias[c + i];
        add_four(&in, c, sum);
      } else {
        sum[0] += sum_of_one(&in, c);
      }
      for (int32_t i = 0; i < count; i++)
        out[c + i] = nn_finish_any_s8(sum[i], multiplier[c + i], shift[c + i], p->out_zero, p->clamp_min, p->clamp_max);
    }
  }
}
