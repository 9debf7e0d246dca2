// The list of operators: one line each.
#include "ops/op.h"

#include <array>

namespace ew {

extern const Op conv2d_op;
extern const Op depthwise_conv2d_op;
extern const Op transpose_conv_op;
extern const Op dense_op;
extern const Op average_pool2d_op;
extern const Op max_pool2d_op;
extern const Op reshape_op;
extern const Op transpose_op;
extern const Op slice_op;
extern const Op pad_op;
extern const Op concat_op;
extern const Op rescale_op;
extern const Op repeat_channels_op;
extern const Op split_op;
extern const Op space_to_depth_op;
extern const Op depth_to_space_op;
extern const Op space_to_batch_op;
extern const Op batch_to_space_op;
extern const Op fill_op;
extern const Op gather_op;
extern const Op resize_nearest_op;
extern const Op resize_bilinear_op;
extern const Op unary_op;
extern const Op quantize_op;
extern const Op dequantize_op;
extern const Op cast_op;
extern const Op softmax_op;
extern const Op binary_op;
extern const Op log_softmax_op;
extern const Op reduce_op;
extern const Op arg_select_op;
extern const Op l2_normalization_op;
extern const Op prelu_op;
extern const Op batch_matmul_op;
extern const Op compare_op;
extern const Op logical_op;
extern const Op select_op;

namespace {

const std::array list{
    // sums over windows and vectors
    &conv2d_op,
    &depthwise_conv2d_op,
    &transpose_conv_op,
    &dense_op,
    &average_pool2d_op,
    &max_pool2d_op,
    // moving elements
    &reshape_op,
    &transpose_op,
    &slice_op,
    &pad_op,
    &concat_op,
    &rescale_op,
    &repeat_channels_op,
    &split_op,
    &space_to_depth_op,
    &depth_to_space_op,
    &space_to_batch_op,
    &batch_to_space_op,
    &fill_op,
    &gather_op,
    &resize_nearest_op,
    &resize_bilinear_op,
    // element by element
    &unary_op,
    &quantize_op,
    &dequantize_op,
    &cast_op,
    &softmax_op,
    &log_softmax_op,
    &binary_op,
    // along dimensions
    &reduce_op,
    &arg_select_op,
    &l2_normalization_op,
    &prelu_op,
    &batch_matmul_op,
    &compare_op,
    &logical_op,
    &select_op,
};

}  // namespace

std::span<const Op* const> all_ops() { return list; }

const Op* find_op(std::string_view name) {
  for (const Op* op : list)
    if (op->name == name) return op;
  return nullptr;
}

const Import* find_import(std::string_view framework, std::string_view name, const Op** op) {
  for (const Op* candidate : list)
    for (const Import& import : candidate->imports)
      if (import.framework == framework && import.name == name) {
        if (op != nullptr) *op = candidate;
        return &import;
      }
  return nullptr;
}

}  // namespace ew
