/* The window of one output pixel as one vector. */
#ifndef NN_GATHER_S8_H
#define NN_GATHER_S8_H

#include "nn_arch.h"
#include "nn_conv2d.h"

/* Output pixel x, `channels` channels from first_channel on: kernel_h * kernel_w * channels int8, in_zero outside the row. Returns its end. */
static int8_t *nn_gather_s8(const nn_conv2d_s8_params *p, const int8_t *const rows[], int32_t first_channel, int32_t channels, int32_t x,
                            int8_t *to) {
  const int32_t left = x * p->stride_w - p->pad_left;
  const int inside = left >= 0 && left + (p->kernel_w - 1) * p->dilation_w < p->in_width;
  const int contiguous = inside && p->dilation_w == 1 && p->in_pitch == channels;
  for (int32_t ky = 0; ky < p->kernel_h; ky++) {
    const int8_t *const row = rows[ky] + first_channel;
    if (contiguous) {
      memcpy(to, row + left * p->in_pitch, (size_t)(p->kernel_w * channels));
      to += p->kernel_w * channels;
      continue;
    }
    for (int32_t kx = 0; kx < p->kernel_w; kx++, to += channels) {
      const int32_t from = left + kx * p->dilation_w;
      if (from < 0 || from >= p->in_width)
        memset(to, (uint8_t)p->in_zero, (size_t)channels);
      else
        memcpy(to, row + from * p->in_pitch, (size_t)channels);
    }
  }
  return to;
}

#endif
