// A node none of whose values is used goes; backwards, so that chains go in one sweep.
#include "passes/passes.h"

#include <algorithm>

namespace ew {

bool remove_dead_nodes(Graph& graph) {
  bool changed = false;
  const std::vector<Node*> nodes = graph.nodes();
  for (auto it = nodes.rbegin(); it != nodes.rend(); ++it) {
    const bool used = std::any_of((*it)->out.begin(), (*it)->out.end(), [&](const Value* v) { return !v->users.empty() || graph.is_output(*v); });
    if (used) continue;
    graph.erase(**it);
    changed = true;
  }
  graph.drop_unused_values();
  return changed;
}

}  // namespace ew
