#include "passes/passes.h"

#include <fmt/format.h>

#include <array>

namespace ew {
namespace {

constexpr std::array list{
    Pass{"remove dead nodes", "first: nothing later should look at what no output needs", remove_dead_nodes},
    Pass{"fold constants", "before the patterns: they look for constant operands", fold_constants},
    Pass{"remove identities", "after folding, which turns shapes into constants", remove_identities},
    Pass{"fold dilation", "before folding pads: a space_to_batch holds the padding of its convolution", fold_dilation},
    Pass{"fold pad", "when the convolutions are as they will be", fold_pad},
    Pass{"fuse activations", "after identities, which may stand between producer and activation", fuse_activations},
    Pass{"gather reductions", "late: it adds transposes, which no pattern above should meet", gather_reductions},
    Pass{"remove dead channels", "when no pattern above looks at shapes any more, and every activation is where it will be", remove_dead_channels},
    Pass{"remove dead nodes", "last: what the others left", remove_dead_nodes},
};

}  // namespace

std::span<const Pass> all_passes() { return list; }

void optimise(Graph& graph, std::vector<std::string>* log) {
  for (const Pass& pass : list)
    if (pass.run(graph) && log != nullptr) log->push_back(fmt::format("{}: {} nodes left", pass.name, graph.nodes().size()));
}

}  // namespace ew
