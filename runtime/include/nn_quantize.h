/* Conversions of element types. real = scale * (q - zero). */
#ifndef NN_QUANTIZE_H
#define NN_QUANTIZE_H

#include "nn_types.h"

NN_BEGIN

typedef struct {
  float scale;
  int32_t zero;
} nn_scale_params;

/* q = round(x / scale) + zero, half away from zero, saturated. `out` may start where `in` starts, or not overlap it. */
void nn_quantize_s8(const nn_scale_params *p, const float *in, int8_t *out, int32_t count);
void nn_quantize_u8(const nn_scale_params *p, const float *in, uint8_t *out, int32_t count);

/* x = scale * (q - zero). `out` may overlap `in` when it starts at least 3 * count bytes before it. */
void nn_dequantize_s8(const nn_scale_params *p, const int8_t *in, float *out, int32_t count);
void nn_dequantize_u8(const nn_scale_params *p, const uint8_t *in, float *out, int32_t count);

/* out[i] = in[i] ^ 0x80: uint8 to int8 with the zero point less 128, or back. `out` may be `in` or not overlap it. */
void nn_flip_sign_8(const uint8_t *in, uint8_t *out, int32_t count);

/* CAST. Floats are truncated and saturated (NaN gives 0); bool is 0 or 1. Buffers do not overlap. */
void nn_cast_f32_s8(const float *in, int8_t *out, int32_t count);
void nn_cast_f32_u8(const float *in, uint8_t *out, int32_t count);
void nn_cast_f32_s32(const float *in, int32_t *out, int32_t count);
void nn_cast_f32_bool(const float *in, uint8_t *out, int32_t count);
void nn_cast_s8_f32(const int8_t *in, float *out, int32_t count);
void nn_cast_u8_f32(const uint8_t *in, float *out, int32_t count); /* of bool too */
void nn_cast_s32_f32(const int32_t *in, float *out, int32_t count);
void nn_cast_s32_bool(const int32_t *in, uint8_t *out, int32_t count);
void nn_cast_u8_s32(const uint8_t *in, int32_t *out, int32_t count); /* of bool too */

NN_END

#endif
