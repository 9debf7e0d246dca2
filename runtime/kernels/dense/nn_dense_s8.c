/* int8 dense layer. */
#include "nn_dense_s8.h"

#include "arch/nn_dot_s8.h"

/* with_zero: a compile-time constant; the weights have a zero point, so the sum of the inputs counts too. */
NN_INLINE void dense(const nn_dense_s8_params *p, const int8_t *in, const int8_t *weights, const int32_t *bias, const int32_t *multipliers,
                     const int8_t *shifts, int8_t *out, int with_zero) {
  const int32_t k = p->in_channels;
  for (int32_t row = 0; row < p->rows; row++, in += k) {
    const int32_t offset = with_zero ? -p->weight_zero * nn_total_s8(in, k) : 0;
    const int8_t *w = weights;
    for (int32_t o = 0; o < p->out_channels; o += 4) {
      /* the last block repeats its last vector in place of those past the end */
      const int32_t left = p->out_channels - o, count = left < 4 ? left : 4;
      const int8_t *const w1 = count > 1 ? w + k : w, *const w2 = count > 2 ? w1 + k : w1, *const w3 = count > 3 ? w2 + k : w2;
      int32_t sum[4] = {0, 0, 0, 0};
      nn_dot_4x1_s8(w, w1, w2, w3, in, k, sum);
      for (int32_t i = 0; i < count; i++) *out++ = nn_dense_finish_s8(p, multipliers, shifts, sum[i] + bias[o + i] + offset, o + i);
      w = w3 + k;
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
