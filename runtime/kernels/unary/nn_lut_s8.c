#include "nn_unary.h"

void nn_lut_s8(const int8_t *in, const int8_t *table, int8_t *out, int32_t count) {
  const int8_t *centre = table + 128;
  int32_t i = 0;
  for (; i + 4 <= count; i += 4) {
    const int8_t a = centre[in[i]], b = centre[in[i + 1]], c = centre[in[i + 2]], d = centre[in[i + 3]];
    out[i] = a;
    out[i + 1] = b;
    out[i + 2] = c;
    out[i + 3] = d;
  }
  for (; i < count; ++i) out[i] = centre[in[i]];
}
