// LOGICAL_AND, LOGICAL_OR, LOGICAL_NOT on bool.
#include "ops/broadcast.h"
#include "ops/tflite_context.h"

#include "base/error.h"

#include <algorithm>
#include <array>

namespace ew {
namespace {

struct Logical : AttrsOf<Logical> {
  std::string kind = "and";
  template <class V> void fields(V& v) { v("kind", kind); }
};

std::vector<Type> infer(const Node& node) {
  for (const Value* v : node.in)
    if (v->type.dtype != DType::boolean) throw load_error(fmt::format("layer '{}': logic on {}", node.name, name(v->type.dtype)));
  if (node.in.size() == 1) return {{DType::boolean, node.in[0]->type.shape, {}}};
  return {{DType::boolean, broadcast_shape(node, node.in.at(0)->type.shape, node.in.at(1)->type.shape), {}}};
}

Walk walk_of(const Node& node) {
  const std::array operands{node.in[0]->type.shape, node.in[1]->type.shape};
  return broadcast_walk(node.out[0]->type.shape, operands);
}

void eval(const Node& node, std::span<const Tensor* const> in, std::span<Tensor> out) {
  const auto a = in[0]->as<uint8_t>();
  const auto y = out[0].as<uint8_t>();
  if (in.size() == 1) {
    std::transform(a.begin(), a.end(), y.begin(), [](uint8_t v) { return v == 0 ? 1 : 0; });
    return;
  }
  const auto b = in[1]->as<uint8_t>();
  const bool both = node.as<Logical>().kind == "and";
  for_each(walk_of(node), [&](size_t i, const std::vector<size_t>& at) {
    const bool p = a[at[0]] != 0, q = b[at[1]] != 0;
    y[i] = both ? p && q : p || q;
  });
}

void import_tflite(TfliteContext& context) {
  auto attrs = std::make_unique<Logical>();
  attrs->kind = context.op_name == "LOGICAL_AND" ? "and" : context.op_name == "LOGICAL_OR" ? "or" : "not";
  std::vector<Value*> in{context.input(0)};
  if (attrs->kind != "not") in.push_back(context.input(1));
  context.finish(*find_op("logical"), std::move(attrs), std::move(in));
}

void lower(const Node& node, Lowering& lowering) {
  Call call;
  call.function = "nn_logical_" + node.as<Logical>().kind;
  call.args = {array_arg(lowering.input(0), "const uint8_t")};
  if (node.in.size() == 1) {
    call.args.push_back(array_arg(lowering.output(), "uint8_t"));
    call.args.push_back(number_arg(elements(node.out[0]->type.shape)));
  } else {
    call.params = Params{"nn_binary_params", {}};
    add_walk_fields(*call.params, "shape", walk_of(node));
    call.args.push_back(array_arg(lowering.input(1), "const uint8_t"));
    call.args.push_back(array_arg(lowering.output(), "uint8_t"));
  }
  lowering.call(std::move(call));
  overlap_unrepeated(node, lowering);
}

constexpr std::array kernels{Kernel{"nn_logical_<kind>", {}, nullptr, lower}};
constexpr std::array imports{
    Import{"tflite", "LOGICAL_AND", "bool", import_tflite},
    Import{"tflite", "LOGICAL_OR", "bool", import_tflite},
    Import{"tflite", "LOGICAL_NOT", "bool", import_tflite},
};

}  // namespace

extern const Op logical_op{
    .name = "logical",
    .make_attrs = [] { return std::unique_ptr<Attrs>(std::make_unique<Logical>()); },
    .infer = infer,
    .macc = [](const Node& node) { return elements(node.out[0]->type.shape); },
    .eval = eval,
    .imports = imports,
    .kernels = kernels,
    .layer = [](const Node&) { return LayerType{"Eltwise", 0x113}; },
    .c_prefix = "eltwise",
};

}  // namespace ew
