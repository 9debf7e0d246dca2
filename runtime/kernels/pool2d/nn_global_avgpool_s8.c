/* int8 average over a whole image, row by row: sums of the channels are carried from row to row. */
#include "nn_pool2d.h"

#include "nn_requantize.h"

void nn_global_avgpool_s8_row(const nn_global_avgpool_s8_params *p, const int8_t *row, int32_t y, int32_t *sums, int8_t *out) {
  const int32_t count = p->width * p->height;
  for (int32_t c = 0; c < p->channels; c++) {
    int32_t sum = y == 0 ? 0 : sums[c];
    const int8_t *in = row + c;
    for (int32_t x = 0; x < p->width; x++, in += p->in_pitch) sum += *in;
    sums[c] = sum;
  }
  if (y + 1 < p->height) return;
  for (int32_t c = 0; c < p->channels; c++) {
    const int32_t half = sums[c] > 0 ? count / 2 : -(count / 2);
    out[c] = (int8_t)nn_clamp((sums[c] + half) / count, p->clamp_min, p->clamp_max);
  }
}
