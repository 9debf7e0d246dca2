// node(constants) = constant: a node whose inputs are all known is replaced by the values it gives (ops/fold.cpp).
#include "passes/passes.h"

namespace ew {

bool fold_constants(Graph& graph) {
  bool changed = false;
  for (Node* node : graph.nodes()) changed |= !fold(graph, *node).empty();
  graph.drop_unused_values();
  return changed;
}

}  // namespace ew
