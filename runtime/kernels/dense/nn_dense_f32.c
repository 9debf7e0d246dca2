/* float dense layer. */
#include "nn_dense.h"

#include "../../arch/nn_dot_f32.h"

void nn_dense_f32(const nn_dense_f32_params *p, const float *in, const float *weights, const float *bias, float *out) {
  for (int32_t row = 0; row < p->rows; row++, in += p->in_channels) {
    const float *w = weights;
    for (int32_t o = 0; o < p->out_channels; o++, w += p->in_channels) {
      const float sum = nn_dot_f32(w, in, p->in_channels) + (bias ? bias[o] : 0.0f);
      *out++ = nn_clamp_f32(sum, p->clamp_min, p->clamp_max);
    }
  }
}
