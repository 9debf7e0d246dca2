// Channels of operators that add up products of int8 inputs and constant weights: convolutions and dense layers.
#pragma once

#include "ops/channels.h"
#include "ops/conv2d/window.h"

#include <limits>

namespace ew {

// Sets of taps (ky * kernel_w + kx) that are inside the image together, for some output pixel. Without padding there is one: all.
std::vector<std::vector<int64_t>> visible_taps(const Node& node);
bool is_affordable(const Node& node);            // no window or image of absurd size: its sets of taps are worth looking at

// int8 input, weights and bias known: what the functions below need of a node.
bool is_weighted_int8(const Node& node);

// Bounds of out channel o = requantised(bias[o] + sum over a visible set of taps of contribution(o, tap)), over all sets.
// A contribution is the interval of the products that belong to one tap. Empty: too many sets to look at.
struct Contribution { int64_t low = 0, high = 0; };
template <class Of>
Bounds bounds_of_sums(const Node& node, const WeightedQuant& quant, const std::vector<std::vector<int64_t>>& visible, int64_t taps, bool single, Of of) {
  constexpr size_t most_work = size_t{1} << 26;  // of windows that no network has; nothing is known of their channels
  size_t work = 0;
  for (const std::vector<int64_t>& set : visible) work += set.size();
  if (work > most_work / quant.factors.size()) return {};
  Bounds result;
  std::vector<Contribution> parts(static_cast<size_t>(taps));
  for (size_t o = 0; o < quant.factors.size(); ++o) {
    for (int64_t t = 0; t < taps; ++t) parts[static_cast<size_t>(t)] = of(static_cast<int64_t>(o), t);
    const int64_t bias = node.in.size() > 2 && node.in[2] != nullptr ? node.in[2]->constant->as<int32_t>()[o] : 0;
    Contribution sum{std::numeric_limits<int64_t>::max(), std::numeric_limits<int64_t>::min()};
    for (const std::vector<int64_t>& set : visible) {
      Contribution one{bias, bias};
      for (const int64_t t : set) one.low += parts[static_cast<size_t>(t)].low, one.high += parts[static_cast<size_t>(t)].high;
      sum = {std::min(sum.low, one.low), std::max(sum.high, one.high)};
    }
    const auto interval = scaled(sum.low, sum.high, quant.factors[o], single);
    result.push_back(interval ? shifted(*interval, quant.out_zero, quant.clamp) : quant.clamp);
  }
  return result;
}

// The products (x - in_zero) * (w - weight_zero) of an input within `x`.
Contribution products_within(Interval x, int64_t w, const WeightedQuant& quant);

// A node whose output channels each read all input channels: weights [outputs][taps][channels], channels those of the input.
struct FullWeights {
  int64_t outputs = 0, taps = 0, channels = 0;
  bool padded = false;                           // some taps are outside the image for some outputs
};
Bounds full_bounds(const Node& node, const Bounds& in, const FullWeights& weights, const std::vector<std::vector<int64_t>>& visible,
                   const WeightedQuant& quant, bool single);

// An input channel can go when no weight reads it, or when it is constant: its products join the bias. That takes a value equal to the zero
// point (its products are 0), or a window without padding (where there is padding, the products depend on the place).
void relate_full(const Node& node, const FullWeights& weights, ChannelGroups& groups);
void remove_full(Graph& graph, Node& node, const FullWeights& weights, const ChannelGroups& groups);

// Puts parameters of their own in the place of a node's weights (axis of the output channels given) and bias.
void select_outputs(Graph& graph, Node& node, size_t axis, std::span<const int64_t> kept);

}  // namespace ew
