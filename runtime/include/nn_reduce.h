/* Reductions of one group of neighbouring dimensions: the input is [outer][count][inner], the output [outer][inner].
 * `out` may be `in` where elements have one size (an output takes the place of an input of its own sum), or not overlap it.
 */
#ifndef NN_REDUCE_H
#define NN_REDUCE_H

#include "nn_types.h"

NN_BEGIN

typedef struct {
  int32_t outer, count, inner;
} nn_reduce_params;

/* (sum - count * in_zero) * multiplier * 2^(shift - 31) + out_zero, saturated to int8. For a mean 1 / count is in the multiplier.
 * nn_mean_s8 rounds `double` (also the sum of a legacy uint8 model), nn_sum_s8 `single`, shift at most 30 (nn_requantize.h). */
typedef struct {
  int32_t outer, count, inner;
  int32_t in_zero, multiplier, shift, out_zero;
} nn_reduce_s8_params;
void nn_mean_s8(const nn_reduce_s8_params *p, const int8_t *in, int8_t *out);
void nn_sum_s8(const nn_reduce_s8_params *p, const int8_t *in, int8_t *out);
void nn_mean_mve_s8(const nn_reduce_s8_params *p, const int8_t *in, int8_t *out); /* nn_mean_s8 for Helium */

/* nn_mean_s8 over the height and width of one image: called once for every row y = 0, 1, ... height - 1 in this order. `sums`, one for each channel
 * (Helium: rounded up to a multiple of 8), carries the sums from row to row; `out`, one pixel, is written with the last row.
 * width * height * 128 < 2^31. */
typedef struct {
  int32_t width, height, channels, in_pitch;
  int32_t in_zero, multiplier, shift, out_zero;
} nn_global_mean_s8_params;
void nn_global_mean_s8_row(const nn_global_mean_s8_params *p, const int8_t *row, int32_t y, int32_t *sums, int8_t *out);
void nn_global_mean_mve_s8_row(const nn_global_mean_s8_params *p, const int8_t *row, int32_t y, int32_t *sums, int8_t *out); /* for Helium */

void nn_reduce_max_s8(const nn_reduce_params *p, const int8_t *in, int8_t *out);
void nn_reduce_min_s8(const nn_reduce_params *p, const int8_t *in, int8_t *out);

void nn_mean_f32(const nn_reduce_params *p, const float *in, float *out);
void nn_sum_f32(const nn_reduce_params *p, const float *in, float *out);
void nn_prod_f32(const nn_reduce_params *p, const float *in, float *out);
void nn_reduce_max_f32(const nn_reduce_params *p, const float *in, float *out);
void nn_reduce_min_f32(const nn_reduce_params *p, const float *in, float *out);

/* Index of the first largest or smallest of the `count` elements. `out` does not overlap `in`. */
void nn_arg_max_f32(const nn_reduce_params *p, const float *in, int32_t *out);
void nn_arg_min_f32(const nn_reduce_params *p, const float *in, int32_t *out);
void nn_arg_max_s8(const nn_reduce_params *p, const int8_t *in, int32_t *out);
void nn_arg_min_s8(const nn_reduce_params *p, const int8_t *in, int32_t *out);

/* x / max(sqrt(sum of x^2), 1e-6) along the last dimension (inner is 1; the output is as large as the input). */
void nn_l2_normalization_f32(const nn_reduce_params *p, const float *in, float *out);

/* The same on int8, output scale 1/128 and zero point 0. early_bits: how many of the 7 bits of 1/128 are multiplied into the element before
 * the factor (7 for what was uint8, else 0); the others are shifted with it. */
typedef struct {
  int32_t outer, count, in_zero, early_bits;
} nn_l2_normalization_s8_params;
void nn_l2_normalization_s8(const nn_l2_normalization_s8_params *p, const int8_t *in, int8_t *out);

NN_END

#endif
