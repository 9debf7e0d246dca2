/* The arithmetic of int8 multiplications, element by element. */
#ifndef NN_MUL_S8_H
#define NN_MUL_S8_H

#include "nn_binary.h"
#include "nn_requantize.h"

typedef struct {
  int32_t a_zero, b_zero, multiplier, left, right, half, ties, out_zero, low, high;
} nn_mul_factors;

/* `product` is a difference times a difference, at most 2^16 in size; times 2^(left + 1) it fits 32 bits. */
static inline int8_t nn_mul_finish(const nn_mul_factors *f, int32_t product) {
  int32_t h = (int32_t)(((int64_t)(product * (1 << f->left) * 2) * f->multiplier + (INT64_C(1) << 31)) >> 32);
  h += (h >> 31) & f->ties;
  return (int8_t)nn_clamp(((h + f->half) >> f->right) + f->out_zero, f->low, f->high);
}

/* A row; a step of 0 repeats the operand's first element. */
static inline void nn_mul_elements_s8(const nn_mul_factors *factors, const int8_t *a, const int8_t *b, int8_t *out, int32_t count, int32_t a_step,
                                      int32_t b_step) {
  const nn_mul_factors f = *factors;
  if (a_step != 0 && b_step != 0) {
    for (int32_t i = 0; i < count; ++i) out[i] = nn_mul_finish(&f, (a[i] - f.a_zero) * (b[i] - f.b_zero));
  } else if (a_step != 0) {
    const int32_t second = b[0] - f.b_zero;
    for (int32_t i = 0; i < count; ++i) out[i] = nn_mul_finish(&f, (a[i] - f.a_zero) * second);
  } else {
    const int32_t first = a[0] - f.a_zero;
    for (int32_t i = 0; i < count; ++i) out[i] = nn_mul_finish(&f, first * ((b_step != 0 ? b[i] : b[0]) - f.b_zero));
  }
}

static inline nn_mul_factors nn_mul_factors_of(const nn_mul_s8_params *p) {
  const int32_t right = p->shift < 0 ? -p->shift : 0;
  const nn_mul_factors f = {
      .a_zero = p->a_zero,
      .b_zero = p->b_zero,
      .multiplier = p->multiplier,
      .left = p->shift > 0 ? p->shift : 0,
      .right = right,
      .half = right > 0 ? (int32_t)(UINT32_C(1) << (right - 1)) : 0,
      .ties = right > 0 ? -1 : 0,
      .out_zero = p->out_zero,
      .low = p->low,
      .high = p->high,
  };
  return f;
}

#endif
