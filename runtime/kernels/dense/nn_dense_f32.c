/* float dense layer: four outputs at a time. */
#include "nn_dense.h"

#include "../../arch/nn_dot_f32.h"

void nn_dense_f32(const nn_dense_f32_params *p, const float *in, const float *weights, const float *bias, float *out) {
  const int32_t k = p->in_channels;
  for (int32_t row = 0; row < p->rows; row++, in += k, out += p->out_channels) {
    const float *w = weights;
    int32_t o = 0;
    for (; o + 3 < p->out_channels; o += 4, w += 4 * k) {
      float sum[4] = {0.0f, 0.0f, 0.0f, 0.0f};
      nn_dot_4x1_f32(w, k, in, k, sum);
      for (int32_t i = 0; i < 4; i++) out[o + i] = nn_clamp_f32(sum[i] + (bias ? bias[o + i] : 0.0f), p->clamp_min, p->clamp_max);
    }
    for (; o < p->out_channels; o++, w += k)
      out[o] = nn_clamp_f32(nn_dot_f32(w, in, k) + (bias ? bias[o] : 0.0f), p->clamp_min, p->clamp_max);
  }
}
