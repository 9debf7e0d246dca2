#include "nn_conv2d.h"

#include "arch/nn_expand_s8.h"
#include "arch/nn_output_s8.h"
#include "arch/nn_quads_s8.h"

NN_ALL_REGISTERS
void nn_conv2d_tall_dsp_s8(const nn_conv2d_s8_params *p, const int8_t *in, const int8_t *weights, const int32_t *bias,
                           const int32_t *multiplier, const int8_t *shift, void *scratch, int8_t *out) {
  const nn_pairs_s8 quads = {weights, bias, multiplier, shift, p->in_channels >> 2, 0, p->out_zero};
  int8_t *pixel = out;
  for (int32_t left = p->out_width; left > 0; left -= 2) {
    const int alone = left == 1; /* in both columns, which make the same outputs */
    nn_expand_2_s8(in, alone ? 0 : p->in_pitch, quads.steps, scratch);
    nn_multiply_quads_s8(&quads, scratch, p->out_channels >> 2, pixel, alone ? 0 : p->out_pitch);
    in += 2 * p->in_pitch;
    pixel += 2 * p->out_pitch;
  }
  nn_clamp_row_s8(out, p->out_width, p->out_channels, p->out_pitch, p->clamp_min, p->clamp_max);
}
