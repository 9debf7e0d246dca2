#include <string.h>

#include "nn_resize.h"

void nn_resize_nearest(const nn_resize_params *p, const uint8_t *in, const int16_t *ys, const int16_t *xs, uint8_t *out) {
  for (int32_t y = 0; y < p->out_height; ++y) {
    const uint8_t *row = in + ys[y] * p->in_width * p->in_pitch;
    for (int32_t x = 0; x < p->out_width; ++x, out += p->out_pitch) memcpy(out, row + xs[x] * p->in_pitch, (size_t)p->pixel);
  }
}
