/* int8 dense layer in little code, for layers on which a network spends next to no time. */
#include "nn_dense_s8.h"

void nn_dense_few_s8(const nn_dense_s8_params *p, const int8_t *in, const int8_t *weights, const int32_t *bias, const int32_t *multipliers,
                     const int8_t *shifts, int8_t *out) {
  for (int32_t row = 0; row < p->rows; row++, in += p->in_channels) {
    const int8_t *w = weights;
    for (int32_t o = 0; o < p->out_channels; o++) {
      int32_t sum = bias[o];
      for (int32_t i = 0; i < p->in_channels; i++) sum += in[i] * *w++;
      *out++ = nn_dense_finish_s8(p, multipliers, shifts, sum, o);
    }
  }
}
