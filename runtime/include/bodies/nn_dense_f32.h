/* float dense layer: eight outputs at a time, of two input vectors where there are that many; the outputs that remain four or one at a time. */
#ifndef NN_BODY_DENSE_F32_H
#define NN_BODY_DENSE_F32_H

#include "nn_dense.h"

#include "arch/nn_dot_f32.h"
#include "arch/nn_sums_f32.h"

/* The last outputs of one input vector, from output o on. */
NN_PART void nn_dense_f32_last_outputs(const nn_dense_f32_params *p, int32_t o, const float *in, const float *weights, const float *bias,
                                       float *out) {
  const int32_t k = p->in_channels;
  for (; o + 4 <= p->out_channels; o += 4) {
    float sum[4] = {0.0f, 0.0f, 0.0f, 0.0f};
    nn_dot_4x1_f32(weights + o * k, k, in, k, sum);
    for (int32_t i = 0; i < 4; i++) out[o + i] = sum[i] + (bias ? bias[o + i] : 0.0f);
  }
  if (nn_known(p->out_channels)) o = nn_whole(p->out_channels, 4);
  for (; o < p->out_channels; o++) out[o] = nn_dot_f32(weights + o * k, in, k) + (bias ? bias[o] : 0.0f);
}

NN_INLINE void nn_dense_f32_body(const nn_dense_f32_params *p, const float *in, const float *weights, const float *bias, float *out) {
  static const float zeros[8];
  const int32_t k = p->in_channels, outputs = p->out_channels;
  int32_t o = 0;
  for (; o + 8 <= outputs; o += 8) {
    const float *w = weights + o * k, *b = bias ? bias + o : zeros, *x = in;
    float *y = out + o;
    int32_t row = 0;
    for (; row + 1 < p->rows; row += 2, x += 2 * k, y += 2 * outputs) nn_products_8x2_f32(&x, 1, 0, k, k, w, 0, b, b, y, y + outputs);
    if (row < p->rows) nn_products_8_f32(&x, 1, 0, k, w, 0, b, y);
  }
  if (o < outputs)
    for (int32_t row = 0; row < p->rows; row++) nn_dense_f32_last_outputs(p, o, in + row * k, weights, bias, out + row * outputs);
  nn_clamp_row_f32(out, p->rows * outputs, p->clamp_min, p->clamp_max);
}

#endif
