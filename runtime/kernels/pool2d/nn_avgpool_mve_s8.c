/* int8 average pooling for Helium: 8 channels at a time, windows of at most 256 pixels, whose sums fit 16 bits. */
#include "nn_pool2d.h"

#include "arch/nn_mve_s8.h"
#include "nn_sums_mve_s8.h"
#include "nn_window.h"

#if NN_HELIUM

/* |n| + half of the divisor, times 2 (so that a divisor of 1 has an inverse), times 2^31 / divisor rounded up: exact for n below 2^16. */
NN_INLINE int16x8_t divided(int16x8_t sum, int32_t divisor, uint32_t inverse) {
  const int16x8_t sign = vshrq_n_s16(sum, 15);
  const uint16x8_t size = vaddq_n_u16(vreinterpretq_u16_s16(vabsq_s16(sum)), (uint16_t)(divisor / 2));
  const uint32x4_t factor = vdupq_n_u32(inverse), even = vmulhq_u32(vshllbq_n_u16(size, 1), factor), odd = vmulhq_u32(vshlltq_n_u16(size, 1), factor);
  const int16x8_t quotient = vreinterpretq_s16_u16(vmovntq_u32(vreinterpretq_u16_u32(even), odd));
  return vsubq_s16(veorq_s16(quotient, sign), sign);
}

static void average(const nn_pool2d_s8_params *p, const int8_t *const rows[], int32_t row_count, nn_window window, int8_t *out) {
  const int32_t width = window.last - window.first, divisor = row_count * width;
  const uint32_t inverse = (UINT32_C(1) << 31) / (uint32_t)divisor + 1u;
  const int16x8_t low = vdupq_n_s16(p->clamp_min), high = vdupq_n_s16(p->clamp_max);
  for (int32_t c = 0; c < p->channels; c += 8) {
    const int32_t count = p->channels - c < 8 ? p->channels - c : 8;
    int16x8_t sum = vdupq_n_s16(0);
    for (int32_t r = 0; r < row_count; r++) sum = nn_add_pixels_s8(sum, rows[r] + window.first * p->in_pitch + c, p->in_pitch, width, count);
    vstrbq_p_s16(out + c, vminq_s16(vmaxq_s16(divided(sum, divisor, inverse), low), high), vctp16q((uint32_t)count));
  }
}

#else

static void average(const nn_pool2d_s8_params *p, const int8_t *const rows[], int32_t row_count, nn_window window, int8_t *out) {
  const int32_t divisor = row_count * (window.last - window.first);
  for (int32_t c = 0; c < p->channels; c++) {
    int32_t sum = 0;
    for (int32_t r = 0; r < row_count; r++)
      for (int32_t x = window.first; x < window.last; x++) sum += rows[r][x * p->in_pitch + c];
    out[c] = (int8_t)nn_clamp((sum + (sum > 0 ? divisor / 2 : -(divisor / 2))) / divisor, p->clamp_min, p->clamp_max);
  }
}

#endif

void nn_avgpool_mve_s8_row(const nn_pool2d_s8_params *p, const int8_t *const rows[], int32_t row_count, int8_t *out) {
  for (int32_t x = 0; x < p->out_width; x++, out += p->out_pitch)
    average(p, rows, row_count, nn_window_at(x, p->stride_w, p->pad_left, p->kernel_w, p->in_width), out);
}
