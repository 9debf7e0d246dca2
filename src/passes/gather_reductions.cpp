// reduce(x, axes) = reduce(transpose(x), last axes), then a reshape: reductions over dimensions that are not neighbours (mean over height and
// channels, say) get a transpose that brings them together behind the others. The kernels reduce one run of dimensions.
#include <algorithm>

#include "ops/movement/transpose.h"
#include "ops/reduce/reduce.h"
#include "ops/reshape/reshape.h"
#include "passes/passes.h"

namespace ew {
namespace {

Node* bring_together(Graph& graph, Node& node, const std::vector<int64_t>& axes) {
  const Type& in = node.in[0]->type;
  auto transpose = std::make_unique<Transpose>();
  for (int64_t d = 0; d < static_cast<int64_t>(in.shape.size()); ++d)
    if (std::ranges::find(axes, d) == axes.end()) transpose->permutation.push_back(d);
  transpose->permutation.insert(transpose->permutation.end(), axes.begin(), axes.end());
  Type type{in.dtype, {}, in.quant};
  for (const int64_t d : transpose->permutation) type.shape.push_back(in.shape[static_cast<size_t>(d)]);
  return graph.add_node(*find_op("transpose"), node.name + "_transposed", std::move(transpose), {node.in[0]}, {std::move(type)}, node.origin, &node);
}

}  // namespace

bool gather_reductions(Graph& graph) {
  bool changed = false;
  for (Node* node : graph.nodes()) {
    if (node->op->name != "reduce") continue;
    const Shape& shape = node->in[0]->type.shape;
    const auto& attrs = node->as<Reduce>();
    const std::vector<int64_t> axes = normalised_axes(*node, attrs.axes, shape.size());
    if (reduce_view(shape, axes)) continue;
    Node* transposed = bring_together(graph, *node, axes);
    const Shape& order = transposed->out[0]->type.shape;
    auto last = std::make_unique<Reduce>(attrs);
    last->keep_dims = false;
    last->axes.clear();
    for (size_t d = order.size() - axes.size(); d < order.size(); ++d) last->axes.push_back(static_cast<int64_t>(d));
    Type type = node->out[0]->type;
    type.shape.assign(order.begin(), order.end() - static_cast<std::ptrdiff_t>(axes.size()));
    Node* reduced = graph.add_node(*node->op, node->name, std::move(last), {transposed->out[0]}, {type}, node->origin, node);
    Node* shaped = graph.add_node(*find_op("reshape"), node->name + "_shaped", std::make_unique<Reshape>(node->out[0]->type.shape),
                                  {reduced->out[0]}, {node->out[0]->type}, node->origin, node);
    shaped->out[0]->name = node->out[0]->name;
    graph.replace(*node->out[0], *shaped->out[0]);
    graph.erase(*node);
    changed = true;
  }
  return changed;
}

}  // namespace ew
