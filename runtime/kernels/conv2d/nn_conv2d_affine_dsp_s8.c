#include "bodies/nn_conv2d_affine_dsp_s8.h"

NN_ALL_REGISTERS
NN_NOINLINE void nn_dsp_multiply_affine_2(const nn_pairs_s8 *pairs, const uint32_t *x, int32_t count, int8_t *out, int32_t pitch) {
  nn_multiply_pairs_s8(pairs, 1, x, 2, count, out, pitch);
}

NN_ALL_REGISTERS
NN_NOINLINE void nn_dsp_multiply_affine_3(const nn_pairs_s8 *pairs, const uint32_t *x, int32_t count, int8_t *out, int32_t pitch) {
  nn_multiply_pairs_s8(pairs, 1, x, 3, count, out, pitch);
}

void nn_conv2d_affine_dsp_s8_row(const nn_conv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                                 const int32_t *multiplier, const int16_t *offset, int8_t *scratch, int8_t *out) {
  nn_conv2d_affine_dsp_s8_body(p, rows, weights, bias, multiplier, offset, scratch, out);
}
