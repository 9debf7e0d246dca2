// f(x) = x for nodes that change nothing (a reshape to the same shape, a cast to the same type, ...).
#include "passes/passes.h"

namespace ew {

bool remove_identities(Graph& graph) {
  bool changed = false;
  for (Node* node : graph.nodes()) {
    if (node->op->identity == nullptr || node->out.size() != 1 || !node->op->identity(*node)) continue;
    Value& in = *node->in[0];
    // A network output keeps a node of its own when its value would otherwise be an input or a constant.
    if (graph.is_output(*node->out[0]) && in.producer == nullptr) continue;
    if (graph.is_output(*node->out[0]) && !graph.is_output(in)) in.name = node->out[0]->name;
    graph.replace(*node->out[0], in);
    graph.erase(*node);
    changed = true;
  }
  return changed;
}

}  // namespace ew
