#include "passes/io_types.h"

#include "base/error.h"
#include "ops/op.h"

#include <algorithm>

namespace ew {
namespace {

bool is_eight_bit(DType dtype) { return dtype == DType::int8 || dtype == DType::uint8; }

// The type asked for tensor `index` of `count`; the tensor's own when nothing is asked.
DType asked(std::span<const DType> types, size_t index, size_t count, DType own, std::string_view option) {
  if (types.empty()) return own;
  if (types.size() != 1 && types.size() != count)
    throw cli_error(fmt::format("{}: {} types for {} tensors; give one, or one for each", option, types.size(), count));
  return types.size() == 1 ? types[0] : types[index];
}

Type converted(const Type& from, DType to) {
  Type type{to, from.shape, from.quant};
  if (to == DType::float32) type.quant.reset();
  if (is_eight_bit(to) && to != from.dtype && type.quant) type.quant->zero[0] += to == DType::uint8 ? 128 : -128;
  return type;
}

const Op& converter(DType from, DType to) {
  const std::string_view wanted = from != DType::float32 && to == DType::float32 ? "dequantize" : "quantize";
  const Op* op = find_op(wanted);
  if (op == nullptr) throw internal_error(fmt::format("the operator '{}' is missing", wanted));
  return *op;
}

bool check(const Value& value, DType wanted, std::string_view option) {
  if (wanted == value.type.dtype) return false;
  if (!value.type.quant) {
    if (wanted == DType::float32 || value.type.dtype != DType::float32) return false;  // nothing to convert; the type is kept
    throw cli_error(fmt::format("{} {}: '{}' is not quantised, it stays {}", option, name(wanted), value.name, name(value.type.dtype)));
  }
  return is_eight_bit(value.type.dtype);
}

}  // namespace

void change_io_types(Graph& graph, std::span<const DType> input_types, std::span<const DType> output_types) {
  for (size_t i = 0; i < graph.inputs.size(); ++i) {
    Value* old = graph.inputs[i];
    const DType wanted = asked(input_types, i, graph.inputs.size(), old->type.dtype, "--input-data-type");
    if (!check(*old, wanted, "--input-data-type")) continue;
    Value* fresh = graph.add_value(old->name, converted(old->type, wanted));
    const std::vector<Node*> nodes = graph.nodes();
    const Op& op = converter(wanted, old->type.dtype);
    Node* node = graph.add_node(op, old->name + "_converted", op.make_attrs(), {fresh}, {old->type}, {0}, nodes.empty() ? nullptr : nodes.front());
    graph.replace(*old, *node->out[0]);
    graph.inputs[i] = fresh;
  }
  for (size_t i = 0; i < graph.outputs.size(); ++i) {
    Value* old = graph.outputs[i];
    const DType wanted = asked(output_types, i, graph.outputs.size(), old->type.dtype, "--output-data-type");
    if (!check(*old, wanted, "--output-data-type")) continue;
    const Op& op = converter(old->type.dtype, wanted);
    const std::vector<int> origin = old->producer == nullptr ? std::vector<int>{0} : old->producer->origin;
    Node* node = graph.add_node(op, old->name + "_converted", op.make_attrs(), {old}, {converted(old->type, wanted)}, origin);
    node->out[0]->name = old->name;
    graph.outputs[i] = node->out[0];
  }
  graph.drop_unused_values();
}

}  // namespace ew
