/* int8 average over a whole image, row by row: sums of the channels are carried from row to row. */
#include "nn_pool2d.h"

#include "arch/nn_arch.h"
#include "nn_row_sums_s8.h"

void nn_global_avgpool_s8_row(const nn_global_avgpool_s8_params *p, const int8_t *row, int32_t y, int32_t *sums, int8_t *out) {
  const int32_t count = p->width * p->height;
  nn_add_row_s8(row, p->width, p->in_pitch, p->channels, y == 0, sums);
  if (y + 1 < p->height) return;
  for (int32_t c = 0; c < p->channels; c++) {
    const int32_t half = sums[c] > 0 ? count / 2 : -(count / 2);
    out[c] = (int8_t)nn_clamp((sums[c] + half) / count, p->clamp_min, p->clamp_max);
  }
}
