#include "ops/channels.h"

#include "ops/op.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>

namespace ew {

int64_t channel_count(const Type& type) { return type.shape.empty() ? 0 : type.shape.back(); }

ChannelGroups::ChannelGroups(const Graph& graph, const std::unordered_map<const Value*, Bounds>& bounds) : graph_(graph), bounds_(bounds) {
  size_t total = 0;
  for (const Value* value : graph.values()) {
    first_[value] = total;
    total += static_cast<size_t>(channel_count(value->type));
  }
  parent_.resize(total);
  kept_.resize(total);
  removed_.resize(total);
  forced_.resize(total);
}

size_t ChannelGroups::find(size_t channel) {
  while (parent_[channel] != channel) channel = parent_[channel] = parent_[parent_[channel]];
  return channel;
}

void ChannelGroups::join(const Value& a, int64_t channel_a, const Value& b, int64_t channel_b) {
  const size_t x = find(index(a, channel_a)), y = find(index(b, channel_b));
  parent_[y] = x;
  kept_[x] = kept_[x] || kept_[y];
}

void ChannelGroups::keep(const Value& value, int64_t channel) { kept_[find(index(value, channel))] = true; }

void ChannelGroups::keep(const Value& value) {
  for (int64_t c = 0; c < channel_count(value.type); ++c) keep(value, c);
}

const Bounds& ChannelGroups::bounds(const Value& value) const {
  static const Bounds unknown;
  const auto it = bounds_.find(&value);
  return it == bounds_.end() ? unknown : it->second;
}

std::optional<int32_t> ChannelGroups::constant(const Value& value, int64_t channel) const {
  const Bounds& all = bounds(value);
  if (all.empty() || all[static_cast<size_t>(channel)].low != all[static_cast<size_t>(channel)].high) return std::nullopt;
  return all[static_cast<size_t>(channel)].low;
}

bool ChannelGroups::removed(const Value& value, int64_t channel) const { return removed_[index(value, channel)]; }

std::vector<int64_t> ChannelGroups::kept(const Value& value) const {
  std::vector<int64_t> result;
  for (int64_t c = 0; c < channel_count(value.type); ++c)
    if (!removed(value, c)) result.push_back(c);
  return result;
}

bool ChannelGroups::cut(const Value& value) const {
  for (int64_t c = 0; c < channel_count(value.type); ++c)
    if (removed(value, c)) return true;
  return false;
}

void ChannelGroups::ask_all() {
  std::iota(parent_.begin(), parent_.end(), size_t{0});
  kept_ = forced_;
  for (const Value* value : graph_.inputs) keep(*value);
  for (const Value* value : graph_.outputs) keep(*value);
  for (const Node* node : graph_.nodes()) {
    if (node->op->channels != nullptr) {
      (node->op->channels->relate != nullptr ? node->op->channels->relate : join_equal_channels)(*node, *this);
      continue;
    }
    for (const Value* value : node->in)
      if (value != nullptr) keep(*value);
    for (const Value* value : node->out) keep(*value);
  }
}

// A tensor without channels cannot be: one stays of those that would lose all. True: there was such a one.
bool ChannelGroups::keep_one_of_each() {
  bool forced = false;
  for (const auto& [value, first] : first_) {
    const auto count = static_cast<size_t>(channel_count(value->type));
    bool any = count == 0;
    for (size_t c = 0; c < count; ++c) any = any || kept_[find(first + c)];
    if (any) continue;
    forced_[first] = forced = true;
  }
  return forced;
}

void ChannelGroups::settle() {
  for (;;) {
    ask_all();
    if (keep_one_of_each()) {        // what was thought to go with it may not: from the start
      removed_.assign(removed_.size(), false);
      continue;
    }
    std::vector<bool> removed(removed_.size());
    for (size_t i = 0; i < removed.size(); ++i) removed[i] = !kept_[find(i)];
    if (removed == removed_) return;
    removed_ = std::move(removed);
  }
}

void join_equal_channels(const Node& node, ChannelGroups& groups) {
  const Value& out = *node.out[0];
  for (const Value* in : node.in) {
    if (in == nullptr) continue;
    if (channel_count(in->type) != channel_count(out.type)) {     // broadcast
      groups.keep(*in);
      continue;
    }
    for (int64_t c = 0; c < channel_count(out.type); ++c) groups.join(*in, c, out, c);
  }
}

extern const Channels equal_channels{.bounds = [](const Node&, std::span<const Bounds* const> in) { return *in[0]; }};

Bounds dealt(const Bounds& bounds, int64_t count) {
  const auto from = bounds.size(), to = static_cast<size_t>(count);
  if (from == 0 || to == 0 || std::lcm(from, to) > most_channels) return {};
  Bounds result(to, {std::numeric_limits<int32_t>::max(), std::numeric_limits<int32_t>::min()});
  for (size_t i = 0; i < std::lcm(from, to); ++i) {
    result[i % to].low = std::min(result[i % to].low, bounds[i % from].low);
    result[i % to].high = std::max(result[i % to].high, bounds[i % from].high);
  }
  return result;
}

Bounds elementwise_bounds(const Node& node, std::span<const Bounds* const> in) {
  if (node.in[0]->type.dtype != DType::int8 || node.out[0]->type.dtype != DType::int8) return {};
  Tensor x(Type{DType::int8, {256}, node.in[0]->type.quant});
  std::iota(x.as<int8_t>().begin(), x.as<int8_t>().end(), static_cast<int8_t>(-128));
  std::array<Tensor, 1> y{Tensor(Type{DType::int8, {256}, node.out[0]->type.quant})};
  const std::array<const Tensor*, 1> inputs{&x};
  node.op->eval(node, inputs, y);
  Bounds result;
  for (const Interval& interval : *in[0]) {
    const auto values = y[0].as<int8_t>().subspan(static_cast<size_t>(interval.low + 128), static_cast<size_t>(interval.high - interval.low + 1));
    const auto [low, high] = std::ranges::minmax(values);
    result.push_back({low, high});
  }
  return result;
}

std::optional<Interval> scaled(int64_t low, int64_t high, Multiplier factor, bool single) {
  constexpr int64_t least = std::numeric_limits<int32_t>::min(), most = std::numeric_limits<int32_t>::max();
  const int left = std::clamp(factor.shift, 0, 31);
  // Shifted left both kinds are monotone and exact as long as nothing wraps; one bit is left for the rounding of `single`.
  if (low < least >> left || high > most >> left) return std::nullopt;
  const auto of = [&](int64_t sum) {
    return single ? multiply_single_rounding(static_cast<int32_t>(sum), factor) : multiply_double_rounding(static_cast<int32_t>(sum), factor);
  };
  return Interval{of(low), of(high)};
}

Interval shifted(Interval interval, int32_t zero, IntegerRange range) {
  const auto of = [&](int32_t v) { return static_cast<int32_t>(std::clamp<int64_t>(int64_t{v} + zero, range.low, range.high)); };
  return {of(interval.low), of(interval.high)};
}

}  // namespace ew
