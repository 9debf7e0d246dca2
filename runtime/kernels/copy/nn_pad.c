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

/* Returns the end of what was filled. element: 1 or 4 bytes, a constant here and below. */
NN_INLINE uint8_t *fill(uint8_t *out, int32_t count, uint32_t value, int32_t element) {
  if (element == 1 && count > 0) nn_fill_u8(out, count, (uint8_t)value);
  if (element == 4 && count > 0) nn_fill_u32(out, count, &value);
  return out + count * element;
}

NN_INLINE void copy(const void *in, void *out, int32_t count, int32_t element) {
  const nn_word *from = in;
  nn_word *to = out;
  if (element == 1)
    memcpy(out, in, (size_t)count);
  else
    for (int32_t i = 0; i < count; i++) to[i] = from[i];
}

NN_INLINE void pad_row(const nn_pad_params *p, const uint8_t *in, uint8_t *out, int32_t element) {
  const nn_pad_params row = joined(p);
  for (int32_t x = -row.left; x < row.width + row.right; x++, out += row.out_pitch * element) {
    if (in == NULL || x < 0 || x >= row.width) {
      fill(out, row.front + row.channels + row.back, row.value, element);
      continue;
    }
    uint8_t *const inner = fill(out, row.front, row.value, element);
    copy(in + x * row.in_pitch * element, inner, row.channels, element);
    fill(inner + row.channels * element, row.back, row.value, element);
  }
}

void nn_pad_8_row(const nn_pad_params *p, const uint8_t *in, uint8_t *out) { pad_row(p, in, out, 1); }
void nn_pad_32_row(const nn_pad_params *p, const uint32_t *in, uint32_t *out) { pad_row(p, (const uint8_t *)in, (uint8_t *)out, 4); }
