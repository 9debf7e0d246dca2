#include "ops/conv2d/channels.h"

#include "ops/op.h"

#include <algorithm>
#include <cstdlib>

namespace ew {
namespace {

struct Range {
  int64_t first = 0, end = 0;
  bool operator==(const Range&) const = default;
};

// The different runs of taps along one side that are inside the image, over all output pixels.
std::vector<Range> runs(int64_t outputs, int64_t image, int64_t kernel, int64_t stride, int64_t dilation, int64_t pad) {
  std::vector<Range> result;
  for (int64_t y = 0; y < outputs; ++y) {
    const int64_t start = y * stride - pad;
    Range run;
    while (run.first < kernel && start + run.first * dilation < 0) ++run.first;
    for (run.end = run.first; run.end < kernel && start + run.end * dilation < image;) ++run.end;
    if (std::ranges::find(result, run) == result.end()) result.push_back(run);
  }
  return result;
}

int64_t bias_of(const Node& node, int64_t output) {
  return node.in[2] == nullptr ? 0 : node.in[2]->constant->as<int32_t>()[static_cast<size_t>(output)];
}

class Weights {
 public:
  Weights(const Node& node, const FullWeights& shape) : shape_(shape), values_(node.in[1]->constant->as<int8_t>()) {
    if (node.in[1]->type.quant && !node.in[1]->type.quant->zero.empty()) zero_ = node.in[1]->type.quant->zero[0];
  }
  // Of all taps of a pair of channels, each weight less its zero point.
  [[nodiscard]] int64_t sum(int64_t output, int64_t channel) const {
    int64_t total = 0;
    for (int64_t t = 0; t < shape_.taps; ++t) total += values_[static_cast<size_t>((output * shape_.taps + t) * shape_.channels + channel)] - zero_;
    return total;
  }
  // Marks the input channels that an output reads: those with a weight other than zero.
  void mark_read(int64_t output, std::vector<bool>& read) const {
    const auto row = static_cast<size_t>(shape_.taps * shape_.channels);
    for (size_t i = 0; i < row; ++i)
      if (values_[static_cast<size_t>(output) * row + i] != zero_) read[i % read.size()] = true;
  }

 private:
  const FullWeights& shape_;
  std::span<const int8_t> values_;
  int64_t zero_ = 0;
};

std::vector<bool> read_channels(const Node& node, const FullWeights& shape, const ChannelGroups& groups) {
  const Weights weights(node, shape);
  std::vector<bool> read(static_cast<size_t>(shape.channels));
  for (int64_t o = 0; o < shape.outputs; ++o)
    if (!groups.removed(*node.out[0], o)) weights.mark_read(o, read);
  return read;
}

// What a constant channel adds to the bias of one output.
int64_t share(const Node& node, const Weights& weights, int64_t output, int64_t channel, int32_t value) {
  return (value - per_tensor(node.in[0]->type).zero) * weights.sum(output, channel);
}

// Every constant channel may join the bias, and it stays a 32-bit number.
bool bias_has_room(const Node& node, const FullWeights& shape, const ChannelGroups& groups) {
  if (shape.padded || node.in.size() < 3) return false;
  const Weights weights(node, shape);
  for (int64_t o = 0; o < shape.outputs; ++o) {
    int64_t most = std::abs(bias_of(node, o));
    for (int64_t c = 0; c < shape.channels; ++c)
      if (const auto value = groups.constant(*node.in[0], c)) most += std::abs(share(node, weights, o, c, *value));
    if (most > std::numeric_limits<int32_t>::max()) return false;
  }
  return true;
}

}  // namespace

bool is_affordable(const Node& node) {
  constexpr int64_t most_pixels = 1 << 16, most_taps = 1 << 10;
  const Shape &out = node.out[0]->type.shape, &kernel = node.in[1]->type.shape;
  return out[1] <= most_pixels && out[2] <= most_pixels && kernel[1] <= most_taps && kernel[2] <= most_taps && kernel[1] * kernel[2] <= most_taps;
}

std::vector<std::vector<int64_t>> visible_taps(const Node& node) {
  const Sliding& s = node.as<Convolution>().sliding;
  const Shape &in = node.in[0]->type.shape, &out = node.out[0]->type.shape, &kernel = node.in[1]->type.shape;
  std::vector<std::vector<int64_t>> result;
  for (const Range& rows : runs(out[1], in[1], kernel[1], s.stride_h, s.dilation_h, s.pad_top))
    for (const Range& columns : runs(out[2], in[2], kernel[2], s.stride_w, s.dilation_w, s.pad_left)) {
      std::vector<int64_t>& set = result.emplace_back();
      for (int64_t ky = rows.first; ky < rows.end; ++ky)
        for (int64_t kx = columns.first; kx < columns.end; ++kx) set.push_back(ky * kernel[2] + kx);
    }
  return result;
}

bool is_weighted_int8(const Node& node) {
  const bool bias_known = node.in.size() < 3 || node.in[2] == nullptr || node.in[2]->constant != nullptr;
  const Type &in = node.in[0]->type, &out = node.out[0]->type;
  return in.dtype == DType::int8 && out.dtype == DType::int8 && is_per_tensor(in) && node.in[1]->constant != nullptr && bias_known;
}

Contribution products_within(Interval x, int64_t w, const WeightedQuant& quant) {
  const int64_t factor = w - quant.weight_zero, low = factor * (x.low - quant.in_zero), high = factor * (x.high - quant.in_zero);
  return {std::min(low, high), std::max(low, high)};
}

Bounds full_bounds(const Node& node, const Bounds& in, const FullWeights& shape, const std::vector<std::vector<int64_t>>& visible,
                   const WeightedQuant& quant, bool single) {
  const auto weights = node.in[1]->constant->as<int8_t>();
  return bounds_of_sums(node, quant, visible, shape.taps, single, [&](int64_t o, int64_t tap) {
    Contribution sum;
    const auto first = static_cast<size_t>((o * shape.taps + tap) * shape.channels);
    for (size_t c = 0; c < static_cast<size_t>(shape.channels); ++c) {
      const Contribution one = products_within(in[c], weights[first + c], quant);
      sum.low += one.low, sum.high += one.high;
    }
    return sum;
  });
}

void relate_full(const Node& node, const FullWeights& shape, ChannelGroups& groups) {
  const Value& in = *node.in[0];
  const bool folds = bias_has_room(node, shape, groups);
  const std::vector<bool> read = read_channels(node, shape, groups);
  const int32_t zero = per_tensor(in.type).zero;
  for (int64_t c = 0; c < shape.channels; ++c) {
    const auto value = groups.constant(in, c);
    if (value && (folds || *value == zero)) continue;
    if (read[static_cast<size_t>(c)]) groups.keep(in, c);
  }
  for (size_t i = 1; i < node.in.size(); ++i)
    if (node.in[i] != nullptr) groups.keep(*node.in[i]);           // parameters are cut by remove_full
}

void remove_full(Graph& graph, Node& node, const FullWeights& shape, const ChannelGroups& groups) {
  const Value& in = *node.in[0];
  if (!groups.cut(in) && !groups.cut(*node.out[0])) return;
  const Weights weights(node, shape);
  std::vector<int64_t> added(static_cast<size_t>(shape.outputs));
  for (int64_t c = 0; c < shape.channels; ++c) {
    const auto value = groups.constant(in, c);
    if (!value || !groups.removed(in, c)) continue;
    for (const int64_t o : groups.kept(*node.out[0])) added[static_cast<size_t>(o)] += share(node, weights, o, c, *value);
  }
  if (std::ranges::any_of(added, [](int64_t v) { return v != 0; })) {
    Tensor bias = node.in[2] == nullptr ? Tensor(Type{DType::int32, {shape.outputs}, {}}) : *node.in[2]->constant;
    for (size_t o = 0; o < added.size(); ++o) bias.as<int32_t>()[o] += static_cast<int32_t>(added[o]);
    graph.set_input(node, 2, graph.add_constant(node.in[2] == nullptr ? node.name + "_bias" : node.in[2]->name, std::move(bias)));
  }
  // The weights seen as [outputs][taps][channels], whatever their own shape is.
  const Shape own = node.in[1]->type.shape;
  Tensor cut = *node.in[1]->constant;
  cut.type.shape = {shape.outputs, shape.taps, shape.channels};
  cut = select(cut, 2, groups.kept(in));
  cut.type.shape = own;
  cut.type.shape.back() = own.back() / shape.channels * static_cast<int64_t>(groups.kept(in).size());
  graph.set_input(node, 1, graph.add_constant(node.in[1]->name, std::move(cut)));
  select_outputs(graph, node, 0, groups.kept(*node.out[0]));
}

void select_outputs(Graph& graph, Node& node, size_t axis, std::span<const int64_t> kept) {
  if (static_cast<int64_t>(kept.size()) == node.in[1]->type.shape[axis]) return;
  graph.set_input(node, 1, graph.add_constant(node.in[1]->name, select(*node.in[1]->constant, axis, kept)));
  if (node.in.size() < 3 || node.in[2] == nullptr) return;
  Tensor bias = *node.in[2]->constant;
  graph.set_input(node, 2, graph.add_constant(node.in[2]->name, select(bias, bias.type.shape.size() - 1, kept)));
}

namespace {

FullWeights weights_of(const Node& node) {
  const Shape& w = node.in[1]->type.shape;
  const Sliding& s = node.as<Convolution>().sliding;
  return {w[0], w[1] * w[2], w[3], s.pad_top + s.pad_bottom + s.pad_left + s.pad_right != 0};
}

bool has_one_group(const Node& node) { return node.in[1]->type.shape[3] == node.in[0]->type.shape[3]; }

WeightedQuant quant_of(const Node& node) {
  const auto& attrs = node.as<Convolution>();
  return weighted_quant(node, node.out[0]->type.shape[3], attrs.activation, attrs.float_product);
}

Bounds bounds(const Node& node, std::span<const Bounds* const> in) {
  if (!is_weighted_int8(node) || !has_one_group(node) || !is_affordable(node)) return {};
  return full_bounds(node, *in[0], weights_of(node), visible_taps(node), quant_of(node), false);
}

void relate(const Node& node, ChannelGroups& groups) {
  if (is_weighted_int8(node) && has_one_group(node)) return relate_full(node, weights_of(node), groups);
  for (const Value* value : node.in)
    if (value != nullptr) groups.keep(*value);
  groups.keep(*node.out[0]);
}

void remove(Graph& graph, Node& node, const ChannelGroups& groups) {
  if (is_weighted_int8(node)) remove_full(graph, node, weights_of(node), groups);
}

}  // namespace

extern const Channels conv2d_channels{.bounds = bounds, .relate = relate, .remove = remove};

}  // namespace ew
