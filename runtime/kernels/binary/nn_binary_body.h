/* Defines a function of two operands: NAME(PARAMS, in type T, out type U, expression of x and y). */
#ifndef NN_BINARY_BODY_H
#define NN_BINARY_BODY_H

#include "nn_binary.h"

#include "arch/nn_clamp_f32.h"

/* The row with its three kinds of operands: both advance, b stands still, a stands still. */
#define NN_BINARY_ROW(T, U, EXPRESSION)                                                                                   \
  static void compute_row(const void *params, const void *a_row, const void *b_row, void *out_row, int32_t count,        \
                          int32_t a_step, int32_t b_step) {                                                               \
    const T *a = a_row, *b = b_row;                                                                                       \
    U *out = out_row;                                                                                                     \
    (void)params;                                                                                                         \
    if (a_step != 0 && b_step != 0) {                                                                                     \
      for (int32_t i = 0; i < count; ++i) {                                                                               \
        const T x = a[i], y = b[i];                                                                                       \
        out[i] = EXPRESSION;                                                                                              \
      }                                                                                                                   \
    } else if (a_step != 0) {                                                                                             \
      const T y = b[0];                                                                                                   \
      for (int32_t i = 0; i < count; ++i) {                                                                               \
        const T x = a[i];                                                                                                 \
        out[i] = EXPRESSION;                                                                                              \
      }                                                                                                                   \
    } else {                                                                                                              \
      const T x = a[0];                                                                                                   \
      for (int32_t i = 0; i < count; ++i) {                                                                               \
        const T y = b_step != 0 ? b[i] : b[0];                                                                            \
        out[i] = EXPRESSION;                                                                                              \
      }                                                                                                                   \
    }                                                                                                                     \
  }

#define NN_BINARY(NAME, T, U, EXPRESSION)                                                                                 \
  NN_BINARY_ROW(T, U, EXPRESSION)                                                                                         \
  void NAME(const nn_binary_params *p, const T *a, const T *b, U *out) {                                                  \
    nn_broadcast_rows(&p->shape, compute_row, p, a, b, (int32_t)sizeof(T), out, (int32_t)sizeof(U));                      \
  }

/* The same of floats, the finished row clamped where the params ask for it. */
#define NN_BINARY_F32(NAME, EXPRESSION)                                                                                   \
  NN_BINARY_ROW(float, float, EXPRESSION)                                                                                 \
  static void clamped_row(const void *params, const void *a, const void *b, void *out_row, int32_t count, int32_t a_step, \
                          int32_t b_step) {                                                                               \
    const nn_binary_f32_params *p = params;                                                                               \
    float *out = out_row;                                                                                                 \
    compute_row(params, a, b, out_row, count, a_step, b_step);                                                            \
    nn_clamp_row_f32(out, count, p->low, p->high);                                                                        \
  }                                                                                                                       \
  void NAME(const nn_binary_f32_params *p, const float *a, const float *b, float *out) {                                  \
    nn_broadcast_rows(&p->shape, p->clamps ? clamped_row : compute_row, p, a, b, (int32_t)sizeof(float), out,             \
                      (int32_t)sizeof(float));                                                                            \
  }

#endif
