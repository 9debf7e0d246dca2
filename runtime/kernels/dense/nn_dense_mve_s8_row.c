/* int8 dense layer for Helium, a part of the input after the other. */
#include "nn_dense_rows_s8.h"

#include "arch/nn_blocks_s8_mve.h"

#include <string.h>

void nn_dense_mve_s8_row(const nn_dense_rows_s8_params *p, const int8_t *row, int32_t y, const int8_t *weights, const int32_t *bias,
                         const int32_t *multipliers, const int8_t *shifts, int32_t *sums, int8_t *out) {
  const int32_t k = p->dense.in_channels, part = nn_dense_part(p), outputs = p->dense.out_channels;
  const int8_t *w = weights;
  int32_t o = 0;
  for (; o + 4 <= outputs; o += 4, w += 4 * k) {
    const nn_s32x4 block = nn_block_4x1_s8(w + 4 * y * part, row, part);
    int32_t sum[4];
    memcpy(sum, &block, sizeof sum);
    for (int32_t i = 0; i < 4; i++) nn_dense_add(sums, o + i, y, sum[i], bias[o + i]);
  }
  for (; o < outputs; o++, w += k) nn_dense_add(sums, o, y, nn_dot_s8(w + y * part, row, part), bias[o]);
  nn_dense_finish_rows_s8(p, y, multipliers, shifts, sums, out);
}
