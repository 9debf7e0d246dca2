/* Which kernel taps of a transposed convolution meet an input pixel, along one side. */
#ifndef NN_TAPS_H
#define NN_TAPS_H

#include "arch/nn_arch.h"

/* Taps first, first + stride, ... while < kernel; the input pixel of the first one, one less for each further tap, none below 0. */
typedef struct {
  int32_t tap, pixel;
} nn_taps;

NN_INLINE nn_taps nn_first_tap(int32_t out, int32_t pad, int32_t stride, int32_t size) {
  const int32_t position = out + pad;
  nn_taps first = {position % stride, position / stride};
  if (first.pixel >= size) {
    first.tap += (first.pixel - size + 1) * stride;
    first.pixel = size - 1;
  }
  return first;
}

#endif
