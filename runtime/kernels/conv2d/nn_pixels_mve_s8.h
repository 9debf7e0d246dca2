/* All output channels of pixels whose inputs lie as vectors: what the convolutions for Helium share. */
#ifndef NN_PIXELS_MVE_S8_H
#define NN_PIXELS_MVE_S8_H

#include "arch/nn_mve_s8.h"

/* What a row of outputs reads: `width` pixels, their vectors of k elements `step` apart, and their places in the output. */
typedef struct {
  const int8_t *x;
  int32_t k, step, width;
  int8_t *out;
  int32_t pitch;
} nn_pixels_s8;

/* Weights packed as nn_conv2d.h says. */
void nn_pixels_mve_s8(const nn_requantise_s8 *to, const nn_pixels_s8 *in, const int8_t *weights, int32_t channels);

#endif
