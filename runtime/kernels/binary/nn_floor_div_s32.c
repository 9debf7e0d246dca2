#include "nn_binary_body.h"

/* INT32_MIN / -1 wraps. */
static inline int32_t floor_divide(int32_t x, int32_t y) {
  if (y == 0) return 0;
  if (y == -1) return (int32_t)(0u - (uint32_t)x);
  return x / y - (x % y != 0 && (x < 0) != (y < 0) ? 1 : 0);
}

NN_BINARY(nn_floor_div_s32, int32_t, int32_t, floor_divide(x, y))
