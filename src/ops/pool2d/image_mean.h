// Averages over the whole of one image, for global pools and MEAN: row by row, so that the image need not exist as a whole.
#pragma once

#include "ops/conv2d/window.h"

namespace ew {

// One image of less than 2^23 pixels, as the kernels' sums want it.
bool is_one_image(const Shape& image);

// int8, `function` without its ending: "nn_global_mean" stands for nn_global_mean_s8_row and nn_global_mean_mve_s8_row. `more`: the parameters
// behind the image's. The sums are in scratch memory.
void lower_image_mean_s8(const Node& node, Lowering& to, std::string_view function, const std::vector<Field>& more);

// float32; the sums are where the means will be.
void lower_image_mean_f32(const Node& node, Lowering& to, RealRange clamp);

}  // namespace ew
