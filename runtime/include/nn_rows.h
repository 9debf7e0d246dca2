/* The rows of an image that a row kernel reads: used by generated code only.
 * A window reads, for output row y, the input rows y * stride + first + k * dilation, k = 0 .. kernel - 1; some may lie outside the image.
 */
#ifndef NN_ROWS_H
#define NN_ROWS_H

#include "nn_types.h"

/* Is row `row` one of the `height` rows of the image? */
static inline int nn_row_inside(int32_t row, int32_t height)
{
  return (uint32_t)row < (uint32_t)height;
}

/* Address of row `row` of an image of `height` rows that starts at `image`, rows `row_bytes` apart; `outside` for a row that it has not. */
static inline const void *nn_row(const void *image, int32_t row, int32_t height, int32_t row_bytes, const void *outside)
{
  return nn_row_inside(row, height) ? (const uint8_t *)image + (ptrdiff_t)row * row_bytes : outside;
}

/* Where in a ring of `ring` rows row `row` (>= 0) is kept. */
static inline int32_t nn_ring_place(int32_t row, int32_t ring)
{
  return (int32_t)((uint32_t)row % (uint32_t)ring);
}

/* As nn_row, of an image of which only `ring` rows are kept. */
static inline const void *nn_ring_row(const void *image, int32_t row, int32_t height, int32_t ring, int32_t row_bytes, const void *outside)
{
  return nn_row_inside(row, height) ? (const uint8_t *)image + (ptrdiff_t)nn_ring_place(row, ring) * row_bytes : outside;
}

/* The row whose turn it is `tick` ticks after the first, when there is one every `period` ticks; -1: none. */
static inline int32_t nn_row_due(int32_t tick, int32_t period)
{
  return tick >= 0 && tick % period == 0 ? tick / period : -1;
}

#endif
