/* Transposed 2-D convolution on flat memory. Layouts: activations NHWC, weights OHWI.
 *
 *   out[y][x][o] = activation(bias[o] + sum over ky, kx, i with y + pad_top - ky = stride_h * v, x + pad_left - kx = stride_w * u
 *                             of in[v][u][i] * weights[o][ky][kx][i])
 * A pitch is the number of elements from one pixel to the next.
 * int8: `bias` has nothing folded in; multiplier and shift per channel, `double` rounding, ranges as in nn_conv2d.h.
 * `out` must not overlap `in`.
 */
#ifndef NN_TRANSPOSE_CONV_H
#define NN_TRANSPOSE_CONV_H

#include "nn_types.h"

NN_BEGIN

typedef struct {
  int32_t in_height, in_width, in_channels, in_pitch;
  int32_t out_height, out_width, out_channels, out_pitch;
  int32_t kernel_h, kernel_w, stride_h, stride_w, pad_top, pad_left;
  int8_t in_zero, weight_zero, out_zero, clamp_min, clamp_max;
} nn_transpose_conv_s8_params;

void nn_transpose_conv_s8(const nn_transpose_conv_s8_params *p, const int8_t *in, const int8_t *weights, const int32_t *bias,
                          const int32_t *multiplier, const int8_t *shift, int8_t *out);

typedef struct {
  int32_t in_height, in_width, in_channels, in_pitch;
  int32_t out_height, out_width, out_channels, out_pitch;
  int32_t kernel_h, kernel_w, stride_h, stride_w, pad_top, pad_left;
  float clamp_min, clamp_max;
} nn_transpose_conv_f32_params;

/* bias may be NULL. */
void nn_transpose_conv_f32(const nn_transpose_conv_f32_params *p, const float *in, const float *weights, const float *bias, float *out);

NN_END

#endif
