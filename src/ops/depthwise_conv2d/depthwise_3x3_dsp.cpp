// DEPTHWISE_CONV_2D 3x3 for Cortex-M4, M7 and M33: packing and lowering for nn_dwconv2d_3x3[s2][_affine]_dsp_s8_row.
#include "ops/affine_output.h"
#include "ops/depthwise_conv2d/depthwise_conv2d.h"

namespace ew {

namespace {

constexpr int64_t taps = 9;

WeightedQuant quant_of(const Node& node) {
  const auto& attrs = node.as<Convolution>();
  return weighted_quant(node, node.out[0]->type.shape[3], attrs.activation, attrs.float_product);
}

WeightLayout layout_of(const Node& node) {
  const int64_t channels = node.out[0]->type.shape[3];
  return {channels, taps, 1, channels};
}

// Nine bytes a channel, in the order of runtime/include/nn_dwconv2d.h.
Tensor packed(const Tensor& weights) {
  constexpr size_t order[taps] = {0, 1, 3, 4, 2, 7, 5, 8, 6};
  const auto channels = static_cast<size_t>(weights.type.shape[3]);
  Tensor result = weights;
  for (size_t c = 0; c < channels; ++c)
    for (size_t i = 0; i < taps; ++i) result.as<int8_t>()[c * taps + i] = weights.as<int8_t>()[order[i] * channels + c];
  return result;
}

void lower_3x3(const Node& node, Lowering& to, std::string_view function, Tensor bias, Arg multiplier, Arg last) {
  const WeightedQuant q = quant_of(node);
  Call call = depthwise_call(node, to, function);
  add_pad_row(to, call.windows[0], call.out_rows, q.in_zero);
  std::vector<Field> fields = depthwise_fields(node);
  add_fields(fields, q);
  call.params = Params{"nn_dwconv2d_s8_params", std::move(fields)};
  call.args = {rows_arg(0, "int8_t"), array_arg(to.weights("weights", packed(*node.in[1]->constant)), "const int8_t"),
               array_arg(to.bias("bias", std::move(bias)), "const int32_t"), std::move(multiplier), std::move(last), out_row_arg("int8_t")};
  call_each_image(to, call, node.in[0]->type.shape[0]);
}

}  // namespace

bool has_dsp(const Node&, const Target& target) { return target.features.dsp; }

bool kernel_is_3x3(const Node& node, const Target&) {
  const Sliding& s = node.as<Convolution>().sliding;
  const Shape& w = node.in[1]->type.shape;
  const Shape& out = node.out[0]->type.shape;
  return w[1] == 3 && w[2] == 3 && s.dilation_w == 1 && s.pad_left <= 1 && out[3] >= 4 && out[2] >= 3;
}

bool width_is_thirds(const Node& node, const Target&) {
  const int64_t width = node.out[0]->type.shape[2];
  return width <= 4 || width % 6 < 4;
}

bool output_is_affine(const Node& node, const Target&) { return affine_output(node, quant_of(node), layout_of(node)).has_value(); }

void lower_depthwise_3x3_dsp(const Node& node, Lowering& to, std::string_view function) {
  const WeightedQuant q = quant_of(node);
  const FactorTables tables = factor_tables(q.factors);
  lower_3x3(node, to, function, folded_bias(node, q, layout_of(node)),
            table_arg(to.table("multiplier", DType::int32, tables.multipliers), "int32_t"),
            table_arg(to.table("shift", DType::int8, tables.shifts), "int8_t"));
}

void lower_depthwise_3x3_affine_dsp(const Node& node, Lowering& to, std::string_view function) {
  AffineOutput output = affine_output(node, quant_of(node), layout_of(node)).value();
  lower_3x3(node, to, function, std::move(output.bias),
            table_arg(to.table("multiplier", DType::int32, output.multipliers), "int32_t"),
            table_arg(to.table("offset", DType::int8, output.offsets), "int8_t"));
}

}  // namespace ew
