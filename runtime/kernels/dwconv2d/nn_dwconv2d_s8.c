/* int8 depthwise convolution of any shape, depth multiplier 1: per output pixel a list of pointers to the pixels under the window
 * (a constant pixel for those left and right of the row), then all channels over that list. A window one column wide needs no list. */
#include "nn_dwconv2d.h"

#include "arch/nn_depthwise_s8.h"
#include "arch/nn_taps_s8.h"

static int windows_leave_the_row(const nn_dwconv2d_s8_params *p) {
  return p->pad_left > 0 || (p->out_width - 1) * p->stride_w - p->pad_left + (p->kernel_w - 1) * p->dilation_w >= p->in_width;
}

void nn_dwconv2d_s8_row(const nn_dwconv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                        const int32_t *multiplier, const int8_t *shift, void *scratch, int8_t *out) {
  const int32_t taps = p->kernel_h * p->kernel_w, channels = p->in_channels;
  const int8_t **const list = nn_tap_list(scratch);
  int8_t *const outside = (int8_t *)(list + taps);
  const nn_output_s8 to = nn_output_to(bias, multiplier, shift, p->out_zero);
  const int leaves = windows_leave_the_row(p);
  if (leaves) memset(outside, (uint8_t)p->in_zero, (size_t)channels);
  int8_t *pixel = out;
  for (int32_t x = 0; x < p->out_width; x++, pixel += p->out_pitch) {
    const int8_t *const *tap = rows;
    int32_t at = x * p->stride_w * p->in_pitch; /* what is added to the pointers of the taps */
    if (p->kernel_w > 1 || leaves) {
      nn_list_taps_s8(p, rows, outside, x, list);
      tap = (const int8_t *const *)list;
      at = 0;
    }
    const int8_t *w = weights;
    int32_t c = 0;
    for (; c + 3 < channels; c += 4, w += 4 * taps) nn_depthwise_block_s8(&to, tap, at, taps, w, c, pixel);
    if (nn_known(channels)) c = nn_whole(channels, 4);
    for (const int32_t first = c; c < channels; c++) {
      int32_t sum = bias[c];
      for (int32_t t = 0; t < taps; t++) sum += tap[t][at + c] * w[t * (channels - first) + c - first];
      pixel[c] = nn_finish_s8(&to, sum, c);
    }
  }
  nn_clamp_row_s8(out, p->out_width, channels, p->out_pitch, p->clamp_min, p->clamp_max);
}
