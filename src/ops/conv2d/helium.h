// What the int8 kernels made for Helium (Cortex-M55) want from the compiler.
#pragma once

#include "ops/conv2d/window.h"

namespace ew {

// Weights [output channel][kernel_h][kernel_w][channel], the channels those of one group.
struct FilterShape { int64_t out_channels = 1, kernel_h = 1, kernel_w = 1, channels = 1, groups = 1; };

// The weights as runtime/include/nn_conv2d.h packs them for nn_conv2d_mve_s8_row, and the bytes of scratch that this kernel needs.
Tensor helium_filters(const Tensor& weights, const FilterShape& shape);
int64_t helium_strip(const FilterShape& shape, int64_t stride_w, int64_t out_width);

bool has_helium(const Node& node, const Target& target);
bool columns_not_dilated(const Node& node, const Target& target);   // of a Convolution

inline constexpr Rule helium_rule{"a core with Helium", has_helium};
inline constexpr Rule dilation_w_rule{"a horizontal dilation of 1", columns_not_dilated};

}  // namespace ew
