/* Sums to int8: `double` requantisation per channel, zero point, saturation. A clamp narrower than int8 is done afterwards, nn_clamp_row_s8.
 * Contract: 2^30 <= multiplier < 2^31, -30 <= shift <= -1, |sum| < 2^30 (the compiler sees to it).
 */
#ifndef NN_OUTPUT_S8_H
#define NN_OUTPUT_S8_H

#include "nn_arch.h"

typedef struct {
  const int32_t *bias, *multiplier;
  const int8_t *shift;
  int32_t rounding; /* 2 * zero point + 1 */
  const int8_t *offset; /* of affine outputs, in place of shift and rounding */
} nn_output_s8;

NN_INLINE nn_output_s8 nn_output_to(const int32_t *bias, const int32_t *multiplier, const int8_t *shift, int32_t zero) {
  const nn_output_s8 to = {bias, multiplier, shift, 2 * zero + 1, NULL};
  return to;
}

/* Affine outputs: (sum * multiplier + offset * 2^32) >> 32, saturated, which the compiler has proven to equal the requantisation for every
 * sum of the channel (src/ops/affine_output.h). The zero point is in the offset. */
NN_INLINE nn_output_s8 nn_affine_output_to(const int32_t *bias, const int32_t *multiplier, const int8_t *offset) {
  const nn_output_s8 to = {bias, multiplier, NULL, 0, offset};
  return to;
}

NN_INLINE int8_t nn_affine_s8(int32_t sum, int32_t multiplier, int32_t offset) {
  return (int8_t)nn_saturated_s8(nn_high_multiply_add(sum, multiplier, offset));
}

#if NN_THUMB == 1
/* nn_scaled_s8 below in 33 cycles, with four products of 16 bits as nn_multiply_halves. r0 sum and result, r1 multiplier, r2 shift_less_1,
 * r3 rounding, which it keeps; changes r4 to r6. */
static NN_NAKED void nn_scaled_routine_s8(void) {
  __asm volatile(
      ".syntax unified\n"
      "sxth r4, r0\n subs r0, r0, r4\n asrs r0, r0, #16\n uxth r5, r1\n"
      "movs r6, r4\n muls r6, r5, r6\n asrs r6, r6, #16\n muls r5, r0, r5\n adds r6, r6, r5\n"
      "lsrs r5, r1, #16\n muls r4, r5, r4\n adds r6, r6, r4\n muls r0, r5, r0\n"
      "asrs r6, r6, #14\n adds r6, r6, #1\n asrs r6, r6, #1\n lsls r0, r0, #1\n adds r0, r0, r6\n"
      "asrs r4, r0, #31\n adds r0, r0, r4\n asrs r0, r0, r2\n adds r0, r0, r3\n asrs r0, r0, #1\n"
      "sxtb r4, r0\n cmp r4, r0\n beq 1f\n"
      "asrs r0, r0, #31\n movs r4, #127\n eors r0, r0, r4\n"
      "1: bx lr\n");
}

NN_INLINE int8_t nn_scaled_s8(int32_t sum, int32_t multiplier, int32_t shift_less_1, int32_t rounding) {
  register int32_t r0 __asm__("r0") = sum;
  register int32_t r1 __asm__("r1") = multiplier;
  register int32_t r2 __asm__("r2") = shift_less_1;
  register int32_t r3 __asm__("r3") = rounding;
  __asm__("bl %c4" : "+l"(r0) : "l"(r1), "l"(r2), "l"(r3), "i"(nn_scaled_routine_s8) : "r4", "r5", "r6", "lr", "cc");
  return (int8_t)r0;
}
#else
/* With s = -shift and h the scaled sum, round(h / 2^s, ties away from zero) + zero = (h - (h < 0) + 2^(s-1) + zero * 2^s) >> s;
 * 2^(s-1) * (2 * zero + 1) is added after s - 1 of the shifts, so that nothing leaves 32 bits. */
NN_INLINE int8_t nn_scaled_s8(int32_t sum, int32_t multiplier, int32_t shift_less_1, int32_t rounding) {
  const int32_t high = nn_scale(sum, multiplier);
  return (int8_t)nn_half_saturated_s8(((high + (high >> 31)) >> shift_less_1) + rounding);
}

#endif

NN_INLINE int8_t nn_finish_s8(const nn_output_s8 *to, int32_t sum, int32_t channel) {
  return nn_scaled_s8(sum, to->multiplier[channel], ~to->shift[channel], to->rounding);
}

/* Two sums of one channel. */
NN_INLINE void nn_finish_two_s8(const nn_output_s8 *to, int32_t sum0, int32_t sum1, int32_t channel, int8_t *out0, int8_t *out1) {
  const int32_t multiplier = to->multiplier[channel], shift_less_1 = ~to->shift[channel];
  *out0 = nn_scaled_s8(sum0, multiplier, shift_less_1, to->rounding);
  *out1 = nn_scaled_s8(sum1, multiplier, shift_less_1, to->rounding);
}

#if NN_MVE
/* Four scaled sums of int32 lanes, zero point added, not saturated. */
NN_INLINE int32x4_t nn_scaled_s8x4(int32x4_t sum, int32x4_t multiplier, int32x4_t shift, int32_t zero) {
  const int32x4_t high = vqrdmulhq_s32(sum, multiplier);
  return vaddq_n_s32(vrshlq_s32(vaddq_s32(high, vshrq_n_s32(high, 31)), shift), zero);
}

/* Sums without bias of the four channels from `channel` on. */
NN_INLINE void nn_finish_four_s8(const nn_output_s8 *to, int32x4_t sum, int32_t channel, int8_t *out) {
  const int32x4_t value = nn_scaled_s8x4(vaddq_s32(sum, vldrwq_s32(to->bias + channel)), vldrwq_s32(to->multiplier + channel),
                                         vldrbq_s32(to->shift + channel), to->rounding >> 1);
  vstrbq_s32(out, vmaxq_s32(vminq_s32(value, vdupq_n_s32(127)), vdupq_n_s32(-128)));
}
#elif NN_NEON
#include "nn_output_s8_neon.h"
#endif

/* Any shift in [-30, 30], with the clamp. */
NN_INLINE int8_t nn_finish_any_s8(int32_t sum, int32_t multiplier, int32_t shift, int32_t zero, int32_t clamp_min, int32_t clamp_max) {
  return (int8_t)nn_clamp(nn_multiply_double(sum, multiplier, shift) + zero, clamp_min, clamp_max);
}

/* Clamps `width` pixels of `channels` int8, `pitch` apart, unless the clamp is that of int8. */
NN_INLINE void nn_clamp_row_s8(int8_t *row, int32_t width, int32_t channels, int32_t pitch, int32_t clamp_min, int32_t clamp_max) {
  if (clamp_min == INT8_MIN && clamp_max == INT8_MAX) return;
  for (; width > 0; width--, row += pitch) {
    int32_t c = 0;
#if NN_MVE
    for (; c + 15 < channels; c += 16)
      vstrbq_s8(row + c, vmaxq_s8(vminq_s8(vldrbq_s8(row + c), vdupq_n_s8((int8_t)clamp_max)), vdupq_n_s8((int8_t)clamp_min)));
#elif NN_DSP
    const uint32_t low = (uint8_t)clamp_min * 0x01010101u, high = (uint8_t)clamp_max * 0x01010101u;
    for (; c + 3 < channels; c += 4) nn_store_s8x4(row + c, nn_clamp_s8x4(nn_load_s8x4(row + c), low, high));
#endif
    NN_ROLLED
    for (; c < channels; c++) row[c] = (int8_t)nn_clamp(row[c], clamp_min, clamp_max);
  }
}

#endif
