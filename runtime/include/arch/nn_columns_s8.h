/* All output channels of one or two output pixels whose inputs lie as vectors of k int8: the body of the int8 convolutions. */
#ifndef NN_COLUMNS_S8_H
#define NN_COLUMNS_S8_H

#include "nn_dot_s8.h"
#include "nn_output_s8.h"

#if NN_MVE || NN_NEON

/* One pixel. */
NN_INLINE void nn_one_column_s8(const nn_output_s8 *to, const int8_t *w, const int8_t *x, int32_t k, int32_t channels, int8_t *out) {
  int32_t c = 0;
  for (; c + 3 < channels; c += 4, w += 4 * k) {
    int32_t sum[4] = {0, 0, 0, 0};
    nn_dot_4x1_s8(w, w + k, w + 2 * k, w + 3 * k, x, k, sum);
    const int32x4_t sums = {sum[0], sum[1], sum[2], sum[3]};
    nn_finish_four_s8(to, sums, c, out + c);
  }
  for (; c < channels; c++, w += k) {
    int32_t sum[2] = {to->bias[c], 0};
    nn_dot_2x1_s8(w, w, x, k, sum);
    out[c] = nn_finish_s8(to, sum[0], c);
  }
}

/* Two pixels. */
NN_INLINE void nn_two_columns_s8(const nn_output_s8 *to, const int8_t *w, const int8_t *x0, const int8_t *x1, int32_t k, int32_t channels,
                                 int8_t *out0, int8_t *out1) {
  nn_one_column_s8(to, w, x0, k, channels, out0);
  nn_one_column_s8(to, w, x1, k, channels, out1);
}

#else

/* Two pixels. */
NN_INLINE void nn_two_columns_s8(const nn_output_s8 *to, const int8_t *w, const int8_t *x0, const int8_t *x1, int32_t k, int32_t channels,
                                 int8_t *out0, int8_t *out1) {
  int32_t c = 0;
  for (; c + 1 < channels; c += 2, w += 2 * k) {
    int32_t sum[4] = {to->bias[c], to->bias[c], to->bias[c + 1], to->bias[c + 1]};
    nn_dot_2x2_s8(w, w + k, x0, x1, k, sum);
    nn_finish_two_s8(to, sum[0], sum[1], c, out0 + c, out1 + c);
    nn_finish_two_s8(to, sum[2], sum[3], c + 1, out0 + c + 1, out1 + c + 1);
  }
  if (c < channels) {
    int32_t sum[4] = {to->bias[c], to->bias[c], 0, 0};
    nn_dot_2x2_s8(w, w, x0, x1, k, sum);
    nn_finish_two_s8(to, sum[0], sum[1], c, out0 + c, out1 + c);
  }
}

/* One pixel. */
NN_INLINE void nn_one_column_s8(const nn_output_s8 *to, const int8_t *w, const int8_t *x, int32_t k, int32_t channels,
                                int8_t *out) {
  int32_t c = 0;
  for (; c + 3 < channels; c += 4, w += 4 * k) {
    int32_t sum[4] = {to->bias[c], to->bias[c + 1], to->bias[c + 2], to->bias[c + 3]};
    nn_dot_4x1_s8(w, w + k, w + 2 * k, w + 3 * k, x, k, sum);
    for (int32_t i = 0; i < 4; i++) out[c + i] = nn_finish_s8(to, sum[i], c + i);
  }
  for (; c < channels; c++, w += k) {
    int32_t sum[2] = {to->bias[c], 0};
    nn_dot_2x1_s8(w, w, x, k, sum);
    out[c] = nn_finish_s8(to, sum[0], c);
  }
}

#endif

#endif
