#include "nn_softmax.h"

#include <math.h>

void nn_softmax_f32(const nn_softmax_f32_params *p, const float *in, float *out, int32_t rows, int32_t depth) {
  for (int32_t r = 0; r < rows; ++r, in += depth, out += depth) {
    float max = in[0];
    for (int32_t i = 1; i < depth; ++i) max = in[i] > max ? in[i] : max;
    float sum = 0.0f;
    for (int32_t i = 0; i < depth; ++i) {
      const float e = expf((in[i] - max) * p->beta);
      out[i] = e;
      sum += e;
    }
    for (int32_t i = 0; i < depth; ++i) out[i] = out[i] / sum;
  }
}
