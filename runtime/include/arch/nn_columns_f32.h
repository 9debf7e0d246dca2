/* The parts of windows that lie inside an input row. */
#ifndef NN_COLUMNS_F32_H
#define NN_COLUMNS_F32_H

#include "nn_arch.h"

/* Kernel columns [first, last), the first one over input pixel `pixel`; none when last <= first. */
typedef struct {
  int32_t first, last, pixel;
} nn_columns;

/* Of the window that starts at pixel `left` (negative: in the padding). */
NN_INLINE nn_columns nn_columns_at(int32_t left, int32_t kernel, int32_t dilation, int32_t in_width) {
  const int32_t fit = in_width > left ? (in_width - left + dilation - 1) / dilation : 0;
  nn_columns c = {left < 0 ? (-left + dilation - 1) / dilation : 0, fit < kernel ? fit : kernel, 0};
  c.pixel = left + c.first * dilation;
  return c;
}

/* The output pixels [first, last) whose windows of `reach` pixels lie inside the row. */
typedef struct {
  int32_t first, last;
} nn_inner_pixels;

NN_INLINE nn_inner_pixels nn_inner_pixels_of(int32_t in_width, int32_t out_width, int32_t reach, int32_t stride, int32_t pad_left) {
  const int32_t room = in_width + pad_left - reach; /* the largest x * stride */
  nn_inner_pixels inner = {(pad_left + stride - 1) / stride, room < 0 ? 0 : room / stride + 1};
  if (inner.last > out_width) inner.last = out_width;
  if (inner.first > inner.last) inner.first = inner.last;
  return inner;
}

/* The rows of a window inside the image, which are neighbours: rows[first .. first + count - 1]; the others are NULL. */
typedef struct {
  int32_t first, count;
} nn_rows_inside;

NN_INLINE nn_rows_inside nn_rows_inside_of(const float *const rows[], int32_t kernel_h) {
  nn_rows_inside inside = {0, 0};
  while (inside.first < kernel_h && !rows[inside.first]) inside.first++;
  while (inside.first + inside.count < kernel_h && rows[inside.first + inside.count]) inside.count++;
  return inside;
}

#endif
