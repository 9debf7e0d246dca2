/* int8 convolution for cores without DSP extension and Helium, one output pixel at a time: for images one pixel wide. */
#include "nn_conv2d.h"

#include "arch/nn_gather_s8.h"
#include "arch/nn_lanes_s8.h"
#include "arch/nn_output_s8.h"

/* One output pixel. */
static void pixel_of(const nn_output_s8 *to, const int8_t *x, const int8_t *w, int32_t k, int32_t channels, int8_t *out) {
  const int32_t offset = -128 * nn_total_of_s8(x, k), rounding = to->rounding;
  const int32_t *bias = to->bias, *multiplier = to->multiplier;
  const int8_t *shift = to->shift;
  for (int32_t left = channels, count; left > 0; left -= count) {
    int32_t sum[8];
    sum[0] = offset;
    count = left < 8 ? left : 8;
    if (count == 8)
      nn_eight_sums_s8(x, w, k, sum);
    else
      NN_ROLLED for (int32_t i = 0; i < count; i++) sum[i] = nn_one_sum_s8(x, w + i * k, k);
    w += count * k;
    const int32_t *const end = sum + count;
    NN_ROLLED for (const int32_t *s = sum; s != end; s++) *out++ = nn_scaled_s8(*s + *bias++, *multiplier++, ~*shift++, rounding);
  }
}

void nn_conv2d_lanes_s8_row(const nn_conv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                            const int32_t *multiplier, const int8_t *shift, int8_t *scratch, int8_t *out) {
  const nn_output_s8 to = nn_output_to(bias, multiplier, shift, p->out_zero);
  int8_t *pixel = out;
  for (int32_t x = 0; x < p->out_width; x++, pixel += p->out_pitch) {
    nn_gather_s8(p, rows, 0, p->in_channels, x, scratch);
    pixel_of(&to, scratch, weights, p->kernel_h * p->kernel_w * p->in_channels, p->out_channels, pixel);
  }
  nn_clamp_row_s8(out, p->out_width, p->out_channels, p->out_pitch, p->clamp_min, p->clamp_max);
}
