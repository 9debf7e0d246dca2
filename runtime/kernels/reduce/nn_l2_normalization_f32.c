#include "nn_reduce.h"

#include <math.h>

void nn_l2_normalization_f32(const nn_reduce_params *p, const float *in, float *out) {
  for (int32_t o = 0; o < p->outer; ++o, in += p->count, out += p->count) {
    float squares = 0.0f;
    for (int32_t k = 0; k < p->count; ++k) squares += in[k] * in[k];
    const float norm = fmaxf(sqrtf(squares), 1e-6f);
    for (int32_t k = 0; k < p->count; ++k) out[k] = in[k] / norm;
  }
}
