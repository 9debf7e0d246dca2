// What the kernels of DEPTHWISE_CONV_2D share, and those whose packing stands in files of their own.
#pragma once

#include "ops/conv2d/window.h"

#include <array>

namespace ew {

// The fields that the int8 and the float parameters share.
std::vector<Field> depthwise_fields(const Node& node);

// A call of a row kernel with its window and output rows; the arguments are still to be filled in.
Call depthwise_call(const Node& node, Lowering& to, std::string_view function);

bool depth_multiplier_is_1(const Node& node, const Target&);
inline constexpr Rule depth_rule{"depth multiplier 1", depth_multiplier_is_1};

// depthwise_3x3_dsp.cpp: 3x3 with a horizontal stride of 1 or 2, for Cortex-M4, M7 and M33.
bool has_dsp(const Node&, const Target& target);
bool kernel_is_3x3(const Node& node, const Target&);
template <int64_t stride> bool horizontal_stride_is(const Node& node, const Target&) { return node.as<Convolution>().sliding.stride_w == stride; }
bool width_is_thirds(const Node& node, const Target&);
bool output_is_affine(const Node& node, const Target&);
inline constexpr Rule dsp_rule{"a core with DSP instructions", has_dsp};
inline constexpr Rule kernel_3x3_rule{"kernel 3x3, no dilation, at most one column of padding on the left, at least 4 channels and 3 columns", kernel_is_3x3};
inline constexpr Rule stride_1_rule{"horizontal stride 1", horizontal_stride_is<1>}, stride_2_rule{"horizontal stride 2", horizontal_stride_is<2>};
inline constexpr Rule thirds_rule{"an output row of at most 4 pixels, or no 4 or 5 more than a multiple of 6", width_is_thirds};
inline constexpr Rule affine_rule{"a requantisation that equals one multiplication", output_is_affine};
inline constexpr std::array depthwise_3x3_dsp_rules{dsp_rule, int8_rule, batch_rule, constant_rule, zero_rule, depth_rule, multiplier_rule, kernel_3x3_rule, stride_1_rule};
inline constexpr std::array depthwise_3x3s2_dsp_rules{dsp_rule, int8_rule, batch_rule, constant_rule, zero_rule, depth_rule, multiplier_rule, kernel_3x3_rule, stride_2_rule};
inline constexpr std::array depthwise_3x3_affine_dsp_rules{dsp_rule, int8_rule, batch_rule, constant_rule, zero_rule, depth_rule, multiplier_rule, kernel_3x3_rule, stride_1_rule, affine_rule};
inline constexpr std::array depthwise_3x3_thirds_affine_dsp_rules{dsp_rule, int8_rule, batch_rule, constant_rule, zero_rule, depth_rule, multiplier_rule, kernel_3x3_rule, stride_1_rule, thirds_rule, affine_rule};
inline constexpr std::array depthwise_3x3s2_affine_dsp_rules{dsp_rule, int8_rule, batch_rule, constant_rule, zero_rule, depth_rule, multiplier_rule, kernel_3x3_rule, stride_2_rule, affine_rule};
void lower_depthwise_3x3_dsp(const Node& node, Lowering& to, std::string_view function);
void lower_depthwise_3x3_affine_dsp(const Node& node, Lowering& to, std::string_view function);

}  // namespace ew
