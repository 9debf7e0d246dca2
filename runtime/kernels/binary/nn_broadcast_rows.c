#include "nn_binary.h"

void nn_broadcast_rows(const nn_broadcast *shape, nn_binary_row *row, const void *params, const void *a, const void *b, int32_t in_bytes,
                       void *out, int32_t out_bytes) {
  const int32_t last = shape->rank - 1;
  const int32_t count = shape->size[last];
  const uint8_t *a_row = a;
  const uint8_t *b_row = b;
  uint8_t *out_row = out;
  int32_t index[NN_MAX_DIMS] = {0};
  int32_t d;
  do {
    row(params, a_row, b_row, out_row, count, shape->a_stride[last], shape->b_stride[last]);
    out_row += count * out_bytes;
    for (d = last - 1; d >= 0; --d) {
      a_row += shape->a_stride[d] * in_bytes;
      b_row += shape->b_stride[d] * in_bytes;
      if (++index[d] < shape->size[d]) break;
      a_row -= shape->a_stride[d] * shape->size[d] * in_bytes;
      b_row -= shape->b_stride[d] * shape->size[d] * in_bytes;
      index[d] = 0;
    }
  } while (d >= 0);
}
