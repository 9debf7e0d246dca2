#include "nn_copy.h"

#include "arch/nn_arch.h"

#include <string.h>

/* Pixels that follow each other and get no channels are one wide pixel: a row is filled, copied and filled at once. */
static nn_pad_params joined(const nn_pad_params *p) {
  nn_pad_params row = *p;
  if (p->front != 0 || p->back != 0 || p->in_pitch != p->channels || p->out_pitch != p->channels) return row;
  row.front = p->left * p->channels;
  row.back = p->right * p->channels;
  row.channels = p->width * p->channels;
  row.width = 1;
  row.left = row.right = 0;
  return row;
}

/* The pixel of the input that comes to lie at column x of the output, counted from the first one behind the left edge; NULL: an edge. */
#define PIXEL(p, in, x) ((in) != NULL && (x) >= 0 && (x) < (p)->width ? (in) + (x) * (p)->in_pitch : NULL)

NN_INLINE uint8_t *set_8(uint8_t *out, int32_t count, uint32_t value) {
  if (count > 0) memset(out, (int)value, (size_t)count);
  return out + count;
}

void nn_pad_8_row(const nn_pad_params *p, const uint8_t *in, uint8_t *out) {
  const nn_pad_params row = joined(p);
  for (int32_t x = -row.left; x < row.width + row.right; x++, out += row.out_pitch) {
    const uint8_t *const pixel = PIXEL(&row, in, x);
    if (pixel == NULL) {
      set_8(out, row.front + row.channels + row.back, row.value);
      continue;
    }
    uint8_t *const inner = set_8(out, row.front, row.value);
    memcpy(inner, pixel, (size_t)row.channels);
    set_8(inner + row.channels, row.back, row.value);
  }
}

NN_INLINE uint32_t *set_32(uint32_t *out, int32_t count, uint32_t value) {
  for (; count > 0; count--) *out++ = value;
  return out;
}

void nn_pad_32_row(const nn_pad_params *p, const uint32_t *in, uint32_t *out) {
  const nn_pad_params row = joined(p);
  for (int32_t x = -row.left; x < row.width + row.right; x++, out += row.out_pitch) {
    const uint32_t *const pixel = PIXEL(&row, in, x);
    if (pixel == NULL) {
      set_32(out, row.front + row.channels + row.back, row.value);
      continue;
    }
    uint32_t *const inner = set_32(out, row.front, row.value);
    for (int32_t c = 0; c < row.channels; c++) inner[c] = pixel[c];
    set_32(inner + row.channels, row.back, row.value);
  }
}
