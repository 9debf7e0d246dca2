/* int8 depthwise convolution of any shape, depth multiplier 1: per output pixel a list of pointers to the pixels under the window
 * (a constant pixel for those left and right of the row), then all channels over that list. */
#include "nn_dwconv2d.h"

#include "../../arch/nn_depthwise_s8.h"

static void list_taps(const nn_dwconv2d_s8_params *p, const int8_t *const rows[], const int8_t *outside, int32_t x, const int8_t **tap) {
  const int32_t left = x * p->stride_w - p->pad_left;
  for (int32_t ky = 0; ky < p->kernel_h; ky++) {
    const int8_t *const row = rows[ky];
    int32_t from = left;
    for (int32_t kx = 0; kx < p->kernel_w; kx++, from += p->dilation_w)
      *tap++ = from < 0 || from >= p->in_width ? outside : row + from * p->in_pitch;
  }
}

void nn_dwconv2d_s8_row(const nn_dwconv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                        const int32_t *multiplier, const int8_t *shift, void *scratch, int8_t *out) {
  const int32_t taps = p->kernel_h * p->kernel_w;
  const int8_t **const tap = (const int8_t **)scratch;
  int8_t *const outside = (int8_t *)(tap + taps);
  const nn_output_s8 to = nn_output_to(bias, multiplier, shift, p->out_zero, p->clamp_min, p->clamp_max);
  memset(outside, (uint8_t)p->in_zero, (size_t)p->in_channels);
  for (int32_t x = 0; x < p->out_width; x++, out += p->out_pitch) {
    list_taps(p, rows, outside, x, tap);
    nn_depthwise_s8(&to, tap, taps, weights, p->in_channels, out);
  }
}
