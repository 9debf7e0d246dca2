/* int8 convolution with any multiplier and weights with a zero point: one output pixel after the other. */
#include "nn_conv2d.h"

#include "arch/nn_dot_s8.h"
#include "arch/nn_gather_s8.h"
#include "arch/nn_output_s8.h"

void nn_conv2d_any_s8_row(const nn_conv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                          const int32_t *multiplier, const int8_t *shift, int8_t *scratch, int8_t *out) {
  const int32_t channels = p->in_channels / p->groups, out_channels = p->out_channels / p->groups;
  const int32_t k = p->kernel_h * p->kernel_w * channels;
  for (int32_t x = 0; x < p->out_width; x++, out += p->out_pitch) {
    for (int32_t g = 0; g < p->groups; g++) {
      nn_gather_s8(p, rows, g * channels, channels, x, scratch);
      const int32_t offset = p->weight_zero == 0 ? 0 : -p->weight_zero * nn_total_s8(scratch, k);
      for (int32_t o = g * out_channels; o < (g + 1) * out_channels; o += 2) {
        const int32_t next = o + 1 < (g + 1) * out_channels ? o + 1 : o; /* an odd last channel is its own neighbour */
        int32_t sum[2] = {bias[o] + offset, bias[next] + offset};
        nn_dot_2x1_s8(weights + o * k, weights + next * k, scratch, k, sum);
        out[o] = nn_finish_any_s8(sum[0], multiplier[o], shift[o], p->out_zero, p->clamp_min, p->clamp_max);
        out[next] = nn_finish_any_s8(sum[1], multiplier[next], shift[next], p->out_zero, p->clamp_min, p->clamp_max);
      }
    }
  }
}
