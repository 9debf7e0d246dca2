/* The pixels under the window of one output pixel, as a list of pointers. */
#ifndef NN_TAPS_S8_H
#define NN_TAPS_S8_H

#include "nn_arch.h"
#include "nn_dwconv2d.h"

/* The list of pointers at the start of a 4-byte aligned scratch: moved up to where pointers may lie. */
static inline const int8_t **nn_tap_list(void *scratch) {
  const uintptr_t mask = sizeof(void *) - 1;
  return (const int8_t **)(((uintptr_t)scratch + mask) & ~mask);
}

/* kernel_h * kernel_w pointers; `outside` stands for pixels left and right of the row. */
static inline void nn_list_taps_s8(const nn_dwconv2d_s8_params *p, const int8_t *const rows[], const int8_t *outside, int32_t x,
                                   const int8_t **tap) {
  const int32_t left = x * p->stride_w - p->pad_left, step = p->dilation_w * p->in_pitch;
  const int inside = left >= 0 && left + (p->kernel_w - 1) * p->dilation_w < p->in_width;
  for (int32_t ky = 0; ky < p->kernel_h; ky++) {
    if (inside) {
      const int8_t *pixel = rows[ky] + left * p->in_pitch;
      for (int32_t kx = p->kernel_w; kx > 0; kx--, pixel += step) *tap++ = pixel;
    } else {
      int32_t from = left;
      for (int32_t kx = 0; kx < p->kernel_w; kx++, from += p->dilation_w)
        *tap++ = from < 0 || from >= p->in_width ? outside : rows[ky] + from * p->in_pitch;
    }
  }
}

#endif
