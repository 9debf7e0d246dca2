#include "nn_softmax.h"

#include <math.h>

void nn_log_softmax_s8(const nn_log_softmax_s8_params *p, const int8_t *in, const float *exponentials, int8_t *out, int32_t rows,
                       int32_t depth) {
  for (int32_t r = 0; r < rows; ++r, in += depth, out += depth) {
    int32_t max = in[0];
    for (int32_t i = 1; i < depth; ++i) max = in[i] > max ? in[i] : max;
    const float *e = exponentials + 255 - max;
    float sum = 0.0f;
    for (int32_t i = 0; i < depth; ++i) sum += e[in[i]];
    const float log_sum = logf(sum);
    for (int32_t i = 0; i < depth; ++i) {
      const float steps = 16.0f * (p->scale * (float)(in[i] - max) - log_sum);
      out[i] = (int8_t)((int32_t)roundf(steps > -255.0f ? steps : -255.0f) + 127);
    }
  }
}
