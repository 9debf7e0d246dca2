#include <string.h>

#include "nn_resize.h"

void nn_resize_nearest(const nn_resize_params *p, const uint8_t *in, const int16_t *ys, const int16_t *xs, uint8_t *out) {
  for (int32_t y = 0; y < p->out_height; ++y) {
    const uint8_t *row = in + ys[y] * p->in_width * p->pixel;
    for (int32_t x = 0; x < p->out_width; ++x) {
      memcpy(out, row + xs[x] * p->pixel, (size_t)p->pixel);
      out += p->pixel;
    }
  }
}
