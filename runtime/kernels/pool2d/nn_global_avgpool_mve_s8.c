/* int8 average over a whole image, row by row, for Helium: 8 channels at a time, whose sums are carried as the four even ones and the four odd
 * ones. */
#include "nn_pool2d.h"

#include "arch/nn_mve_s8.h"
#include "nn_sums_mve_s8.h"

#if NN_HELIUM

static void add_row(const nn_global_avgpool_s8_params *p, const int8_t *row, int32_t *sums, int first) {
  for (int32_t c = 0; c < p->channels; c += 8, sums += 8) {
    const int32_t count = p->channels - c < 8 ? p->channels - c : 8;
    int32x4_t even = vdupq_n_s32(0), odd = even;
    if (!first) even = vldrwq_s32(sums), odd = vldrwq_s32(sums + 4);
    for (int32_t x = 0; x < p->width; x += NN_MOST_PIXELS) {
      const int32_t width = p->width - x < NN_MOST_PIXELS ? p->width - x : NN_MOST_PIXELS;
      const int16x8_t sum = nn_add_pixels_s8(vdupq_n_s16(0), row + x * p->in_pitch + c, p->in_pitch, width, count);
      even = vaddq_s32(even, vmovlbq_s16(sum));
      odd = vaddq_s32(odd, vmovltq_s16(sum));
    }
    vstrwq_s32(sums, even);
    vstrwq_s32(sums + 4, odd);
  }
}

#else

static void add_row(const nn_global_avgpool_s8_params *p, const int8_t *row, int32_t *sums, int first) {
  for (int32_t c = 0; c < p->channels; c++) {
    int32_t *const sum = &sums[nn_place_of_sum(c)];
    if (first) *sum = 0;
    for (int32_t x = 0; x < p->width; x++) *sum += row[x * p->in_pitch + c];
  }
}

#endif

void nn_global_avgpool_mve_s8_row(const nn_global_avgpool_s8_params *p, const int8_t *row, int32_t y, int32_t *sums, int8_t *out) {
  const int32_t count = p->width * p->height;
  add_row(p, row, sums, y == 0);
  if (y + 1 < p->height) return;
  for (int32_t c = 0; c < p->channels; c++) {
    const int32_t sum = sums[nn_place_of_sum(c)], half = sum > 0 ? count / 2 : -(count / 2);
    out[c] = (int8_t)nn_clamp((sum + half) / count, p->clamp_min, p->clamp_max);
  }
}
