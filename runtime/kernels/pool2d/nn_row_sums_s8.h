/* Sums of channels that are carried from row to row of an image. */
#ifndef NN_ROW_SUMS_S8_H
#define NN_ROW_SUMS_S8_H

#include "arch/nn_sums_s8.h"

/* Adds the `width` pixels of a row, `pitch` apart, to the sums of the channels, which begin with the first row. */
NN_INLINE void nn_add_row_s8(const int8_t *row, int32_t width, int32_t pitch, int32_t channels, int is_first, int32_t *sums) {
  if (is_first) memset(sums, 0, (size_t)channels * sizeof *sums);
  const int32_t whole = nn_whole(channels, 4);
  for (int32_t c = 0; c < whole; c += 4) nn_add_columns_s8(row + c, width, pitch, sums + c);
  for (int32_t c = whole; c < channels; c++) {
    const int8_t *in = row + c;
    for (int32_t x = 0; x < width; x++, in += pitch) sums[c] += *in;
  }
}

#endif
