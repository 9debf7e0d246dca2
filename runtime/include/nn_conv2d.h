/* 2-D convolution, one output row at a time. Layouts: activations NHWC, weights OHWI (I = in_channels / groups).
 *
 *   out[x][o] = activation(bias[o] + sum over ky, kx, i of rows[ky][(x * stride_w + kx * dilation_w - pad_left)][i] * weights[o][ky][kx][i])
 *
 * `rows` holds kernel_h row pointers (vertical dilation is the caller's: it chooses the rows). Pixels left and right of the row count as
 * zero (int8: in_zero). A pitch is the number of elements from one pixel to the next. `out` may start before the rows or at the address
 * of a row that no later output row reads, as far as the rows of this call are read before they are overwritten (the planner's row_overlap).
 *
 * int8: `bias` has the input's zero point folded in: bias[o] - in_zero * sum of weights[o] (+ k * in_zero * weight_zero).
 * multiplier and shift per output channel, `double` rounding (nn_requantize.h), 2^30 <= multiplier < 2^31, -30 <= shift <= -1 (the `any`
 * kernels: -30 <= shift <= 30), and the weights and bias such that |sum| < 2^30.
 */
#ifndef NN_CONV2D_H
#define NN_CONV2D_H

#include "nn_types.h"

NN_BEGIN

typedef struct {
  int32_t in_width, out_width;
  uint16_t in_channels, in_pitch, out_channels, out_pitch;
  uint16_t kernel_h, kernel_w, stride_w, dilation_w, pad_left, groups;
  int8_t in_zero, weight_zero, out_zero, clamp_min, clamp_max;
} nn_conv2d_s8_params;

/* scratch: 2 * kernel_h * kernel_w * in_channels / groups bytes. `out` must not overlap the input rows. weight_zero must be 0. */
void nn_conv2d_s8_row(const nn_conv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                      const int32_t *multiplier, const int8_t *shift, int8_t *scratch, int8_t *out);

/* For cores with SMLAD: weights, bias, multiplier and shift of pairs of channels as runtime/include/arch/nn_pairs_s8.h says, those of each group
 * followed by zeros when its channels are an odd number. Order of a window: of each kernel row the bytes that make up words of four, then
 * those left over of all kernel rows. At least 2 pixels wide. With n = kernel_h * kernel_w * in_channels / groups and t bytes left over,
 * scratch: 24 * ((n + 1) / 4) + 12 * ((n + 1) / 2 % 2) + 12 * ((t + 3) / 4) bytes, and, unless kernel_w is 1 and there is no padding left and
 * right, 2 * stride_w + kernel_w pixels of the group (dilated: kernel_w pixels). `out` must not overlap the input rows. weight_zero must be 0. */
void nn_conv2d_dsp_s8_row(const nn_conv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                          const int32_t *multiplier, const int8_t *shift, int8_t *scratch, int8_t *out);

/* For cores with SMLAD, kernel 1x1, no padding, one group, an output one pixel wide: weights as runtime/include/arch/nn_vector_s8.h says, the rest as
 * for nn_conv2d_dsp_s8_row. No scratch. `out` must not overlap the row. */
void nn_conv2d_column_dsp_s8_row(const nn_conv2d_s8_params *p, const int8_t *row, const int8_t *weights, const int32_t *bias,
                                 const int32_t *multiplier, const int8_t *shift, int8_t *out);

/* For cores with SMLAD, kernel 1x1, no padding, one group, the pixels of an image one pixel wide, which are one `row` (out_width of them); in_channels
 * and out_channels multiples of 4. Weights as runtime/include/arch/nn_quads_s8.h says, the rest as for nn_conv2d_dsp_s8_row. scratch:
 * 4 * in_channels bytes. Two pixels are read before their outputs are written: `out` may overlap `in` where, for every i, pixel 2i of the
 * outputs does not start above that of the inputs. */
void nn_conv2d_tall_dsp_s8(const nn_conv2d_s8_params *p, const int8_t *in, const int8_t *weights, const int32_t *bias,
                           const int32_t *multiplier, const int8_t *shift, void *scratch, int8_t *out);

/* The same for one group, made for cores without DSP extension and Helium. Weights packed in blocks of four output channels, each 4 * k bytes
 * (k = kernel_h * kernel_w * in_channels): of every input element {w0 + 128, w1 + 128, w2 + 128, w3}; behind the blocks the
 * out_channels % 4 last channels as they come. chunk >= 1: so many input elements that no sum over those of a chunk, [0, chunk),
 * [chunk, 2 * chunk), ..., leaves [-1044480, 1052671], whatever the input; 64 always will do.
 * scratch: 8 * (k + chunks) + kernel_w * in_channels bytes. `out` must not overlap the input rows. */
void nn_conv2d_triples_s8_row(const nn_conv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                              const int32_t *multiplier, const int8_t *shift, int32_t chunk, void *scratch, int8_t *out);

/* The same, one output pixel at a time. Weights packed in blocks of eight output channels, each 8 * k bytes: of every input element
 * {w0 + 128, w1 + 128, w2 + 128, w3, w4 + 128, w5 + 128, w6 + 128, w7}; behind the blocks the out_channels % 8 last channels as they come.
 * scratch: k bytes. `out` must not overlap the input rows. */
void nn_conv2d_lanes_s8_row(const nn_conv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                            const int32_t *multiplier, const int8_t *shift, int8_t *scratch, int8_t *out);

/* As nn_conv2d_s8_row, for any shift and for weights with a zero point (legacy uint8 models). scratch: kernel_h * kernel_w * in_channels / groups bytes. */
void nn_conv2d_any_s8_row(const nn_conv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                          const int32_t *multiplier, const int8_t *shift, int8_t *scratch, int8_t *out);

/* kernel 1x1, no padding, one group, weight_zero 0. No scratch. `out` must not overlap the row. */
void nn_conv2d_1x1_s8_row(const nn_conv2d_s8_params *p, const int8_t *row, const int8_t *weights, const int32_t *bias,
                          const int32_t *multiplier, const int8_t *shift, int8_t *out);

/* For Helium. As nn_conv2d_s8_row and nn_conv2d_1x1_s8_row, dilation_w is 1, and the weights of each group are packed: k = kernel_h * kernel_w *
 * in_channels / groups elements of an output channel in the order [kernel_w][kernel_h][channel], output channels in blocks of four. A block is
 * the first k % 16 elements of its four vectors, one vector after the other, then for every 16 elements more those of the four vectors. The
 * last channels (less than four) follow, each a plain vector. Up to 15 bytes behind the weights are read.
 * scratch: ((n - 1) * stride_w + kernel_w) * column bytes, column = kernel_h * in_channels / groups, n = min(m, out_width), m the largest even number
 * of at most 16 for which this is not above 768, but at least 4. */
void nn_conv2d_mve_s8_row(const nn_conv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                          const int32_t *multiplier, const int8_t *shift, int8_t *scratch, int8_t *out);
void nn_conv2d_1x1_mve_s8_row(const nn_conv2d_s8_params *p, const int8_t *row, const int8_t *weights, const int32_t *bias,
                              const int32_t *multiplier, const int8_t *shift, int8_t *out);

typedef struct {
  int32_t in_width, in_channels, in_pitch;
  int32_t out_width, out_channels, out_pitch;
  int32_t kernel_h, kernel_w, stride_w, dilation_w, pad_left, groups;
  float clamp_min, clamp_max; /* -INFINITY, INFINITY: no activation */
} nn_conv2d_f32_params;

/* rows[k] == NULL: a row outside the image. bias may be NULL. `out` must not overlap the input rows. Weights packed, group by group, in
 * blocks of eight filters, [ky][kx][i][8] each; behind the blocks the last filters of the group (out_channels / groups % 8) one by one. */
void nn_conv2d_f32_row(const nn_conv2d_f32_params *p, const float *const rows[], const float *weights, const float *bias, float *out);

NN_END

#endif
