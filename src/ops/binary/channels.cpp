// Bounds of functions of two int8 operands that rise or fall with each of them: the least and the largest result lie at the corners.
#include "ops/channels.h"

#include "ops/binary/binary.h"

#include <algorithm>
#include <array>

namespace ew {
namespace {

// Whatever the operands are, nothing wraps on the way (the kernels ask for the same).
bool is_monotone(const Node& node) {
  const std::string& kind = node.as<Binary>().kind;
  if (kind == "maximum" || kind == "minimum") return true;
  if (kind == "add" || kind == "sub") return common_scale(node).out.shift <= -1;
  return kind == "mul" && product_factor(node).shift <= 13;
}

// The node on its own, on operands [4][channels]: one row for each corner.
Bounds bounds(const Node& node, std::span<const Bounds* const> in) {
  const int64_t channels = channel_count(node.out[0]->type);
  if (node.in[0]->type.dtype != DType::int8 || in[1]->empty() || !is_monotone(node)) return {};
  Graph graph;
  std::array<Tensor, 2> operands;
  for (size_t k = 0; k < 2; ++k) {
    operands[k] = Tensor(Type{DType::int8, {4, channels}, node.in[k]->type.quant});
    for (size_t corner = 0, i = 0; corner < 4; ++corner)
      for (size_t c = 0; c < static_cast<size_t>(channels); ++c) {
        const Interval& x = (*in[k])[in[k]->size() == 1 ? 0 : c];
        operands[k].as<int8_t>()[i++] = static_cast<int8_t>((corner >> k & 1) != 0 ? x.high : x.low);
      }
    graph.inputs.push_back(graph.add_value({}, operands[k].type));
  }
  const Type out{DType::int8, {4, channels}, node.out[0]->type.quant};
  graph.outputs = graph.add_node(*node.op, node.name, node.attrs->clone(), graph.inputs, {out}, {})->out;
  const std::vector<Tensor> results = evaluate(graph, operands);
  Bounds result;
  for (size_t c = 0; c < static_cast<size_t>(channels); ++c) {
    const auto values = results[0].as<int8_t>();
    const auto at = [&](size_t corner) { return static_cast<int32_t>(values[corner * static_cast<size_t>(channels) + c]); };
    const auto [low, high] = std::minmax({at(0), at(1), at(2), at(3)});
    result.push_back({low, high});
  }
  return result;
}

}  // namespace

extern const Channels binary_channels{.bounds = bounds};

}  // namespace ew
