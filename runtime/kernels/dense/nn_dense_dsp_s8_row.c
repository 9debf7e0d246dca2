/* int8 dense layer for cores with SMLAD, a part of the input after the other. */
#include "nn_dense_rows_s8.h"

#include "arch/nn_output_s8.h"
#include "arch/nn_vector_s8.h"

/* The two sums of a pair of outputs, of which the second may be beyond the last. */
static void add_pair(const nn_dense_rows_s8_params *p, const nn_vector_s8 *v, const int8_t *w, int32_t distance, int32_t o, int32_t y, int32_t *sums) {
  static const int32_t nothing[2] = {0, 0};
  int32_t sum[2];
  nn_sum_pair_s8(v, w, y == 0 ? v->bias + o : nothing, distance, sum);
  nn_dense_add(sums, o, y, sum[0], 0);
  if (o + 1 < p->dense.out_channels) nn_dense_add(sums, o + 1, y, sum[1], 0);
}

NN_ALL_REGISTERS
void nn_dense_dsp_s8_row(const nn_dense_rows_s8_params *p, const int8_t *row, int32_t y, const int8_t *weights, const int32_t *bias,
                         const int32_t *multipliers, const int8_t *shifts, int32_t *sums, int8_t *out) {
  const nn_dense_s8_params *const d = &p->dense;
  const int32_t part = nn_dense_part(p), outputs = d->out_channels;
  int8_t tail[4];
  const nn_vector_s8 v = nn_vector_of(weights, bias, row, part, tail, multipliers, shifts, d->out_zero);
  const int8_t *w = weights;
  for (int32_t o = 0, block; o < outputs; o += block, w += block * d->in_channels) {
    block = outputs - o >= 8 ? 8 : 2;
    for (int32_t c = 0; c < block; c += 2) add_pair(p, &v, w + block * y * part + 4 * c, 4 * block, o + c, y, sums);
  }
  if (y + 1 < p->height) return;
  for (int32_t o = 0; o < outputs; o++)
    out[o] = nn_finish_single_s8(sums[o], multipliers ? multipliers[o] : d->multiplier, multipliers ? shifts[o] : d->shift, v.rounding);
  nn_clamp_row_s8(out, 1, outputs, outputs, d->clamp_min, d->clamp_max);
}
