// 1 / sqrt(x) of an integer in fixed point, as LiteRT's reference kernels compute it (RSQRT and L2_NORMALIZATION in int8).
#pragma once

#include "ops/quantization.h"

namespace ew {

// x >= 0; 0 counts as 1. The result's value is below 2^31 but not normalised.
Multiplier inverse_square_root(int32_t x);

}  // namespace ew
