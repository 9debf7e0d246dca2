#include "nn_copy.h"

#include "arch/nn_arch.h"

#include <string.h>

/* The pixel of the input that comes to lie at column x of the output, counted from the first one behind the left edge; NULL: an edge. */
#define PIXEL(p, in, x) ((in) != NULL && (x) >= 0 && (x) < (p)->width ? (in) + (x) * (p)->in_pitch : NULL)

void nn_pad_8_row(const nn_pad_params *p, const uint8_t *in, uint8_t *out) {
  const size_t front = (size_t)p->front, channels = (size_t)p->channels, back = (size_t)p->back;
  for (int32_t x = -p->left; x < p->width + p->right; x++, out += p->out_pitch) {
    const uint8_t *const pixel = PIXEL(p, in, x);
    if (pixel == NULL) {
      memset(out, (int)p->value, front + channels + back);
      continue;
    }
    memset(out, (int)p->value, front);
    memcpy(out + front, pixel, channels);
    memset(out + front + channels, (int)p->value, back);
  }
}

NN_INLINE uint32_t *set(uint32_t *out, int32_t count, uint32_t value) {
  for (; count > 0; count--) *out++ = value;
  return out;
}

void nn_pad_32_row(const nn_pad_params *p, const uint32_t *in, uint32_t *out) {
  for (int32_t x = -p->left; x < p->width + p->right; x++, out += p->out_pitch) {
    const uint32_t *const pixel = PIXEL(p, in, x);
    if (pixel == NULL) {
      set(out, p->front + p->channels + p->back, p->value);
      continue;
    }
    uint32_t *const inner = set(out, p->front, p->value);
    for (int32_t c = 0; c < p->channels; c++) inner[c] = pixel[c];
    set(inner + p->channels, p->back, p->value);
  }
}
