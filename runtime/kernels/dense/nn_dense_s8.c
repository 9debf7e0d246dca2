/* int8 dense layer. */
#include "nn_dense_s8.h"

#include "nn_dense_dots_s8.h"

/* with_zero: a compile-time constant; the weights have a zero point, so the sum of the inputs counts too. */
NN_INLINE void dense(const nn_dense_s8_params *p, const int8_t *in, const int8_t *weights, const int32_t *bias, const int32_t *multipliers,
                     const int8_t *shifts, int8_t *out, int with_zero) {
  const int32_t k = p->in_channels;
  for (int32_t row = 0; row < p->rows; row++, in += k) {
    const int32_t offset = with_zero ? -p->weight_zero * nn_total_s8(in, k) : 0;
    const int8_t *w = weights;
    for (int32_t o = 0; o < p->out_channels; o += 4) {
      int32_t sum[4] = {0, 0, 0, 0};
      const int32_t count = nn_dense_dots_s8(&w, k, p->out_channels - o, in, k, sum);
      for (int32_t i = 0; i < count; i++) *out++ = nn_dense_finish_s8(p, multipliers, shifts, sum[i] + bias[o + i] + offset, o + i);
    }
  }
}

NN_ALL_REGISTERS
void nn_dense_s8(const nn_dense_s8_params *p, const int8_t *in, const int8_t *weights, const int32_t *bias, const int32_t *multipliers,
                 const int8_t *shifts, int8_t *out) {
  dense(p, in, weights, bias, multipliers, shifts, out, 0);
}

NN_ALL_REGISTERS
void nn_dense_wz_s8(const nn_dense_s8_params *p, const int8_t *in, const int8_t *weights, const int32_t *bias, const int32_t *multipliers,
                    const int8_t *shifts, int8_t *out) {
  dense(p, in, weights, bias, multipliers, shifts, out, 1);
}
