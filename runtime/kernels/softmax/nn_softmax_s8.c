#include "nn_softmax.h"

void nn_softmax_s8(const int8_t *in, const float *exponentials, int8_t *out, int32_t rows, int32_t depth) {
  for (int32_t r = 0; r < rows; ++r, in += depth, out += depth) {
    int32_t max = in[0];
    for (int32_t i = 1; i < depth; ++i) max = in[i] > max ? in[i] : max;
    const float *e = exponentials + 255 - max;
    float sum = 0.0f;
    for (int32_t i = 0; i < depth; ++i) sum += e[in[i]];
    const float inverse = 256.0f / sum;
    for (int32_t i = 0; i < depth; ++i) {
      const int32_t q = (int32_t)(e[in[i]] * inverse + 0.5f) - 128;
      out[i] = (int8_t)(q > 127 ? 127 : q);
    }
  }
}
