/* int8 mean over a whole image, row by row, for Helium. */
#include "nn_reduce.h"

#include "arch/nn_arch.h"
#include "../pool2d/nn_sums_mve_s8.h"

void nn_global_mean_mve_s8_row(const nn_global_mean_s8_params *p, const int8_t *row, int32_t y, int32_t *sums, int8_t *out) {
  nn_add_row_mve_s8(row, p->width, p->in_pitch, p->channels, y == 0, sums);
  if (y + 1 < p->height) return;
  for (int32_t c = 0; c < p->channels; c++) {
    const int32_t difference = sums[nn_place_of_sum(c)] - p->width * p->height * p->in_zero;
    out[c] = (int8_t)nn_clamp(nn_multiply_double(difference, p->multiplier, p->shift) + p->out_zero, -128, 127);
  }
}
