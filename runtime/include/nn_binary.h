/* Functions of two tensors, out = f(a, b), with broadcasting. `out` may be `a` or `b` where that operand is not repeated (each element is
 * read before it is written), and does not overlap them otherwise.
 */
#ifndef NN_BINARY_H
#define NN_BINARY_H

#include "nn_types.h"

NN_BEGIN

#define NN_MAX_DIMS 6

/* The walk over the output, outermost dimension first. Strides in elements, 0 where the operand is repeated. In the last dimension both
 * strides are 1, or one of them is 0. */
typedef struct {
  int32_t rank;
  int32_t size[NN_MAX_DIMS];
  int32_t a_stride[NN_MAX_DIMS], b_stride[NN_MAX_DIMS];
} nn_broadcast;

typedef struct {
  nn_broadcast shape;
} nn_binary_params;

/* a + b or a - b or b - a on int8. The operands on the common scale of 1/2^20 of twice the scale of a, which is the larger one:
 *   sum = (a - a_zero) * a_factor + b_sign * ((b - b_zero) * 2^20 * b_multiplier * 2^(-b_shift - 31))
 *   out = clamp(sum * out_multiplier * 2^(-out_shift - 31) + out_zero, low, high)        all `double` rounding (nn_requantize.h)
 * a_factor +-2^19, b_sign +-1, 0 <= b_shift <= 31, 1 <= out_shift <= 31. */
typedef struct {
  nn_broadcast shape;
  int32_t a_zero, b_zero, a_factor, b_sign;
  int32_t b_multiplier, b_shift, out_multiplier, out_shift;
  int32_t out_zero, low, high;
} nn_add_s8_params;
void nn_add_s8(const nn_add_s8_params *p, const int8_t *a, const int8_t *b, int8_t *out);
void nn_add_mve_s8(const nn_add_s8_params *p, const int8_t *a, const int8_t *b, int8_t *out); /* for Helium */

/* The same where out = clamp((constant + (a * a_factor >> 8) + (b * b_factor >> 8)) >> 20, low, high) gives the same results for all pairs of
 * operands, zero points included. */
typedef struct {
  nn_broadcast shape;
  int32_t a_factor, b_factor, constant, low, high;
} nn_add_affine_s8_params;
void nn_add_affine_s8(const nn_add_affine_s8_params *p, const int8_t *a, const int8_t *b, int8_t *out);

/* clamp((a - a_zero) (b - b_zero) * multiplier * 2^(shift - 31) + out_zero, low, high), `double` rounding; -31 <= shift <= 13. */
typedef struct {
  nn_broadcast shape;
  int32_t a_zero, b_zero, multiplier, shift, out_zero, low, high;
} nn_mul_s8_params;
void nn_mul_s8(const nn_mul_s8_params *p, const int8_t *a, const int8_t *b, int8_t *out);
void nn_mul_mve_s8(const nn_mul_s8_params *p, const int8_t *a, const int8_t *b, int8_t *out); /* for Helium */

/* (a - a_zero) / (b - b_zero) * multiplier * 2^(shift - 31) + out_zero, clamped. reciprocals and reciprocal_shifts, by b + 128:
 * 1 / |b - b_zero| = reciprocal * 2^(-shift - 31); a division by zero gives out_zero. The quotient keeps all bits that the dividend leaves
 * free and is rounded (ties up), then scaled with `double` rounding; 31 + reciprocal_shift - shift is never above 31. */
typedef struct {
  nn_broadcast shape;
  int32_t a_zero, b_zero, multiplier, shift, out_zero, low, high;
} nn_div_s8_params;
void nn_div_s8(const nn_div_s8_params *p, const int8_t *a, const int8_t *b, const int32_t *reciprocals, const int8_t *reciprocal_shifts,
               int8_t *out);

/* As nn_add_s8, with 7 bits instead of 20, and the square of the difference; shifts as in nn_requantize.h. */
typedef struct {
  nn_broadcast shape;
  int32_t a_zero, b_zero, a_multiplier, a_shift, b_multiplier, b_shift, out_multiplier, out_shift, out_zero, low, high;
} nn_squared_difference_s8_params;
void nn_squared_difference_s8(const nn_squared_difference_s8_params *p, const int8_t *a, const int8_t *b, int8_t *out);

/* Of the raw integers: operands and result have one quantisation. */
void nn_maximum_s8(const nn_binary_params *p, const int8_t *a, const int8_t *b, int8_t *out);
void nn_minimum_s8(const nn_binary_params *p, const int8_t *a, const int8_t *b, int8_t *out);

/* With `clamps` the result is limited to [low, high]. */
typedef struct {
  nn_broadcast shape;
  int32_t clamps;
  float low, high;
} nn_binary_f32_params;
void nn_add_f32(const nn_binary_f32_params *p, const float *a, const float *b, float *out);
void nn_sub_f32(const nn_binary_f32_params *p, const float *a, const float *b, float *out);
void nn_mul_f32(const nn_binary_f32_params *p, const float *a, const float *b, float *out);
void nn_div_f32(const nn_binary_f32_params *p, const float *a, const float *b, float *out);
void nn_maximum_f32(const nn_binary_f32_params *p, const float *a, const float *b, float *out);
void nn_minimum_f32(const nn_binary_f32_params *p, const float *a, const float *b, float *out);
void nn_squared_difference_f32(const nn_binary_f32_params *p, const float *a, const float *b, float *out);
void nn_pow_f32(const nn_binary_f32_params *p, const float *a, const float *b, float *out);
void nn_floor_div_f32(const nn_binary_f32_params *p, const float *a, const float *b, float *out); /* floor(a / b) */
void nn_floor_mod_f32(const nn_binary_f32_params *p, const float *a, const float *b, float *out); /* the rest has the sign of b */

/* Wrapping; a division by zero gives zero. */
void nn_add_s32(const nn_binary_params *p, const int32_t *a, const int32_t *b, int32_t *out);
void nn_sub_s32(const nn_binary_params *p, const int32_t *a, const int32_t *b, int32_t *out);
void nn_mul_s32(const nn_binary_params *p, const int32_t *a, const int32_t *b, int32_t *out);
void nn_div_s32(const nn_binary_params *p, const int32_t *a, const int32_t *b, int32_t *out);
void nn_maximum_s32(const nn_binary_params *p, const int32_t *a, const int32_t *b, int32_t *out);
void nn_minimum_s32(const nn_binary_params *p, const int32_t *a, const int32_t *b, int32_t *out);
void nn_floor_div_s32(const nn_binary_params *p, const int32_t *a, const int32_t *b, int32_t *out);
void nn_floor_mod_s32(const nn_binary_params *p, const int32_t *a, const int32_t *b, int32_t *out);

/* x where it is not negative, else x * slope. */
void nn_prelu_f32(const nn_binary_params *p, const float *in, const float *slope, float *out);

/* The same on int8: (x - in_zero) times multiplier, shift, or (x - in_zero) (slope - slope_zero) times slope_multiplier, slope_shift, both
 * `double` rounding, + out_zero, saturated. */
typedef struct {
  nn_broadcast shape;
  int32_t in_zero, slope_zero, multiplier, shift, slope_multiplier, slope_shift, out_zero;
} nn_prelu_s8_params;
void nn_prelu_s8(const nn_prelu_s8_params *p, const int8_t *in, const int8_t *slope, int8_t *out);

/* What the functions above share: the walk over the outer dimensions. `row` computes `count` elements of the last dimension. */
typedef void nn_binary_row(const void *params, const void *a, const void *b, void *out, int32_t count, int32_t a_step, int32_t b_step);
void nn_broadcast_rows(const nn_broadcast *shape, nn_binary_row *row, const void *params, const void *a, const void *b, int32_t in_bytes,
                       void *out, int32_t out_bytes);

NN_END

#endif
