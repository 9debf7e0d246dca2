#include "nn_binary_body.h"

/* INT32_MIN / -1 wraps. */
static inline int32_t divide(int32_t x, int32_t y) {
  if (y == 0) return 0;
  return y == -1 ? (int32_t)(0u - (uint32_t)x) : x / y;
}

NN_BINARY(nn_div_s32, int32_t, int32_t, divide(x, y))
