// Convolutions and dense layers by the kernels for cores with SMLAD, which multiply two output channels at once (runtime/include/arch/nn_pairs_s8.h,
// nn_vector_s8.h).
#pragma once

#include "ops/conv2d/window.h"

namespace ew {

// The filters of a layer: where weight i of channel c stands, and how a window is made up of kernel rows.
struct Filters {
  WeightLayout layout;                           // layout.count: kernel_h * bytes of a kernel row
  int64_t groups = 1, kernel_h = 1;
};

// Has the target SMLAD (and no Helium), does no pair of weights leave a halfword and no sum of a second channel 24 bits?
bool channels_pair(const Node& node, const Target& target, const Filters& filters, const WeightedQuant& quant);

// ... and the factors of a Convolution, do they lie in [2^-13, 2^-2)? Below that, too, when results below the zero point are clamped to it.
bool convolution_pairs(const Node& node, const Target& target, const Filters& filters);
inline constexpr std::string_view paired_text = "a core with SMLAD, weights and factors that fit its pairs of channels";

// Weights in the order of nn_conv2d_dsp_s8_row, in that of nn_vector_s8.h and in that of nn_quads_s8.h; b0, b0 + 256 * b1 of each pair of a folded bias.
Tensor paired_weights(const Node& node, const Filters& filters);
Tensor vector_weights(const Node& node, const WeightLayout& layout);
Tensor quad_weights(const Node& node, const WeightLayout& layout);
Tensor paired_bias(const Tensor& folded, const Filters& filters);

// Adds weights, bias, tables, scratch and the row to the arguments of a call of one of the kernels made for them, whose windows are known.
void add_paired_arguments(const Node& node, Lowering& to, Call& call, const Filters& filters);

}  // namespace ew
