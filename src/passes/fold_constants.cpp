// node(constants) = constant: a node whose inputs are all known is replaced by the values it gives.
// Large results are left alone: a FILL of a megabyte is cheaper to compute than to keep in flash.
#include "passes/passes.h"

namespace ew {
namespace {

constexpr int64_t largest_growth = 65'536;  // bytes a folded result may have beyond those of its inputs

bool foldable(const Graph& graph, const Node& node) {
  int64_t in_bytes = 0, out_bytes = 0;
  for (const Value* v : node.in) {
    if (v == nullptr) continue;
    if (!v->constant) return false;
    in_bytes += bytes(v->type);
  }
  for (const Value* v : node.out) {
    out_bytes += bytes(v->type);
    if (graph.is_output(*v)) return false;  // an output needs a node that writes it
  }
  return out_bytes <= 4 * in_bytes + largest_growth;
}

}  // namespace

bool fold_constants(Graph& graph) {
  bool changed = false;
  for (Node* node : graph.nodes()) {
    if (!foldable(graph, *node)) continue;
    std::vector<const Tensor*> in;
    for (const Value* v : node->in) in.push_back(v == nullptr ? nullptr : v->constant.get());
    std::vector<Tensor> out;
    for (const Value* v : node->out) out.emplace_back(v->type);
    node->op->eval(*node, in, out);
    for (size_t i = 0; i < out.size(); ++i) graph.replace(*node->out[i], *graph.add_constant(node->out[i]->name, std::move(out[i])));
    graph.erase(*node);
    changed = true;
  }
  graph.drop_unused_values();
  return changed;
}

}  // namespace ew
