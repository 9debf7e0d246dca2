/* int8 maximum pooling for Helium: 16 channels at a time. */
#include "nn_pool2d.h"

#include "arch/nn_mve_s8.h"
#include "nn_window.h"

#if NN_HELIUM

/* The largest of `most` and `count` channels, at most 16, of `width` pixels. */
NN_INLINE int8x16_t largest(int8x16_t most, const int8_t *pixel, int32_t pitch, int32_t width, int32_t count) {
  int8x16_t x;
  mve_pred16_t lanes;
  __asm volatile(
      "vctp.8 %[count]\n"
      "wls lr, %[width], 2f\n"
      "1:\n"
      "vpst\n"
      "vldrbt.8 %q[x], [%[pixel]]\n"
      "add %[pixel], %[pixel], %[pitch]\n"
      "vmax.s8 %q[most], %q[most], %q[x]\n"
      "le lr, 1b\n"
      "2:\n"
      : [most] "+w"(most), [pixel] "+r"(pixel), [x] "=&w"(x), [lanes] "=&Up"(lanes)
      : [pitch] "r"(pitch), [width] "r"(width), [count] "r"(count)
      : "lr", "memory");
  return most;
}

static void maximum(const nn_pool2d_s8_params *p, const int8_t *const rows[], int32_t row_count, nn_window window, int8_t *out) {
  const int8x16_t low = vdupq_n_s8(p->clamp_min), high = vdupq_n_s8(p->clamp_max);
  for (int32_t c = 0; c < p->channels; c += 16) {
    const int32_t count = p->channels - c < 16 ? p->channels - c : 16;
    int8x16_t most = low;
    for (int32_t r = 0; r < row_count; r++)
      most = largest(most, rows[r] + window.first * p->in_pitch + c, p->in_pitch, window.last - window.first, count);
    vstrbq_p_s8(out + c, vminq_s8(most, high), vctp8q((uint32_t)count));
  }
}

#else

static void maximum(const nn_pool2d_s8_params *p, const int8_t *const rows[], int32_t row_count, nn_window window, int8_t *out) {
  for (int32_t c = 0; c < p->channels; c++) {
    int32_t most = p->clamp_min;
    for (int32_t r = 0; r < row_count; r++)
      for (int32_t x = window.first; x < window.last; x++) {
        const int32_t value = rows[r][x * p->in_pitch + c];
        most = value > most ? value : most;
      }
    out[c] = (int8_t)(most < p->clamp_max ? most : p->clamp_max);
  }
}

#endif

void nn_maxpool_mve_s8_row(const nn_pool2d_s8_params *p, const int8_t *const rows[], int32_t row_count, int8_t *out) {
  for (int32_t x = 0; x < p->out_width; x++, out += p->out_pitch)
    maximum(p, rows, row_count, nn_window_at(x, p->stride_w, p->pad_left, p->kernel_w, p->in_width), out);
}
