// Orders of weights and tables for the int8 depthwise kernels made for Helium (runtime/include/nn_dwconv2d.h says what they are).
#pragma once

#include "ops/conv2d/helium.h"

namespace ew {

// Weights [1, kernel_h, kernel_w, channel]; bias and factors one per channel.
struct DepthwiseParameters {
  Tensor weights, bias;
  FactorTables tables;
};

DepthwiseParameters in_blocks_of_16(const DepthwiseParameters& p);   // nn_dwconv2d_mve_s8_row
DepthwiseParameters wrapped(const DepthwiseParameters& p);           // nn_dwconv2d_thin_mve_s8_row

// nn_dwconv2d_thin_mve_s8_row: of a Convolution.
bool thin_and_dense(const Node& node, const Target& target);
inline constexpr Rule thin_rule{"less than 16 channels and a horizontal stride of 1", thin_and_dense};

}  // namespace ew
