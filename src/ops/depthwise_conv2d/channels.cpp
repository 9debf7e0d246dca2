// Channels of a depthwise convolution: output channel c * M + j reads input channel c, so they go or stay together. A constant input channel
// gives other sums at the edges of a padded image; the bounds over all sets of visible taps say whether the output is constant all the same.
#include "ops/conv2d/channels.h"

#include "ops/op.h"

namespace ew {
namespace {

Bounds bounds(const Node& node, std::span<const Bounds* const> in) {
  if (!is_weighted_int8(node) || !is_affordable(node)) return {};
  const auto& attrs = node.as<Convolution>();
  const Shape& w = node.in[1]->type.shape;
  const int64_t multiplier = w[3] / node.in[0]->type.shape[3];
  const WeightedQuant quant = weighted_quant(node, w[3], attrs.activation, attrs.float_product);
  const auto weights = node.in[1]->constant->as<int8_t>();
  return bounds_of_sums(node, quant, visible_taps(node), w[1] * w[2], false, [&](int64_t o, int64_t tap) {
    return products_within((*in[0])[static_cast<size_t>(o / multiplier)], weights[static_cast<size_t>(tap * w[3] + o)], quant);
  });
}

void relate(const Node& node, ChannelGroups& groups) {
  const Value &in = *node.in[0], &out = *node.out[0];
  for (size_t i = 1; i < node.in.size(); ++i)
    if (node.in[i] != nullptr) groups.keep(*node.in[i]);
  if (!is_weighted_int8(node)) return groups.keep(in), groups.keep(out);
  const int64_t multiplier = channel_count(out.type) / channel_count(in.type);
  for (int64_t o = 0; o < channel_count(out.type); ++o) groups.join(in, o / multiplier, out, o);
}

void remove(Graph& graph, Node& node, const ChannelGroups& groups) { select_outputs(graph, node, 3, groups.kept(*node.out[0])); }

}  // namespace

extern const Channels depthwise_conv2d_channels{.bounds = bounds, .relate = relate, .remove = remove};

}  // namespace ew
