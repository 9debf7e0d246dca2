/* int8 depthwise convolution with any depth multiplier, any multiplier and weights with a zero point; simple rather than fast. */
#include "nn_dwconv2d.h"

#include "../../arch/nn_output_s8.h"

void nn_dwconv2d_any_s8_row(const nn_dwconv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                            const int32_t *multiplier, const int8_t *shift, int8_t *out) {
  const int32_t channels = p->in_channels * p->depth_multiplier;
  for (int32_t x = 0; x < p->out_width; x++, out += p->out_pitch) {
    const int32_t left = x * p->stride_w - p->pad_left;
    for (int32_t c = 0, o = 0; c < p->in_channels; c++) {
      for (int32_t j = 0; j < p->depth_multiplier; j++, o++) {
        const int8_t *w = weights + o;
        int32_t sum = bias[o];
        for (int32_t ky = 0; ky < p->kernel_h; ky++) {
          int32_t from = left;
          for (int32_t kx = 0; kx < p->kernel_w; kx++, from += p->dilation_w, w += channels) {
            if (from < 0 || from >= p->in_width) continue;
            sum += (rows[ky][from * p->in_pitch + c] - p->in_zero) * (*w - p->weight_zero);
          }
        }
        out[o] = nn_finish_any_s8(sum, multiplier[o], shift[o], p->out_zero, p->clamp_min, p->clamp_max);
      }
    }
  }
}
