// The channels of a tensor are its last dimension. What an operator says here about them lets a pass find those that can hold one value only
// and take them out (passes/remove_dead_channels.cpp).
#pragma once

#include "ir/graph.h"
#include "ops/quantization.h"

#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

namespace ew {

// Every value a channel can hold, whatever the network's inputs are.
using Interval = IntegerRange;
using Bounds = std::vector<Interval>;            // one per channel; empty: nothing is known

int64_t channel_count(const Type& type);         // 0 for a scalar
inline constexpr int64_t most_channels = 1 << 22;  // of a graph; larger ones are left alone

// Which channels go or stay together, and which must stay: the answers of all operators of a graph, as sets of joined channels.
class ChannelGroups {
 public:
  ChannelGroups(const Graph& graph, const std::unordered_map<const Value*, Bounds>& bounds);

  // For Channels::relate.
  void join(const Value& a, int64_t channel_a, const Value& b, int64_t channel_b);
  void keep(const Value& value, int64_t channel);
  void keep(const Value& value);                 // all of them
  [[nodiscard]] const Bounds& bounds(const Value& value) const;
  [[nodiscard]] std::optional<int32_t> constant(const Value& value, int64_t channel) const;
  // Known to go already. More may follow: what nobody but them reads goes with them.
  [[nodiscard]] bool removed(const Value& value, int64_t channel) const;
  [[nodiscard]] std::vector<int64_t> kept(const Value& value) const;
  [[nodiscard]] bool cut(const Value& value) const;               // some of its channels go

  // Asks every operator, again and again, until nothing more can go.
  void settle();

 private:
  void ask_all();
  [[nodiscard]] bool keep_one_of_each();
  size_t find(size_t channel);
  [[nodiscard]] size_t index(const Value& value, int64_t channel) const { return first_.at(&value) + static_cast<size_t>(channel); }

  const Graph& graph_;
  const std::unordered_map<const Value*, Bounds>& bounds_;
  std::unordered_map<const Value*, size_t> first_;                // where a value's channels start in the vectors below
  std::vector<size_t> parent_;
  std::vector<bool> kept_, removed_, forced_;
};

struct Channels {
  // Bounds of the output's channels, called when the first input's are known. Null, or an empty answer: the range of the type.
  Bounds (*bounds)(const Node&, std::span<const Bounds* const> in);
  // Joins input and output channels that go together, keeps input channels that the node cannot do without. Null: see join_equal_channels.
  void (*relate)(const Node&, ChannelGroups&) = nullptr;
  // Changes attributes and parameters to what is left; the pass changes the types and cuts constant operands. Null: nothing to do.
  void (*remove)(Graph&, Node&, const ChannelGroups&) = nullptr;
};

// Output channel c depends on channel c of every input, and lies within the first input's bounds: what most windowed operators do.
extern const Channels equal_channels;
void join_equal_channels(const Node& node, ChannelGroups& groups);

// The bounds that elements 0, 1, 2 ... have when `bounds` repeats over them and they are dealt out to `count` channels in turn. Empty: too many.
Bounds dealt(const Bounds& bounds, int64_t count);

// Of a function of single int8 elements: the node's own meaning, tried on all 256 values.
Bounds elementwise_bounds(const Node& node, std::span<const Bounds* const> in);

// Requantised sums between low and high; none: they may leave 32 bits on the way, so nothing is known.
std::optional<Interval> scaled(int64_t low, int64_t high, Multiplier factor, bool single);

// Output value = clamp(scaled + zero, range).
Interval shifted(Interval interval, int32_t zero, IntegerRange range);

}  // namespace ew
