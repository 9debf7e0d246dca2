#include "bodies/nn_dense_dsp_s8.h"

NN_ALL_REGISTERS
void nn_dense_dsp_s8(const nn_dense_s8_params *p, const int8_t *in, const int8_t *weights, const int32_t *bias, const int32_t *multipliers,
                     const int8_t *shifts, int8_t *out) {
  nn_dense_dsp_s8_body(p, in, weights, bias, multipliers, shifts, out);
}
