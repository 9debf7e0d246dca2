/* Functions of one element. `out` may be `in` (element i is read before it is written) or not overlap it. */
#ifndef NN_UNARY_H
#define NN_UNARY_H

#include "nn_types.h"

NN_BEGIN

/* out[i] = table[in[i] + 128]: any function of an int8 value, its 256 results computed by the compiler. */
void nn_lut_s8(const int8_t *in, const int8_t *table, int8_t *out, int32_t count);

typedef struct {
  float low, high;
} nn_clip_f32_params;

/* The RELU family: out[i] = min(max(in[i], low), high). */
void nn_clip_f32(const nn_clip_f32_params *p, const float *in, float *out, int32_t count);

typedef struct {
  float alpha;
} nn_leaky_relu_f32_params;

/* x, and alpha * x where x is negative. */
void nn_leaky_relu_f32(const nn_leaky_relu_f32_params *p, const float *in, float *out, int32_t count);

void nn_elu_f32(const float *in, float *out, int32_t count);        /* x, and exp(x) - 1 where x is negative */
void nn_hard_swish_f32(const float *in, float *out, int32_t count); /* x min(6, max(0, x + 3)) / 6 */
void nn_gelu_f32(const float *in, float *out, int32_t count);       /* x / 2 (1 + erf(x / sqrt 2)) */
void nn_gelu_tanh_f32(const float *in, float *out, int32_t count);  /* x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) */
void nn_abs_f32(const float *in, float *out, int32_t count);
void nn_exp_f32(const float *in, float *out, int32_t count);
void nn_log_f32(const float *in, float *out, int32_t count);        /* natural */
void nn_sqrt_f32(const float *in, float *out, int32_t count);
void nn_rsqrt_f32(const float *in, float *out, int32_t count);      /* 1 / sqrt(x) */
void nn_square_f32(const float *in, float *out, int32_t count);
void nn_neg_f32(const float *in, float *out, int32_t count);
void nn_sin_f32(const float *in, float *out, int32_t count);
void nn_cos_f32(const float *in, float *out, int32_t count);
void nn_floor_f32(const float *in, float *out, int32_t count);
void nn_round_f32(const float *in, float *out, int32_t count);      /* ties to even */
void nn_ceil_f32(const float *in, float *out, int32_t count);
void nn_logistic_f32(const float *in, float *out, int32_t count);   /* 1 / (1 + exp(-x)) */
void nn_tanh_f32(const float *in, float *out, int32_t count);

NN_END

#endif
