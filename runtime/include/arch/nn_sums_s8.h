/* Sums of int8, four columns at a time. */
#ifndef NN_SUMS_S8_H
#define NN_SUMS_S8_H

#include "nn_arch.h"

/* Sums of up to NN_SUMS_S8X4_MOST values in four lanes of 16 bits: even the lanes 0 and 2, odd 1 and 3. Without DSP each value is taken with
 * 128 more, so that lanes do not borrow from each other. */
typedef struct {
  uint32_t even, odd;
} nn_sums_s8x4;

#define NN_SUMS_S8X4_MOST 256

NN_INLINE nn_sums_s8x4 nn_no_sums_s8x4(void) {
  const nn_sums_s8x4 none = {0, 0};
  return none;
}

NN_INLINE void nn_sum_s8x4(nn_sums_s8x4 *sums, uint32_t word) {
#if NN_ARM_DSP
  __asm__("sxtab16 %0, %0, %1" : "+r"(sums->even) : "r"(word));
  __asm__("sxtab16 %0, %0, %1, ror #8" : "+r"(sums->odd) : "r"(word));
#else
  word ^= 0x80808080u;
  sums->even += word & 0x00ff00ffu;
  sums->odd += (word >> 8) & 0x00ff00ffu;
#endif
}

/* Adds the sums of `count` values to `sum` and starts again. */
NN_INLINE void nn_take_sums_s8x4(nn_sums_s8x4 *sums, int32_t count, int32_t sum[4]) {
#if NN_ARM_DSP
  (void)count;
  sum[0] += (int16_t)(uint16_t)sums->even;
  sum[1] += (int16_t)(uint16_t)sums->odd;
  sum[2] += (int32_t)sums->even >> 16;
  sum[3] += (int32_t)sums->odd >> 16;
#else
  sum[0] += (int32_t)(sums->even & 0xffffu) - 128 * count;
  sum[1] += (int32_t)(sums->odd & 0xffffu) - 128 * count;
  sum[2] += (int32_t)(sums->even >> 16) - 128 * count;
  sum[3] += (int32_t)(sums->odd >> 16) - 128 * count;
#endif
  *sums = nn_no_sums_s8x4();
}

/* Adds the sums of four neighbouring columns of `count` vectors, pitch apart, to `sum`. */
NN_INLINE void nn_add_columns_s8(const int8_t *in, int32_t count, int32_t pitch, int32_t sum[4]) {
  while (count > 0) {
    const int32_t some = count < NN_SUMS_S8X4_MOST ? count : NN_SUMS_S8X4_MOST;
    nn_sums_s8x4 sums = nn_no_sums_s8x4();
    for (int32_t i = some; i > 0; i--, in += pitch) nn_sum_s8x4(&sums, nn_load_s8x4(in));
    nn_take_sums_s8x4(&sums, some, sum);
    count -= some;
  }
}

#endif
