// SELECT and SELECT_V2: a where the condition holds, b elsewhere. SELECT_V2 broadcasts all three; SELECT's condition may be one value per
// first dimension.
#include "ops/broadcast.h"
#include "ops/tflite_context.h"

#include "base/error.h"

#include <array>

namespace ew {
namespace {

struct Select : AttrsOf<Select> {
  bool condition_by_first_dimension = false;   // SELECT with a vector as condition
  template <class V> void fields(V& v) { v("condition_by_first_dimension", condition_by_first_dimension); }
};

// The condition's shape as it is aligned with the others.
Shape condition_shape(const Node& node) {
  Shape shape = node.in[0]->type.shape;
  if (node.as<Select>().condition_by_first_dimension) shape.resize(node.in[1]->type.shape.size(), 1);
  return shape;
}

std::vector<Type> infer(const Node& node) {
  const Type& a = node.in.at(1)->type;
  const Type& b = node.in.at(2)->type;
  if (node.in[0]->type.dtype != DType::boolean) throw load_error(fmt::format("layer '{}': a condition of {}", node.name, name(node.in[0]->type.dtype)));
  if (a.dtype != b.dtype) throw load_error(fmt::format("layer '{}': a choice between {} and {}", node.name, name(a.dtype), name(b.dtype)));
  return {{a.dtype, broadcast_shape(node, broadcast_shape(node, a.shape, b.shape), condition_shape(node)), {}}};
}

Walk walk_of(const Node& node) {
  const std::array operands{condition_shape(node), node.in[1]->type.shape, node.in[2]->type.shape};
  return broadcast_walk(node.out[0]->type.shape, operands);
}

void eval(const Node& node, std::span<const Tensor* const> in, std::span<Tensor> out) {
  const auto size = static_cast<size_t>(byte_size(in[1]->type.dtype));
  const auto condition = in[0]->as<uint8_t>();
  for_each(walk_of(node), [&](size_t i, const std::vector<size_t>& at) {
    const uint8_t* from = condition[at[0]] != 0 ? in[1]->data.data() + at[1] * size : in[2]->data.data() + at[2] * size;
    std::memcpy(out[0].data.data() + i * size, from, size);
  });
}

void import_tflite(TfliteContext& context) {
  auto attrs = std::make_unique<Select>();
  const Value* condition = context.input(0);
  attrs->condition_by_first_dimension =
      context.op_name == "SELECT" && condition->type.shape.size() == 1 && context.input(1)->type.shape.size() > 1;
  context.finish(*find_op("select"), std::move(attrs), {context.input(0), context.input(1), context.input(2)});
}

bool one_byte(const Node& n) { return byte_size(n.out[0]->type.dtype) == 1; }

void lower(const Node& node, Lowering& lowering) {
  const Walk walk = walk_of(node);
  const std::string type = one_byte(node) ? "uint8_t" : "uint32_t";
  Call call;
  call.function = one_byte(node) ? "nn_select_8" : "nn_select_32";
  call.params = Params{"nn_select_params",
                       {{"rank", static_cast<int64_t>(walk.size.size())},
                        {"size", walk.size},
                        {"condition_stride", walk.stride[0]},
                        {"a_stride", walk.stride[1]},
                        {"b_stride", walk.stride[2]}}};
  call.args = {array_arg(lowering.input(0), "const uint8_t"), array_arg(lowering.input(1), "const " + type),
               array_arg(lowering.input(2), "const " + type), array_arg(lowering.output(), type)};
  lowering.call(std::move(call));
  overlap_unrepeated(node, lowering);
}

constexpr std::array rules{Rule{"elements of 1 or 4 bytes", [](const Node& n, const Target&) {
                                  return one_byte(n) || byte_size(n.out[0]->type.dtype) == 4;
                                }}};
constexpr std::array kernels{Kernel{"nn_select_8 or _32", rules, nullptr, lower}};
constexpr std::array imports{
    Import{"tflite", "SELECT", "float32, int8, uint8, int32, bool", import_tflite},
    Import{"tflite", "SELECT_V2", "float32, int8, uint8, int32, bool", import_tflite},
};

}  // namespace

extern const Op select_op{
    .name = "select",
    .make_attrs = [] { return std::unique_ptr<Attrs>(std::make_unique<Select>()); },
    .infer = infer,
    .macc = [](const Node& node) { return elements(node.out[0]->type.shape); },
    .eval = eval,
    .imports = imports,
    .kernels = kernels,
    .layer = [](const Node&) { return LayerType{"Where", 0x127}; },
    .c_prefix = "where",
};

}  // namespace ew
