/* float dense layer, a part of the input after the other: the output carries the sums. */
#include "nn_dense.h"

#include "arch/nn_clamp_f32.h"
#include "arch/nn_dot_f32.h"
#include "arch/nn_sums_f32.h"

void nn_dense_f32_row(const nn_dense_rows_f32_params *p, const float *row, int32_t y, const float *weights, const float *bias, float *out) {
  static const float zeros[8];
  const int32_t k = p->dense.in_channels, part = k / p->height, outputs = p->dense.out_channels;
  int32_t o = 0;
  for (; o + 8 <= outputs; o += 8)
    nn_products_8_f32(&row, 1, 0, part, weights + o * k + 8 * y * part, 0, y > 0 ? out + o : bias ? bias + o : zeros, out + o);
  for (; o < outputs; o++)
    out[o] = nn_dot_f32(weights + o * k + y * part, row, part) + (y > 0 ? out[o] : bias ? bias[o] : 0.0f);
  if (y + 1 == p->height) nn_clamp_row_f32(out, outputs, p->dense.clamp_min, p->dense.clamp_max);
}
