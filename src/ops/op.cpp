#include "ops/op.h"

#include "base/error.h"

#include <unordered_map>
#include <unordered_set>

namespace ew {

void infer_types(Node& node) {
  std::vector<Type> types = node.op->infer(node);
  if (types.size() != node.out.size())
    throw internal_error(fmt::format("'{}' ({}) has {} outputs, {} inferred", node.name, node.op->name, node.out.size(), types.size()));
  for (size_t i = 0; i < types.size(); ++i) {
    node.out[i]->type.dtype = types[i].dtype;
    node.out[i]->type.shape = std::move(types[i].shape);
  }
}

int64_t macc(const Node& node) {
  int64_t total = node.op->macc(node);
  if (node.out.empty() || node.out[0]->type.dtype != DType::float32) return total;
  const int64_t count = elements(node.out[0]->type.shape);
  switch (node.attrs->fused()) {
    case Activation::none: break;
    case Activation::relu: total += count; break;
    case Activation::relu_n1_to_1:
    case Activation::relu6: total += 2 * count; break;
    case Activation::tanh: total += 10 * count; break;
  }
  return total;
}

void verify(const Graph& graph) {
  std::unordered_set<const Value*> known;
  std::unordered_map<const Value*, std::vector<const Node*>> uses;
  const auto values = graph.values();
  const std::unordered_set<const Value*> owned(values.begin(), values.end());
  for (const Value* v : values) {
    if (v->constant && v->constant->type != v->type) throw internal_error(fmt::format("constant '{}' has two types", v->name));
    if (v->constant && static_cast<int64_t>(v->constant->data.size()) != bytes(v->type))
      throw internal_error(fmt::format("constant '{}' has {} bytes, its type {}", v->name, v->constant->data.size(), bytes(v->type)));
    if (v->producer == nullptr) known.insert(v);
  }
  for (Node* node : graph.nodes()) {
    for (const Value* v : node->in) {
      if (v == nullptr) continue;
      if (!owned.contains(v) || !known.contains(v)) throw internal_error(fmt::format("'{}' uses a value that is not made before", node->name));
      uses[v].push_back(node);
    }
    const std::vector<Type> types = node->op->infer(*node);
    if (types.size() != node->out.size()) throw internal_error(fmt::format("'{}' has a wrong number of outputs", node->name));
    for (size_t i = 0; i < types.size(); ++i) {
      const Value* v = node->out[i];
      if (v->producer != node) throw internal_error(fmt::format("output '{}' of '{}' names another producer", v->name, node->name));
      if (v->type.dtype != types[i].dtype || v->type.shape != types[i].shape)
        throw internal_error(fmt::format("'{}' ({}): output is {} but {} is inferred", node->name, node->op->name, text(v->type), text(types[i])));
      known.insert(v);
    }
  }
  for (const Value* v : values)
    if (v->users.size() != uses[v].size()) throw internal_error(fmt::format("use list of '{}' is wrong", v->name));
  for (const Value* v : graph.outputs)
    if (!owned.contains(v) || !known.contains(v)) throw internal_error("a graph output is not made");
}

std::vector<Tensor> evaluate(const Graph& graph, std::span<const Tensor> inputs, std::vector<std::pair<const Value*, Tensor>>* all) {
  if (inputs.size() != graph.inputs.size())
    throw internal_error(fmt::format("{} inputs given, the graph has {}", inputs.size(), graph.inputs.size()));
  std::unordered_map<const Value*, Tensor> live;
  std::unordered_map<const Value*, size_t> left;
  for (size_t i = 0; i < inputs.size(); ++i) {
    if (inputs[i].data.size() != static_cast<size_t>(bytes(graph.inputs[i]->type)))
      throw internal_error(fmt::format("input '{}' has {} bytes, {} expected", graph.inputs[i]->name, inputs[i].data.size(),
                                       bytes(graph.inputs[i]->type)));
    live[graph.inputs[i]] = inputs[i];
    live[graph.inputs[i]].type = graph.inputs[i]->type;
  }
  for (const Value* v : graph.values()) left[v] = v->users.size() + (graph.is_output(*v) ? 1 : 0);
  const auto tensor = [&](const Value* v) -> const Tensor* {
    if (v == nullptr) return nullptr;
    return v->constant ? v->constant.get() : &live.at(v);
  };
  for (Node* node : graph.nodes()) {
    std::vector<const Tensor*> in;
    for (const Value* v : node->in) in.push_back(tensor(v));
    std::vector<Tensor> out;
    for (const Value* v : node->out) out.emplace_back(v->type);
    node->op->eval(*node, in, out);
    for (size_t i = 0; i < out.size(); ++i) {
      if (all != nullptr) all->emplace_back(node->out[i], out[i]);
      live[node->out[i]] = std::move(out[i]);
    }
    for (const Value* v : node->in)
      if (v != nullptr && !v->constant && --left[v] == 0) live.erase(v);
  }
  std::vector<Tensor> results;
  for (const Value* v : graph.outputs) results.push_back(*tensor(v));
  return results;
}

}  // namespace ew
