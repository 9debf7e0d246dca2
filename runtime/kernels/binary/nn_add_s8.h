/* The arithmetic of int8 additions, element by element. */
#ifndef NN_ADD_S8_H
#define NN_ADD_S8_H

#include "nn_binary.h"
#include "nn_requantize.h"

/* What an element needs, in registers. Doubling high multiplication as a 64-bit multiplication whose upper half is taken: one
 * instruction and one addition with carry. */
typedef struct {
  int32_t a_factor, constant;               /* constant: -a_zero * a_factor */
  int32_t b_zero, b_sign, b_multiplier, b_shift, b_half, b_ties;
  int32_t out_multiplier, out_shift, out_half, out_zero, low, high;
} nn_add_factors;

static inline int32_t nn_high_multiply_doubled(int32_t x2, int32_t multiplier) {
  return (int32_t)(((int64_t)x2 * multiplier + (INT64_C(1) << 31)) >> 32);
}

/* b on the common scale, with its sign. b_ties is -1 where the right shift rounds (ties away from zero) and 0 where there is none. */
static inline int32_t nn_add_scaled_b(const nn_add_factors *f, int32_t b) {
  int32_t h = nn_high_multiply_doubled((b - f->b_zero) * (1 << 21), f->b_multiplier);
  h += (h >> 31) & f->b_ties;
  return ((h + f->b_half) >> f->b_shift) * f->b_sign;
}

static inline int8_t nn_add_finish(const nn_add_factors *f, int32_t sum) {
  int32_t h = nn_high_multiply_doubled(sum * 2, f->out_multiplier);
  h += h >> 31;
  return (int8_t)nn_clamp(((h + f->out_half) >> f->out_shift) + f->out_zero, f->low, f->high);
}

/* A row; a step of 0 repeats the operand's first element. */
static inline void nn_add_elements_s8(const nn_add_factors *factors, const int8_t *a, const int8_t *b, int8_t *out, int32_t count, int32_t a_step,
                                      int32_t b_step) {
  const nn_add_factors f = *factors;
  if (a_step != 0 && b_step != 0) {
    for (int32_t i = 0; i < count; ++i) out[i] = nn_add_finish(&f, a[i] * f.a_factor + f.constant + nn_add_scaled_b(&f, b[i]));
  } else if (a_step != 0) {
    const int32_t second = nn_add_scaled_b(&f, b[0]) + f.constant;
    for (int32_t i = 0; i < count; ++i) out[i] = nn_add_finish(&f, a[i] * f.a_factor + second);
  } else {
    const int32_t first = a[0] * f.a_factor + f.constant;
    for (int32_t i = 0; i < count; ++i) out[i] = nn_add_finish(&f, first + nn_add_scaled_b(&f, b_step != 0 ? b[i] : b[0]));
  }
}

static inline nn_add_factors nn_add_factors_of(const nn_add_s8_params *p) {
  const nn_add_factors f = {
      .a_factor = p->a_factor,
      .constant = -p->a_zero * p->a_factor,
      .b_zero = p->b_zero,
      .b_sign = p->b_sign,
      .b_multiplier = p->b_multiplier,
      .b_shift = p->b_shift,
      .b_half = p->b_shift > 0 ? (int32_t)(UINT32_C(1) << (p->b_shift - 1)) : 0,
      .b_ties = p->b_shift > 0 ? -1 : 0,
      .out_multiplier = p->out_multiplier,
      .out_shift = p->out_shift,
      .out_half = (int32_t)(UINT32_C(1) << (p->out_shift - 1)),
      .out_zero = p->out_zero,
      .low = p->low,
      .high = p->high,
  };
  return f;
}

#endif
