/* int8 dense layer for cores without DSP extension and Helium, a part of the input after the other. */
#include "nn_dense_rows_s8.h"

#include "arch/nn_lanes_s8.h"

void nn_dense_lanes_s8_row(const nn_dense_rows_s8_params *p, const int8_t *row, int32_t y, const int8_t *weights, const int32_t *bias,
                           const int32_t *multipliers, const int8_t *shifts, int32_t *sums, int8_t *out) {
  const int32_t k = p->dense.in_channels, part = nn_dense_part(p), outputs = p->dense.out_channels;
  const int32_t offset = outputs > 7 ? -128 * nn_total_of_s8(row, part) : 0;
  const int8_t *w = weights;
  for (int32_t o = 0, count; o < outputs; o += count, w += count * k) {
    int32_t sum[8];
    sum[0] = offset;
    count = outputs - o < 8 ? outputs - o : 8;
    if (count == 8)
      nn_eight_sums_s8(row, w + 8 * y * part, part, sum);
    else
      for (int32_t i = 0; i < count; i++) sum[i] = nn_one_sum_s8(row, w + i * k + y * part, part);
    for (int32_t i = 0; i < count; i++) nn_dense_add(sums, o + i, y, sum[i], bias[o + i]);
  }
  nn_dense_finish_rows_s8(p, y, multipliers, shifts, sums, out);
}
