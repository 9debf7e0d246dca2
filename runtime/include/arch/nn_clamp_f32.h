/* Fused activations of float kernels: every value of a finished row is clamped. */
#ifndef NN_CLAMP_F32_H
#define NN_CLAMP_F32_H

#include <float.h>

#include "nn_arch.h"

NN_INLINE float nn_clamp_f32(float x, float low, float high) { return x < low ? low : x > high ? high : x; }

/* A float's bits. Not by memcpy, which gcc calls as a function on the M0. */
typedef union {
  float value;
  int32_t bits;
} nn_float_bits;

NN_INLINE int32_t nn_bits_of_f32(float x) {
  const nn_float_bits b = {x};
  return b.bits;
}

/* max(x, 0). On Arm by the sign bit, as integers: a third of the instructions of a comparison there and far fewer without a unit for
 * floats. (A NaN stays one unless its sign is set; those that the cores produce have a clear sign.) */
NN_INLINE void nn_relu_row_f32(float *x, int32_t count) {
#if NN_MVE
  for (; count >= 4; count -= 4, x += 4) vst1q_s32((int32_t *)(void *)x, vmaxq_s32(vld1q_s32((int32_t *)(void *)x), vdupq_n_s32(0)));
#elif defined(__thumb2__)
  for (; count >= 8; count -= 8)
    __asm__ volatile(
        "ldmia %0, {r2-r6, r8-r10}\n"
        "bic r2, r2, r2, asr #31\n"
        "bic r3, r3, r3, asr #31\n"
        "bic r4, r4, r4, asr #31\n"
        "bic r5, r5, r5, asr #31\n"
        "bic r6, r6, r6, asr #31\n"
        "bic r8, r8, r8, asr #31\n"
        "bic r9, r9, r9, asr #31\n"
        "bic r10, r10, r10, asr #31\n"
        "stmia %0!, {r2-r6, r8-r10}\n"
        : "+r"(x)
        :
        : "r2", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "memory");
#endif
  for (; count > 0; count--, x++) {
#if defined(__arm__)
    nn_float_bits b = {*x};
    b.bits &= ~(b.bits >> 31);
    *x = b.value;
#else
    *x = *x < 0.0f ? 0.0f : *x;
#endif
  }
}

/* Clamps `count` values. low = -INFINITY, high = INFINITY: no activation. */
NN_INLINE void nn_clamp_row_f32(float *x, int32_t count, float low, float high) {
  if (low == 0.0f && high > FLT_MAX) {
    nn_relu_row_f32(x, count);
  } else if (low >= -FLT_MAX || high <= FLT_MAX) {
    for (int32_t i = 0; i < count; i++) x[i] = nn_clamp_f32(x[i], low, high);
  }
}

/* The same for a row of `width` pixels of `channels` values, `pitch` apart. */
NN_INLINE void nn_clamp_pixels_f32(float *x, int32_t width, int32_t channels, int32_t pitch, float low, float high) {
  if (pitch == channels) {
    nn_clamp_row_f32(x, width * channels, low, high);
    return;
  }
  for (; width > 0; width--, x += pitch) nn_clamp_row_f32(x, channels, low, high);
}

#endif
