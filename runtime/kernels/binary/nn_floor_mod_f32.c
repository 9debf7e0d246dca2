#include "nn_binary_body.h"

#include <math.h>

static inline float floor_mod(float x, float y) {
  const float rest = fmodf(x, y);
  return rest != 0.0f && (rest < 0.0f) != (y < 0.0f) ? rest + y : rest;
}

NN_BINARY_F32(nn_floor_mod_f32, floor_mod(x, y))
