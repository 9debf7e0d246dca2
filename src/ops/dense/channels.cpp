// Channels of a dense layer. Its rows may run over several pixels of the input: each of its columns is then a tap of a channel.
#include "ops/conv2d/channels.h"

#include "ops/dense/dense.h"
#include "ops/op.h"

namespace ew {
namespace {

bool rows_are_whole_pixels(const Node& node) {
  const int64_t channels = channel_count(node.in[0]->type);
  return channels > 0 && node.in[1]->type.shape[1] % channels == 0;
}

FullWeights weights_of(const Node& node) {
  const Shape& w = node.in[1]->type.shape;
  const int64_t channels = channel_count(node.in[0]->type);
  return {w[0], w[1] / channels, channels, false};
}

Bounds bounds(const Node& node, std::span<const Bounds* const> in) {
  if (!is_weighted_int8(node)) return {};
  const auto& attrs = node.as<Dense>();
  const Shape& w = node.in[1]->type.shape;
  const WeightedQuant quant = weighted_quant(node, w[0], attrs.activation, attrs.float_product);
  const FullWeights one_tap{w[0], 1, w[1], false};
  const Bounds columns = dealt(*in[0], w[1]);
  return columns.empty() ? Bounds{} : full_bounds(node, columns, one_tap, {{0}}, quant, true);
}

void relate(const Node& node, ChannelGroups& groups) {
  if (is_weighted_int8(node) && rows_are_whole_pixels(node)) return relate_full(node, weights_of(node), groups);
  for (const Value* value : node.in)
    if (value != nullptr) groups.keep(*value);
  groups.keep(*node.out[0]);
}

void remove(Graph& graph, Node& node, const ChannelGroups& groups) {
  if (is_weighted_int8(node) && rows_are_whole_pixels(node)) remove_full(graph, node, weights_of(node), groups);
}

}  // namespace

extern const Channels dense_channels{.bounds = bounds, .relate = relate, .remove = remove};

}  // namespace ew
