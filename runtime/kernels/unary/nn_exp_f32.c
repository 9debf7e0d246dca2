#include "nn_unary.h"

#include <math.h>

void nn_exp_f32(const float *in, float *out, int32_t count) {
  for (int32_t i = 0; i < count; ++i) {
    const float x = in[i];
    out[i] = expf(x);
  }
}
