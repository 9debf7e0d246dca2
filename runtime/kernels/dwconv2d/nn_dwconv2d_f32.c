#define NN_PART static
#include "bodies/nn_dwconv2d_f32.h"

void nn_dwconv2d_f32_row(const nn_dwconv2d_f32_params *p, const float *const rows[], const float *weights, const float *bias, float *out) {
  nn_dwconv2d_f32_body(p, rows, weights, bias, out);
}
