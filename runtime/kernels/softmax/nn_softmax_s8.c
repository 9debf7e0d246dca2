#include "nn_softmax.h"
#include "nn_softmax_s8.h"

void nn_softmax_s8(const int8_t *in, const int32_t *exponentials, int8_t *out, int32_t rows, int32_t depth) {
  for (int32_t r = 0; r < rows; ++r, in += depth, out += depth) {
    int32_t max = in[0];
    for (int32_t i = 1; i < depth; ++i) max = in[i] > max ? in[i] : max;
    const int32_t *e = exponentials + 255 - max;
    int32_t sum = 0;                 /* 12 integer bits */
    for (int32_t i = 0; i < depth; ++i) sum += nn_round_positive(e[in[i]], 12);
    const nn_softmax_factor factor = nn_softmax_factor_of(sum);
    for (int32_t i = 0; i < depth; ++i) out[i] = nn_softmax_element(e[in[i]], factor);
  }
}
