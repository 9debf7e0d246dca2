/* int8 dense layer, a part of the input after the other. */
#include "nn_dense_dots_s8.h"
#include "nn_dense_rows_s8.h"

NN_ALL_REGISTERS
void nn_dense_s8_row(const nn_dense_rows_s8_params *p, const int8_t *row, int32_t y, const int8_t *weights, const int32_t *bias,
                     const int32_t *multipliers, const int8_t *shifts, int32_t *sums, int8_t *out) {
  const nn_dense_s8_params *const d = &p->dense;
  const int32_t k = d->in_channels, part = nn_dense_part(p), offset = d->weight_zero ? -d->weight_zero * nn_total_s8(row, part) : 0;
  const int8_t *w = weights + y * part;
  for (int32_t o = 0; o < d->out_channels; o += 4) {
    int32_t sum[4] = {0, 0, 0, 0};
    const int32_t count = nn_dense_dots_s8(&w, k, d->out_channels - o, row, part, sum);
    for (int32_t i = 0; i < count; i++) nn_dense_add(sums, o + i, y, sum[i] + offset, bias[o + i]);
  }
  nn_dense_finish_rows_s8(p, y, multipliers, shifts, sums, out);
}
