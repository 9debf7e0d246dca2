/* Sums to int8: `double` requantisation per channel, zero point, clamp.
 * Contract: 2^30 <= multiplier < 2^31, -30 <= shift <= 30, |sum| < 2^30 (the compiler sees to it).
 */
#ifndef NN_OUTPUT_S8_H
#define NN_OUTPUT_S8_H

#include "nn_arch.h"

typedef struct {
  const int32_t *bias, *multiplier;
  const int8_t *shift;
  int32_t zero, clamp_min, clamp_max;
  int32_t rounding; /* 2 * zero + 1: see nn_scaling_of */
  int clamps;       /* the clamp is narrower than int8 */
} nn_output_s8;

NN_INLINE nn_output_s8 nn_output_to(const int32_t *bias, const int32_t *multiplier, const int8_t *shift, int32_t zero, int32_t clamp_min,
                                    int32_t clamp_max) {
  const nn_output_s8 to = {bias, multiplier, shift, zero, clamp_min, clamp_max, 2 * zero + 1, clamp_min > -128 || clamp_max < 127};
  return to;
}

/* The multiplier and shift of a channel, ready for several sums. */
typedef struct {
  int32_t multiplier, right, addend;
} nn_scaling_s8;

/* A shift to the right by 1 to 22 bits is the usual case: half a unit for rounding and the zero point are then one addend,
 * 2^(right - 1) + zero * 2^right = (2 * zero + 1) * 2^(right - 1), and |x| + |addend| < 2^30 + 257 * 2^21 stays in 32 bits. */
NN_INLINE int nn_is_fast_shift(int32_t shift) { return (uint32_t)~shift < 22u; }

NN_INLINE nn_scaling_s8 nn_scaling_of(const nn_output_s8 *to, int32_t channel) {
  const int32_t shift = to->shift[channel];
  const nn_scaling_s8 scaling = {to->multiplier[channel], -shift, (int32_t)((uint32_t)to->rounding << (uint32_t)(~shift & 31))};
  return scaling;
}

/* clamps: to->clamps, as a compile-time constant where it pays. */
NN_INLINE int8_t nn_finish_fast_s8(const nn_output_s8 *to, nn_scaling_s8 scaling, int32_t sum, int clamps) {
  const int32_t high = nn_scale(sum, scaling.multiplier);
  const int32_t value = nn_saturate_s8((high + (high >> 31) + scaling.addend) >> scaling.right);
  return (int8_t)(clamps ? nn_clamp(value, to->clamp_min, to->clamp_max) : value);
}

/* Any shift. Not inlined: the rare case. */
static __attribute__((noinline)) int8_t nn_finish_slow_s8(const nn_output_s8 *to, int32_t sum, int32_t channel) {
  const int32_t value = nn_multiply_double(sum, to->multiplier[channel], to->shift[channel]) + to->zero;
  return (int8_t)nn_clamp(value, to->clamp_min, to->clamp_max);
}

NN_INLINE int8_t nn_finish_s8(const nn_output_s8 *to, int32_t sum, int32_t channel) {
  if (!nn_is_fast_shift(to->shift[channel])) return nn_finish_slow_s8(to, sum, channel);
  return nn_finish_fast_s8(to, nn_scaling_of(to, channel), sum, to->clamps);
}

/* Two sums of one channel. */
NN_INLINE void nn_finish_two_s8(const nn_output_s8 *to, int32_t sum0, int32_t sum1, int32_t channel, int8_t *out0, int8_t *out1) {
  if (nn_is_fast_shift(to->shift[channel])) {
    const nn_scaling_s8 scaling = nn_scaling_of(to, channel);
    *out0 = nn_finish_fast_s8(to, scaling, sum0, to->clamps);
    *out1 = nn_finish_fast_s8(to, scaling, sum1, to->clamps);
  } else {
    *out0 = nn_finish_slow_s8(to, sum0, channel);
    *out1 = nn_finish_slow_s8(to, sum1, channel);
  }
}

#endif
