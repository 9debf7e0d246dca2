/* Depthwise 2-D convolution, one output row at a time. Layouts: activations NHWC, weights [kernel_h][kernel_w][in_channels].
 *
 *   out[x][c] = activation(bias[c] + sum over ky, kx of rows[ky][x * stride_w + kx * dilation_w - pad_left][c] * weights[ky][kx][c])
 *
 * A depth multiplier: the input's channels are repeated first (nn_copy.h), and a single one makes a convolution (nn_conv2d.h).
 *
 * `rows`, pitches, padding, folding of the zero point, rounding and ranges: as in nn_conv2d.h. `out` must not overlap the input rows.
 */
#ifndef NN_DWCONV2D_H
#define NN_DWCONV2D_H

#include "nn_types.h"

NN_BEGIN

typedef struct {
  int32_t in_width, out_width;
  uint16_t in_channels, in_pitch, out_pitch;
  uint16_t kernel_h, kernel_w, stride_w, dilation_w, pad_left;
  int8_t in_zero, weight_zero, out_zero, clamp_min, clamp_max;
} nn_dwconv2d_s8_params;

/* weight_zero 0, shifts as nn_conv2d_s8_row. scratch: kernel_h * kernel_w * 8 + 4 +
 * in_channels bytes, unused when kernel_w is 1 and no window leaves the row. Weights packed in blocks of four channels, each 4 * taps bytes: pairs of taps interleaved so that two words hold
 *   {a0, a1, b0, b1} and {a2, a3, b2, b3}   (a: tap t, b: tap t + 1, 0 to 3: the channels)
 * and a last single tap as {a0, a1, a2, a3}; behind the blocks the in_channels % 4 last channels as [tap][channel]. */
void nn_dwconv2d_s8_row(const nn_dwconv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                        const int32_t *multiplier, const int8_t *shift, void *scratch, int8_t *out);

/* The same, made for cores without DSP extension and Helium. Weights [in_channels][kernel_h][kernel_w]. scratch: pointers
 * (at most 8 bytes each), kernel_h * 7 of them for kernel_w 3 with stride_w and dilation_w 1, else kernel_h * kernel_w * 4, and
 * 4 + in_channels bytes. */
void nn_dwconv2d_strips_s8_row(const nn_dwconv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                               const int32_t *multiplier, const int8_t *shift, void *scratch, int8_t *out);

/* As nn_dwconv2d_s8_row with weights as they come, none of them -128: for NEON. */
void nn_dwconv2d_plain_s8_row(const nn_dwconv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                              const int32_t *multiplier, const int8_t *shift, void *scratch, int8_t *out);

/* Kernel 3x3, weight_zero 0, dilation_w 1, pad_left at most 1, at least 4 channels and 3 output columns, stride_w 1
 * or 2 (s2): for Cortex-M4, M7 and M33. Weights packed as nine bytes per channel, w[ky][kx] in the order
 *   00 01 10 11 02 21 12 22 20
 * No scratch; about 450 bytes of stack, 600 for stride 2. */
void nn_dwconv2d_3x3_dsp_s8_row(const nn_dwconv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                                const int32_t *multiplier, const int8_t *shift, int8_t *out);
void nn_dwconv2d_3x3s2_dsp_s8_row(const nn_dwconv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                                  const int32_t *multiplier, const int8_t *shift, int8_t *out);

/* The same where out = (sum * multiplier + offset * 2^32) >> 32, saturated to int8 and clamped, equals the requantisation for every sum
 * that the weights allow (the compiler finds such constants, and proves it; bias, multiplier and offset are its own). */
void nn_dwconv2d_3x3_affine_dsp_s8_row(const nn_dwconv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                                       const int32_t *multiplier, const int8_t *offset, int8_t *out);
/* thirds: for output rows that strips of six and three pixels make up: of at most 4 pixels, or 6n, 6n + 1, 6n + 2 or 6n + 3. */
void nn_dwconv2d_3x3_thirds_affine_dsp_s8_row(const nn_dwconv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights,
                                              const int32_t *bias, const int32_t *multiplier, const int8_t *offset, int8_t *out);
void nn_dwconv2d_3x3s2_affine_dsp_s8_row(const nn_dwconv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                                         const int32_t *multiplier, const int8_t *offset, int8_t *out);

/* As nn_dwconv2d_s8_row for Helium, no weight -128. Weights packed as [tap][channel] for 16 channels after 16, then for the rest; the taps in the order
 * [kernel_w][kernel_h]. In bias, multiplier and shift each 16 channels stand in the order 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15,
 * the rest in their own. */
void nn_dwconv2d_mve_s8_row(const nn_dwconv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                            const int32_t *multiplier, const int8_t *shift, void *scratch, int8_t *out);

/* For Helium, less than 16 channels, stride_w 1. The same but for the order: weights [tap][channel], and they, bias, multiplier and shift
 * go on behind the last channel with 15 more from the first one on (and again). */
void nn_dwconv2d_thin_mve_s8_row(const nn_dwconv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                                 const int32_t *multiplier, const int8_t *shift, void *scratch, int8_t *out);

/* Any shift, weights with a zero point, as they come. scratch: kernel_h * kernel_w * 8 + 4 + in_channels bytes. */
void nn_dwconv2d_any_s8_row(const nn_dwconv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                            const int32_t *multiplier, const int8_t *shift, void *scratch, int8_t *out);

typedef struct {
  int32_t in_width, in_channels, in_pitch;
  int32_t out_width, out_pitch;
  int32_t kernel_h, kernel_w, stride_w, dilation_w, pad_left;
  float clamp_min, clamp_max;
} nn_dwconv2d_f32_params;

/* rows[k] == NULL: a row outside the image. bias may be NULL. Weights packed in blocks of eight channels, [tap][8] each;
 * behind the blocks the in_channels % 8 last channels as [tap][channel]. */
void nn_dwconv2d_f32_row(const nn_dwconv2d_f32_params *p, const float *const rows[], const float *weights, const float *bias, float *out);

NN_END

#endif
