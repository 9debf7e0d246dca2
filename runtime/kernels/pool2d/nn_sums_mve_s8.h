/* Sums of pixels, up to 8 channels at a time. */
#ifndef NN_SUMS_MVE_S8_H
#define NN_SUMS_MVE_S8_H

#include "arch/nn_mve_s8.h"

/* Of every 8 channels first the even ones, then the odd ones. */
NN_INLINE int32_t nn_place_of_sum(int32_t c) { return (c & ~7) + (c & 1) * 4 + (c & 7) / 2; }

#if NN_HELIUM

#define NN_MOST_PIXELS 256 /* whose sums fit 16 bits */

/* Adds `count` channels, at most 8, of `width` pixels. */
NN_INLINE int16x8_t nn_add_pixels_s8(int16x8_t sum, const int8_t *pixel, int32_t pitch, int32_t width, int32_t count) {
  int16x8_t x;
  mve_pred16_t lanes;
  __asm volatile(
      "vctp.16 %[count]\n"
      "wls lr, %[width], 2f\n"
      "1:\n"
      "vpst\n"
      "vldrbt.s16 %q[x], [%[pixel]]\n"
      "add %[pixel], %[pixel], %[pitch]\n"
      "vadd.i16 %q[sum], %q[sum], %q[x]\n"
      "le lr, 1b\n"
      "2:\n"
      : [sum] "+w"(sum), [pixel] "+l"(pixel), [x] "=&w"(x), [lanes] "=&Up"(lanes)
      : [pitch] "r"(pitch), [width] "r"(width), [count] "r"(count)
      : "lr", "memory");
  return sum;
}

/* Adds the `width` pixels of a row, `pitch` apart, to the sums of the channels, which begin with the first row. */
NN_INLINE void nn_add_row_mve_s8(const int8_t *row, int32_t width, int32_t pitch, int32_t channels, int is_first, int32_t *sums) {
  for (int32_t c = 0; c < channels; c += 8, sums += 8) {
    const int32_t count = channels - c < 8 ? channels - c : 8;
    int32x4_t even = vdupq_n_s32(0), odd = even;
    if (!is_first) even = vldrwq_s32(sums), odd = vldrwq_s32(sums + 4);
    for (int32_t x = 0; x < width; x += NN_MOST_PIXELS) {
      const int32_t pixels = width - x < NN_MOST_PIXELS ? width - x : NN_MOST_PIXELS;
      const int16x8_t sum = nn_add_pixels_s8(vdupq_n_s16(0), row + x * pitch + c, pitch, pixels, count);
      even = vaddq_s32(even, vmovlbq_s16(sum));
      odd = vaddq_s32(odd, vmovltq_s16(sum));
    }
    vstrwq_s32(sums, even);
    vstrwq_s32(sums + 4, odd);
  }
}

#else

NN_INLINE void nn_add_row_mve_s8(const int8_t *row, int32_t width, int32_t pitch, int32_t channels, int is_first, int32_t *sums) {
  for (int32_t c = 0; c < channels; c++) {
    int32_t *const sum = &sums[nn_place_of_sum(c)];
    if (is_first) *sum = 0;
    for (int32_t x = 0; x < width; x++) *sum += row[x * pitch + c];
  }
}

#endif

#endif
