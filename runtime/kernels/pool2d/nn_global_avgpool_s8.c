/* int8 average over a whole image, row by row: sums of the channels are carried from row to row. */
#include "nn_pool2d.h"

#include "arch/nn_sums_s8.h"

void nn_global_avgpool_s8_row(const nn_global_avgpool_s8_params *p, const int8_t *row, int32_t y, int32_t *sums, int8_t *out) {
  const int32_t count = p->width * p->height;
  if (y == 0) memset(sums, 0, (size_t)p->channels * sizeof *sums);
  int32_t first = 0;
  for (; first + 3 < p->channels; first += 4) nn_add_columns_s8(row + first, p->width, p->in_pitch, sums + first);
  for (; first < p->channels; first++) {
    const int8_t *in = row + first;
    for (int32_t x = 0; x < p->width; x++, in += p->in_pitch) sums[first] += *in;
  }
  if (y + 1 < p->height) return;
  for (int32_t c = 0; c < p->channels; c++) {
    const int32_t half = sums[c] > 0 ? count / 2 : -(count / 2);
    out[c] = (int8_t)nn_clamp((sums[c] + half) / count, p->clamp_min, p->clamp_max);
  }
}
