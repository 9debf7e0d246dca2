/* int8 convolution for cores without DSP extension and Helium, one output pixel at a time: for images one pixel wide. */
#include "nn_conv2d.h"

#include "../../arch/nn_gather_s8.h"
#include "../../arch/nn_lanes_s8.h"
#include "../../arch/nn_output_s8.h"

static NN_NOINLINE void finish(const nn_output_s8 *to, const int32_t *sum, int32_t c, int32_t count, int8_t *out) {
  const int32_t rounding = to->rounding;
  const int32_t *bias = to->bias + c, *multiplier = to->multiplier + c;
  const int8_t *shift = to->shift + c;
  out += c;
  NN_ROLLED for (int8_t *const end = out + count; out != end;)
    *out++ = nn_scaled_s8(*sum++ + *bias++, *multiplier++, ~*shift++, rounding);
}

void nn_conv2d_lanes_s8_row(const nn_conv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                            const int32_t *multiplier, const int8_t *shift, int8_t *scratch, int8_t *out) {
  const nn_output_s8 to = nn_output_to(bias, multiplier, shift, p->out_zero);
  const int32_t k = p->kernel_h * p->kernel_w * p->in_channels;
  int8_t *pixel = out;
  for (int32_t x = 0; x < p->out_width; x++, pixel += p->out_pitch) {
    nn_gather_s8(p, rows, 0, p->in_channels, x, scratch);
    const int32_t total = nn_total_of_s8(scratch, k);
    const int8_t *w = weights;
    int32_t c = 0, sum[8];
    for (; c + 7 < p->out_channels; c += 8, w += 8 * k) {
      nn_eight_sums_s8(scratch, w, k, total, sum);
      finish(&to, sum, c, 8, pixel);
    }
    for (; c < p->out_channels; c++, w += k) {
      sum[0] = nn_one_sum_s8(scratch, w, k);
      finish(&to, sum, c, 1, pixel);
    }
  }
  nn_clamp_row_s8(out, p->out_width, p->out_channels, p->out_pitch, p->clamp_min, p->clamp_max);
}
