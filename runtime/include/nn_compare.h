/* Comparisons, logic on bool (bytes 0 and 1) and selection, with broadcasting (nn_binary.h). `out` does not overlap operands of another
 * element size; it may be an operand of the same size that is not repeated. */
#ifndef NN_COMPARE_H
#define NN_COMPARE_H

#include "nn_binary.h"

NN_BEGIN

/* The results where a < b, a = b, a > b, and where one is NaN: together any of the six comparisons. */
typedef struct {
  nn_broadcast shape;
  uint8_t if_less, if_equal, if_greater, if_unordered;
} nn_compare_params;
void nn_compare_f32(const nn_compare_params *p, const float *a, const float *b, uint8_t *out);
void nn_compare_s32(const nn_compare_params *p, const int32_t *a, const int32_t *b, uint8_t *out);
void nn_compare_u8(const nn_compare_params *p, const uint8_t *a, const uint8_t *b, uint8_t *out); /* bool */

/* int8 of different quantisations: both scaled by their own factor with 8 more bits, `double` rounding. */
typedef struct {
  nn_broadcast shape;
  uint8_t if_less, if_equal, if_greater, if_unordered;
  int32_t a_zero, b_zero, a_multiplier, a_shift, b_multiplier, b_shift;
} nn_compare_s8_params;
void nn_compare_s8(const nn_compare_s8_params *p, const int8_t *a, const int8_t *b, uint8_t *out);

void nn_logical_and(const nn_binary_params *p, const uint8_t *a, const uint8_t *b, uint8_t *out);
void nn_logical_or(const nn_binary_params *p, const uint8_t *a, const uint8_t *b, uint8_t *out);
void nn_logical_not(const uint8_t *in, uint8_t *out, int32_t count);

/* out = condition ? a : b, three operands with strides of their own, elements of 1 or 4 bytes. */
typedef struct {
  int32_t rank;
  int32_t size[NN_MAX_DIMS];
  int32_t condition_stride[NN_MAX_DIMS], a_stride[NN_MAX_DIMS], b_stride[NN_MAX_DIMS];
} nn_select_params;
void nn_select_8(const nn_select_params *p, const uint8_t *condition, const uint8_t *a, const uint8_t *b, uint8_t *out);
void nn_select_32(const nn_select_params *p, const uint8_t *condition, const uint32_t *a, const uint32_t *b, uint32_t *out);

NN_END

#endif
