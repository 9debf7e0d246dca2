// Weights of the float kernels: packed so that those of eight channels that belong to one input value stand side by side.
#pragma once

#include "ir/tensor.h"

namespace ew {

// nn_conv2d_f32_row, nn_dense_f32. The first dimension counts filters; `groups` of equal size are packed each by itself.
Tensor filters_by_eights(const Tensor& weights, int64_t groups = 1);

// nn_dwconv2d_f32_row. The last dimension counts channels.
Tensor channels_by_eights(const Tensor& weights);

// The filters of a convolution with one input channel from depthwise weights: [taps][filters] to [filters][taps].
Tensor filters_of_one_channel(const Tensor& weights);

}  // namespace ew
