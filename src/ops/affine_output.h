// Requantisation as one multiplication: constants with which
//   (sum * multiplier + offset * 2^32) >> 32, saturated and clamped, equals `double` rounding, zero point and clamp for every sum
// that a channel's weights allow. `sum` is taken with a bias of its own: what bias, in steps of 2^-32 * multiplier, and offset, in steps of
// 1, add up to comes close to any constant.
#pragma once

#include "ops/conv2d/window.h"

#include <optional>
#include <vector>

namespace ew {

struct AffineChannel { int32_t multiplier = 0, bias = 0; int8_t offset = 0; };   // bias: what is added to the folded one

// For one channel whose sums, with the folded bias, lie in [least, most]. None where no such constants were found.
std::optional<AffineChannel> affine_channel(const WeightedQuant& quant, int64_t channel, int64_t least, int64_t most);

struct AffineOutput { Tensor bias; std::vector<int32_t> multipliers; std::vector<int8_t> offsets; };

// For one channel of an operator with weights, its folded bias `bias` (folded_bias in ops/conv2d/window.h).
std::optional<AffineChannel> affine_channel(const Node& node, const WeightedQuant& quant, const WeightLayout& layout, int64_t channel, int64_t bias);

// For all channels of an operator with weights. None: a channel has no such constants.
std::optional<AffineOutput> affine_output(const Node& node, const WeightedQuant& quant, const WeightLayout& layout);

}  // namespace ew
