#define NN_PART static
#include "bodies/nn_dense_f32.h"

void nn_dense_f32(const nn_dense_f32_params *p, const float *in, const float *weights, const float *bias, float *out) {
  nn_dense_f32_body(p, in, weights, bias, out);
}
