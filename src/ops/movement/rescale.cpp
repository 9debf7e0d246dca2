// An input of a uint8 CONCATENATION brought to the scale of its output. LiteRT computes this in float (reference_ops/concatenation.h,
// ConcatenationWithScaling), so it is not the fixed-point requantisation of `quantize`: round(q * s + b) + zero with s = in scale / out scale and
// b = -(in zero) * s, on the unsigned values.
#include "ops/lowering.h"

#include "base/error.h"
#include "ops/channels.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace ew {
namespace {

std::vector<Type> infer(const Node& node) { return {{node.in.at(0)->type.dtype, node.in[0]->type.shape, {}}}; }

// By the int8 value + 128, which is the uint8 value of the file.
std::array<int8_t, 256> table(const Type& in, const Type& out) {
  const float inverse = 1.0F / out.quant->scale.at(0);
  const float scale = in.quant->scale.at(0) * inverse;
  const float bias = -static_cast<float>(in.quant->zero.at(0) + 128) * scale;
  std::array<int8_t, 256> result{};
  for (int q = 0; q < 256; ++q) {
    const auto value = static_cast<int32_t>(std::round(static_cast<float>(q) * scale + bias)) + out.quant->zero.at(0) + 128;
    result[static_cast<size_t>(q)] = static_cast<int8_t>(std::clamp(value, 0, 255) - 128);
  }
  return result;
}

void eval(const Node& node, std::span<const Tensor* const> in, std::span<Tensor> out) {
  const auto lookup = table(node.in[0]->type, node.out[0]->type);
  std::ranges::transform(in[0]->as<int8_t>(), out[0].as<int8_t>().begin(), [&](int8_t q) { return lookup[static_cast<size_t>(q + 128)]; });
}

void lower(const Node& node, Lowering& lowering) {
  const auto lookup = table(node.in[0]->type, node.out[0]->type);
  Call call;
  call.function = "nn_lut_s8";
  call.args = {array_arg(lowering.input(0), "const int8_t"), table_arg(lowering.table("table", DType::int8, lookup.data(), lookup.size()), "const int8_t"),
               array_arg(lowering.output(), "int8_t"), number_arg(elements(node.out[0]->type.shape))};
  lowering.call(std::move(call));
  lowering.overlap(0, 0);
}

constexpr std::array rules{Rule{"int8 values quantised per tensor", [](const Node& n, const Target&) {
  const auto& in = n.in[0]->type;
  const auto& out = n.out[0]->type;
  return in.dtype == DType::int8 && in.quant && in.quant->axis < 0 && out.quant && out.quant->axis < 0;
}}};
constexpr Channels channels{.bounds = elementwise_bounds};
constexpr std::array kernels{Kernel{"nn_lut_s8", rules, nullptr, lower}};

}  // namespace

extern const Op rescale_op{
    .name = "rescale",
    .make_attrs = [] { return std::unique_ptr<Attrs>(std::make_unique<NoAttrs>()); },
    .infer = infer,
    .macc = [](const Node& node) { return 2 * elements(node.out[0]->type.shape); },
    .eval = eval,
    .imports = {},
    .kernels = kernels,
    .layer = [](const Node&) { return LayerType{"Conversion", 0x107}; },
    .c_prefix = "rescale",
    .channels = &channels,
};

}  // namespace ew
