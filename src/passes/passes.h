// Graph -> Graph steps in one visible order. Each keeps the meaning of the network: its outputs for every input.
#pragma once

#include "ops/op.h"

#include <span>
#include <string_view>

namespace ew {

struct Pass {
  std::string_view name;
  std::string_view why_here;
  bool (*run)(Graph&);               // true: something changed
};

std::span<const Pass> all_passes();

// Runs them in order. `log` takes one line per pass that changed something (-v 3).
void optimise(Graph& graph, std::vector<std::string>* log = nullptr);

// One by one, for tests and for whoever needs only some.
bool fold_constants(Graph& graph);
bool remove_identities(Graph& graph);
bool remove_dead_nodes(Graph& graph);
bool fold_dilation(Graph& graph);
bool fold_pad(Graph& graph);
bool fuse_activations(Graph& graph);
bool gather_reductions(Graph& graph);
bool remove_dead_channels(Graph& graph);

}  // namespace ew
