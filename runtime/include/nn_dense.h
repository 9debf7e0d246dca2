/* Dense (fully connected) layer on flat memory: for each of `rows` input vectors
 *   out[o] = activation(bias[o] + sum over i of in[i] * weights[o][i])
 * int8: bias with the input's zero point folded in; one multiplier and shift per output, `single` rounding (nn_requantize.h),
 * 2^30 <= multiplier < 2^31, -30 <= shift <= 30; |sum| < 2^30. `out` must not overlap `in`.
 */
#ifndef NN_DENSE_H
#define NN_DENSE_H

#include "nn_types.h"

NN_BEGIN

typedef struct {
  int32_t rows, in_channels, out_channels;
  int32_t multiplier, shift; /* of every output, when the call's tables are NULL */
  int8_t weight_zero, out_zero, clamp_min, clamp_max;
} nn_dense_s8_params;

/* multipliers, shifts: per output, or NULL. weight_zero is 0. */
void nn_dense_s8(const nn_dense_s8_params *p, const int8_t *in, const int8_t *weights, const int32_t *bias, const int32_t *multipliers,
                 const int8_t *shifts, int8_t *out);

/* The same in little code. */
void nn_dense_few_s8(const nn_dense_s8_params *p, const int8_t *in, const int8_t *weights, const int32_t *bias, const int32_t *multipliers,
                     const int8_t *shifts, int8_t *out);

/* For Helium: every shift at most -2, weights packed as for nn_conv2d_1x1_mve_s8_row, of which up to 15 bytes behind the end are read. */
void nn_dense_mve_s8(const nn_dense_s8_params *p, const int8_t *in, const int8_t *weights, const int32_t *bias, const int32_t *multipliers,
                     const int8_t *shifts, int8_t *out);

/* For cores with SMLAD: weights and bias as runtime/include/arch/nn_vector_s8.h says; shifts s, 0 <= s <= 18, stand for -2 - s. */
void nn_dense_dsp_s8(const nn_dense_s8_params *p, const int8_t *in, const int8_t *weights, const int32_t *bias, const int32_t *multipliers,
                     const int8_t *shifts, int8_t *out);

/* The same for shifts below -1, made for cores without DSP extension and Helium. Weights packed in blocks of eight outputs, each 8 * in_channels bytes: of every
 * input element {w0 + 128, w1 + 128, w2 + 128, w3, w4 + 128, w5 + 128, w6 + 128, w7}; behind the blocks the out_channels % 8 last outputs
 * as they come. */
void nn_dense_lanes_s8(const nn_dense_s8_params *p, const int8_t *in, const int8_t *weights, const int32_t *bias, const int32_t *multipliers,
                       const int8_t *shifts, int8_t *out);

/* As nn_dense_s8 for weights with a zero point (legacy uint8 models). */
void nn_dense_wz_s8(const nn_dense_s8_params *p, const int8_t *in, const int8_t *weights, const int32_t *bias, const int32_t *multipliers,
                    const int8_t *shifts, int8_t *out);

/* The input vector in `height` equal parts, the rows of an image, in order from y = 0 on: no part is needed twice. Each kernel takes weights, bias
 * and tables as the one without _row does. `sums`: out_channels words that are kept from part to part; `out` is written behind the last one. */
typedef struct {
  nn_dense_s8_params dense; /* rows: 1 */
  int32_t height;
} nn_dense_rows_s8_params;

/* Weights with or without zero point. */
void nn_dense_s8_row(const nn_dense_rows_s8_params *p, const int8_t *row, int32_t y, const int8_t *weights, const int32_t *bias,
                     const int32_t *multipliers, const int8_t *shifts, int32_t *sums, int8_t *out);

/* Parts of a multiple of 16 elements. */
void nn_dense_mve_s8_row(const nn_dense_rows_s8_params *p, const int8_t *row, int32_t y, const int8_t *weights, const int32_t *bias,
                         const int32_t *multipliers, const int8_t *shifts, int32_t *sums, int8_t *out);

/* Parts of a multiple of 4 elements. */
void nn_dense_dsp_s8_row(const nn_dense_rows_s8_params *p, const int8_t *row, int32_t y, const int8_t *weights, const int32_t *bias,
                         const int32_t *multipliers, const int8_t *shifts, int32_t *sums, int8_t *out);

void nn_dense_lanes_s8_row(const nn_dense_rows_s8_params *p, const int8_t *row, int32_t y, const int8_t *weights, const int32_t *bias,
                           const int32_t *multipliers, const int8_t *shifts, int32_t *sums, int8_t *out);

typedef struct {
  int32_t rows, in_channels, out_channels;
  float clamp_min, clamp_max;
} nn_dense_f32_params;

/* bias may be NULL. `out` must not overlap `in`. Weights packed in blocks of eight outputs, [in_channels][8] each; behind the blocks the
 * out_channels % 8 last outputs one by one. */
void nn_dense_f32(const nn_dense_f32_params *p, const float *in, const float *weights, const float *bias, float *out);

/* The input vector in `height` equal parts, as for int8; `out` carries the sums. */
typedef struct {
  nn_dense_f32_params dense; /* rows: 1 */
  int32_t height;
} nn_dense_rows_f32_params;

void nn_dense_f32_row(const nn_dense_rows_f32_params *p, const float *row, int32_t y, const float *weights, const float *bias, float *out);

NN_END

#endif
