#include "nn_copy.h"

#include <string.h>

void nn_copy(const uint8_t *in, uint8_t *out, int32_t bytes) { memcpy(out, in, (size_t)bytes); }

/* The innermost dimension; single bytes and words without a call. */
static void copy_line(const uint8_t *in, uint8_t *out, int32_t count, int32_t in_stride, int32_t out_stride, int32_t unit) {
  if (unit == 1) {
    for (int32_t i = 0; i < count; ++i) {
      *out = *in;
      in += in_stride;
      out += out_stride;
    }
    return;
  }
  for (int32_t i = 0; i < count; ++i) {
    memcpy(out, in, (size_t)unit);
    in += in_stride;
    out += out_stride;
  }
}

void nn_copy_nd(const nn_copy_nd_params *p, const uint8_t *in, uint8_t *out) {
  int32_t index[5] = {0, 0, 0, 0, 0};
  for (;;) {
    const uint8_t *from = in;
    uint8_t *to = out;
    for (int32_t d = 0; d < 5; ++d) {
      from += index[d] * p->in_stride[d];
      to += index[d] * p->out_stride[d];
    }
    copy_line(from, to, p->size[5], p->in_stride[5], p->out_stride[5], p->unit);
    int32_t d = 4;
    while (d >= 0 && ++index[d] == p->size[d]) index[d--] = 0;
    if (d < 0) return;
  }
}
