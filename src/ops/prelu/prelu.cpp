// PRELU: x where it is not negative, x times a slope (broadcast) where it is.
#include "ops/broadcast.h"
#include "ops/quantization.h"
#include "ops/tflite_context.h"

#include "base/error.h"

#include <algorithm>
#include <array>

namespace ew {
namespace {

std::vector<Type> infer(const Node& node) {
  const Type& in = node.in.at(0)->type;
  const Type& slope = node.in.at(1)->type;
  if (in.dtype != slope.dtype || (in.dtype != DType::float32 && in.dtype != DType::int8))
    throw not_implemented(fmt::format("layer '{}': PRELU of {} with slopes of {}", node.name, name(in.dtype), name(slope.dtype)));
  if (broadcast_shape(node, in.shape, slope.shape) != in.shape)
    throw load_error(fmt::format("layer '{}': slopes of shape {} for an input of {}", node.name, text(slope.shape), text(in.shape)));
  return {{in.dtype, in.shape, {}}};
}

Walk walk_of(const Node& node) {
  const std::array operands{node.in[0]->type.shape, node.in[1]->type.shape};
  return broadcast_walk(node.out[0]->type.shape, operands);
}

// int8: the factor of x where it is not negative, and of the product with the slope where it is. `double` rounding; computed in float, as there.
struct Factors { Multiplier identity, product; };
Factors factors(const Node& node) {
  const float in = per_tensor(node.in[0]->type).scale;
  const float slope = per_tensor(node.in[1]->type).scale;
  const float out = per_tensor(node.out[0]->type).scale;
  return {quantize_multiplier(static_cast<double>(in / out)), quantize_multiplier(static_cast<double>(in * slope / out))};
}

void eval(const Node& node, std::span<const Tensor* const> in, std::span<Tensor> out) {
  const Walk walk = walk_of(node);
  if (in[0]->type.dtype == DType::float32) {
    const auto x = in[0]->as<float>(), slope = in[1]->as<float>();
    const auto y = out[0].as<float>();
    for_each(walk, [&](size_t i, const std::vector<size_t>& at) { y[i] = x[at[0]] >= 0 ? x[at[0]] : x[at[0]] * slope[at[1]]; });
    return;
  }
  const auto x = in[0]->as<int8_t>(), slope = in[1]->as<int8_t>();
  const auto y = out[0].as<int8_t>();
  const Factors f = factors(node);
  const int32_t zero = per_tensor(node.in[0]->type).zero, slope_zero = per_tensor(node.in[1]->type).zero;
  const int32_t out_zero = per_tensor(node.out[0]->type).zero;
  for_each(walk, [&](size_t i, const std::vector<size_t>& at) {
    const int32_t v = x[at[0]] - zero;
    const int32_t scaled = v >= 0 ? multiply_double_rounding(v, f.identity) : multiply_double_rounding(v * (slope[at[1]] - slope_zero), f.product);
    y[i] = static_cast<int8_t>(std::clamp(scaled + out_zero, -128, 127));
  });
}

void import_tflite(TfliteContext& context) {
  context.finish(*find_op("prelu"), std::make_unique<NoAttrs>(), {context.input(0), context.input(1)});
}

void lower(const Node& node, Lowering& lowering) {
  const DType dtype = node.in[0]->type.dtype;
  Call call;
  call.function = dtype == DType::int8 ? "nn_prelu_s8" : "nn_prelu_f32";
  call.params = Params{dtype == DType::int8 ? "nn_prelu_s8_params" : "nn_binary_params", {}};
  add_walk_fields(*call.params, "shape", walk_of(node));
  if (dtype == DType::int8) {
    const Factors f = factors(node);
    auto& fields = call.params->fields;
    fields.push_back({"in_zero", int64_t{per_tensor(node.in[0]->type).zero}});
    fields.push_back({"slope_zero", int64_t{per_tensor(node.in[1]->type).zero}});
    fields.push_back({"multiplier", int64_t{f.identity.value}});
    fields.push_back({"shift", int64_t{f.identity.shift}});
    fields.push_back({"slope_multiplier", int64_t{f.product.value}});
    fields.push_back({"slope_shift", int64_t{f.product.shift}});
    fields.push_back({"out_zero", int64_t{per_tensor(node.out[0]->type).zero}});
  }
  const std::string type = ctype(dtype);
  call.args = {array_arg(lowering.input(0), "const " + type), array_arg(lowering.input(1), "const " + type), array_arg(lowering.output(), type)};
  lowering.call(std::move(call));
  lowering.overlap(0, 0);
  lowering.attribute("nonlinearity", "prelu");
}

constexpr std::array rules{Rule{"float32, or int8 quantised per tensor", [](const Node& n, const Target&) {
                                  return n.in[0]->type.dtype == DType::float32 ||
                                         (is_per_tensor(n.in[0]->type) && is_per_tensor(n.in[1]->type) && is_per_tensor(n.out[0]->type));
                                }}};
constexpr std::array kernels{Kernel{"nn_prelu_<type>", rules, nullptr, lower}};
constexpr std::array imports{Import{"tflite", "PRELU", "float32, int8, uint8", import_tflite}};

}  // namespace

extern const Op prelu_op{
    .name = "prelu",
    .make_attrs = [] { return std::unique_ptr<Attrs>(std::make_unique<NoAttrs>()); },
    .infer = infer,
    .macc = [](const Node& node) { return 2 * elements(node.out[0]->type.shape); },
    .eval = eval,
    .imports = imports,
    .kernels = kernels,
    .layer = [](const Node&) { return LayerType{"Nonlinearity", 0x107}; },
    .c_prefix = "nl",
};

}  // namespace ew
