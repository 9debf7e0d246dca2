// activation(node(x)) = node with the activation in its attributes, for float32 values with one user. (In int8 models TFLite has already
// fused what can be fused exactly: a clamp before the requantised value is stored.)
#include "passes/passes.h"

namespace ew {
namespace {

Activation kind_of(const Node& node) {
  if (node.op->name != "unary" || node.in[0]->type.dtype != DType::float32) return Activation::none;
  const auto texts = node.attrs->texts();
  const auto kind = texts.find("kind");
  if (kind == texts.end()) return Activation::none;
  if (kind->second == "relu") return Activation::relu;
  if (kind->second == "relu6") return Activation::relu6;
  if (kind->second == "relu_n1_to_1") return Activation::relu_n1_to_1;
  return Activation::none;
}

}  // namespace

bool fuse_activations(Graph& graph) {
  bool changed = false;
  for (Node* node : graph.nodes()) {
    const Activation activation = kind_of(*node);
    if (activation == Activation::none) continue;
    Value& in = *node->in[0];
    Node* producer = in.producer;
    if (producer == nullptr || in.users.size() != 1 || graph.is_output(in) || producer->attrs->fused() != Activation::none) continue;
    if (producer->out.size() != 1 || !producer->attrs->fuse(activation)) continue;
    in.name = node->out[0]->name;
    producer->origin.insert(producer->origin.end(), node->origin.begin(), node->origin.end());
    graph.replace(*node->out[0], in);
    graph.erase(*node);
    changed = true;
  }
  return changed;
}

}  // namespace ew
