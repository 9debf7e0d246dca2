/* Requantisation of nn_output_s8.h with NEON, four sums at a time. */
#ifndef NN_OUTPUT_S8_NEON_H
#define NN_OUTPUT_S8_NEON_H

/* Four scaled sums, zero point added, not saturated. */
NN_INLINE int32x4_t nn_scaled_s8x4(int32x4_t sum, int32x4_t multiplier, int32x4_t shift, int32_t zero) {
  const int32x4_t high = vqrdmulhq_s32(sum, multiplier);
  return vaddq_s32(vrshlq_s32(vaddq_s32(high, vshrq_n_s32(high, 31)), shift), vdupq_n_s32(zero));
}

/* Sums without bias of the four channels from `channel` on. */
NN_INLINE void nn_finish_four_s8(const nn_output_s8 *to, int32x4_t sum, int32_t channel, int8_t *out) {
  const int32x2_t shifts = vdup_n_s32((int32_t)nn_load_s8x4(to->shift + channel));
  const int32x4_t shift = vmovl_s16(vget_low_s16(vmovl_s8(vreinterpret_s8_s32(shifts))));
  const int32x4_t value = nn_scaled_s8x4(vaddq_s32(sum, vld1q_s32(to->bias + channel)), vld1q_s32(to->multiplier + channel), shift,
                                         to->rounding >> 1);
  const int16x4_t half = vqmovn_s32(value);
  nn_store_s8x4(out, (uint32_t)vget_lane_s32(vreinterpret_s32_s8(vqmovn_s16(vcombine_s16(half, half))), 0));
}

#endif
