#include "nn_binary_body.h"

static inline int32_t floor_mod(int32_t x, int32_t y) {
  if (y == 0 || y == -1) return 0;
  const int32_t rest = x % y;
  return rest != 0 && (rest < 0) != (y < 0) ? rest + y : rest;
}

NN_BINARY(nn_floor_mod_s32, int32_t, int32_t, floor_mod(x, y))
