/* The columns of a pooling window that lie inside the row. */
#ifndef NN_WINDOW_H
#define NN_WINDOW_H

#include "arch/nn_arch.h"

typedef struct {
  int32_t first, last; /* [first, last) */
} nn_window;

NN_INLINE nn_window nn_window_at(int32_t x, int32_t stride, int32_t pad, int32_t kernel, int32_t width) {
  const int32_t left = x * stride - pad;
  const nn_window window = {left < 0 ? 0 : left, left + kernel > width ? width : left + kernel};
  return window;
}

#endif
