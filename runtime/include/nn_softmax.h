/* Softmax and log softmax along the last dimension: `rows` vectors of `depth` elements one behind the other.
 * `out` may be `in` or not overlap it. */
#ifndef NN_SOFTMAX_H
#define NN_SOFTMAX_H

#include "nn_types.h"

NN_BEGIN

/* int8, output scale 1/256 and zero point -128, in fixed point as LiteRT's reference_ops::Softmax: e_i = exponentials[255 + x_i - max of x] with
 * 31 fraction bits, exponentials[255 - d] = exp(-d * beta * in_scale) by gemmlowp's exp_on_negative_values, 0 where the reference leaves the
 * element out; the sum has 12 integer bits (depth < 4096), its reciprocal comes from three Newton-Raphson steps. */
void nn_softmax_s8(const int8_t *in, const int32_t *exponentials, int8_t *out, int32_t rows, int32_t depth);

/* The same to the bit, with the exponentials computed where they are needed, twice for every element: no table of a kilobyte. The factor
 * beta * in_scale * 2^26 as multiplier * 2^(left - 31); elements more than `radius` below the maximum are left out. */
typedef struct {
  int32_t multiplier, left, radius;
} nn_softmax_few_s8_params;
void nn_softmax_few_s8(const nn_softmax_few_s8_params *p, const int8_t *in, int8_t *out, int32_t rows, int32_t depth);

typedef struct {
  float beta;
} nn_softmax_f32_params;

/* exp(beta (x_i - max)) / sum. */
void nn_softmax_f32(const nn_softmax_f32_params *p, const float *in, float *out, int32_t rows, int32_t depth);

/* x_i - max - log(sum of exp(x - max)). */
void nn_log_softmax_f32(const float *in, float *out, int32_t rows, int32_t depth);

/* The same on int8, output scale 1/16 and zero point 127; exponentials[255 - d] = exp(-d * scale). */
typedef struct {
  float scale;
} nn_log_softmax_s8_params;
void nn_log_softmax_s8(const nn_log_softmax_s8_params *p, const int8_t *in, const float *exponentials, int8_t *out, int32_t rows,
                       int32_t depth);

NN_END

#endif
