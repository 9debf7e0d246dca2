#define NN_PART static NN_NOINLINE
#include "bodies/nn_conv2d_triples_s8.h"

void nn_conv2d_triples_s8_row(const nn_conv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                              const int32_t *multiplier, const int8_t *shift, int32_t chunk, void *scratch, int8_t *out) {
  nn_conv2d_triples_s8_body(p, rows, weights, bias, multiplier, shift, chunk, scratch, out);
}
