/* int8 mean over a whole image, row by row: sums of the channels are carried from row to row. */
#include "nn_reduce.h"

#include "../pool2d/nn_row_sums_s8.h"

void nn_global_mean_s8_row(const nn_global_mean_s8_params *p, const int8_t *row, int32_t y, int32_t *sums, int8_t *out) {
  nn_add_row_s8(row, p->width, p->in_pitch, p->channels, y == 0, sums);
  if (y + 1 < p->height) return;
  for (int32_t c = 0; c < p->channels; c++)
    out[c] = (int8_t)nn_clamp(nn_multiply_double(sums[c] - p->width * p->height * p->in_zero, p->multiplier, p->shift) + p->out_zero, -128, 127);
}
