// conv(pad(x)) = conv(x) with larger padding, when the pad adds zeros (int8: the zero point) to rows and columns only. The kernels pad
// at no cost; the copy and its memory go.
#include "ops/conv2d/window.h"
#include "ops/movement/pad.h"
#include "passes/passes.h"

#include <algorithm>

namespace ew {
namespace {

bool pads_rows_and_columns_with_zero(const Node& node) {
  if (node.op->name != "pad") return false;
  const auto& pad = node.as<Pad>();
  const Type& type = node.in[0]->type;
  const double zero = type.quant ? type.quant->zero.at(0) : 0;
  return pad.mode == "constant" && pad.value == zero && pad.before.size() == 4 && pad.before[0] == 0 && pad.after[0] == 0 && pad.before[3] == 0 &&
         pad.after[3] == 0;
}

bool is_convolution(const Node* node) { return node->op->name == "conv2d" || node->op->name == "depthwise_conv2d"; }

}  // namespace

bool fold_pad(Graph& graph) {
  bool changed = false;
  for (Node* node : graph.nodes()) {
    if (!pads_rows_and_columns_with_zero(*node) || graph.is_output(*node->out[0])) continue;
    const std::vector<Node*> users = node->out[0]->users;
    if (!std::ranges::all_of(users, is_convolution)) continue;
    const auto& pad = node->as<Pad>();
    for (Node* user : users) {
      Sliding& sliding = user->as<Convolution>().sliding;
      sliding.pad_top += pad.before[1];
      sliding.pad_bottom += pad.after[1];
      sliding.pad_left += pad.before[2];
      sliding.pad_right += pad.after[2];
      graph.set_input(*user, 0, node->in[0]);
    }
    graph.erase(*node);
    changed = true;
  }
  return changed;
}

}  // namespace ew
