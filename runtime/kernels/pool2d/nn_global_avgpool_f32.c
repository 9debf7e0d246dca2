/* float average over a whole image, row by row: the output carries the sums of the channels from row to row. */
#include "nn_pool2d.h"

#include "arch/nn_clamp_f32.h"

/* Adds `channels` (at most 4; a constant) channels of a row to their sums. */
NN_INLINE void add_columns(const nn_global_avgpool_f32_params *p, const float *in, int32_t y, int32_t channels, float *sums) {
  float sum[4] = {0.0f, 0.0f, 0.0f, 0.0f};
  for (int32_t c = 0; y > 0 && c < channels; c++) sum[c] = sums[c];
  for (int32_t x = 0; x < p->width; x++, in += p->in_pitch)
    for (int32_t c = 0; c < channels; c++) sum[c] += in[c];
  for (int32_t c = 0; c < channels; c++) sums[c] = sum[c];
}

void nn_global_avgpool_f32_row(const nn_global_avgpool_f32_params *p, const float *row, int32_t y, float *out) {
  const int32_t whole = nn_whole(p->channels, 4);
  for (int32_t c = 0; c < whole; c += 4) add_columns(p, row + c, y, 4, out + c);
  for (int32_t c = whole; c < p->channels; c++) add_columns(p, row + c, y, 1, out + c);
  if (y + 1 < p->height) return;
  const float count = (float)(p->width * p->height);
  for (int32_t c = 0; c < p->channels; c++) out[c] = out[c] / count;
  nn_clamp_row_f32(out, p->channels, p->clamp_min, p->clamp_max);
}
