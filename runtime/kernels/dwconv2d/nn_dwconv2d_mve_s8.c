#define NN_PART static
#include "bodies/nn_dwconv2d_mve_s8.h"

void nn_dwconv2d_mve_s8_row(const nn_dwconv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                            const int32_t *multiplier, const int8_t *shift, void *scratch, int8_t *out) {
  nn_dwconv2d_mve_s8_body(p, rows, weights, bias, multiplier, shift, scratch, out);
}
