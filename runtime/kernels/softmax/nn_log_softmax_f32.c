#include "nn_softmax.h"

#include <math.h>

void nn_log_softmax_f32(const float *in, float *out, int32_t rows, int32_t depth) {
  for (int32_t r = 0; r < rows; ++r, in += depth, out += depth) {
    float max = in[0];
    for (int32_t i = 1; i < depth; ++i) max = in[i] > max ? in[i] : max;
    float sum = 0.0f;
    for (int32_t i = 0; i < depth; ++i) sum += expf(in[i] - max);
    const float log_sum = logf(sum);
    for (int32_t i = 0; i < depth; ++i) out[i] = in[i] - max - log_sum;
  }
}
