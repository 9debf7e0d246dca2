#include "passes/channel_bounds.h"

#include "ops/op.h"

#include <algorithm>
#include <cmath>

namespace ew {
namespace {

Bounds bounds_of_constant(const Tensor& tensor) {
  const auto channels = static_cast<size_t>(channel_count(tensor.type));
  Bounds result(channels, {127, -128});
  const auto values = tensor.as<int8_t>();
  for (size_t i = 0; i < values.size(); ++i) {
    Interval& x = result[i % channels];
    x = {std::min<int32_t>(x.low, values[i]), std::max<int32_t>(x.high, values[i])};
  }
  return result;
}

// Files may say what they like; the operators' arithmetic is made for these.
bool has_sound_scale(const Value& value) {
  if (value.type.dtype != DType::int8 || value.constant) return true;
  if (!is_per_tensor(value.type)) return false;
  const ScaleZero q = per_tensor(value.type);
  return std::isfinite(q.scale) && q.scale > 0 && q.zero >= -128 && q.zero <= 127;
}

Bounds bounds_of_output(const Node& node, const std::unordered_map<const Value*, Bounds>& known) {
  static const Bounds unknown;
  if (node.op->channels == nullptr || node.op->channels->bounds == nullptr || node.out.size() != 1) return {};
  std::vector<const Bounds*> in;
  for (const Value* value : node.in) {
    if (value != nullptr && !has_sound_scale(*value)) return {};
    const auto it = known.find(value);
    in.push_back(it == known.end() ? &unknown : &it->second);
  }
  if (in.empty() || in[0]->empty() || !has_sound_scale(*node.out[0])) return {};
  return node.op->channels->bounds(node, in);
}

}  // namespace

std::unordered_map<const Value*, Bounds> channel_bounds(const Graph& graph) {
  std::unordered_map<const Value*, Bounds> result;
  const auto whole_range = [&](const Value& value) {
    if (value.type.dtype != DType::int8) return;
    result[&value] = Bounds(static_cast<size_t>(channel_count(value.type)), integer_range(DType::int8));
  };
  for (const Value* value : graph.inputs) whole_range(*value);
  for (const Value* value : graph.values())
    if (value->constant && value->type.dtype == DType::int8) result[value] = bounds_of_constant(*value->constant);
  for (const Node* node : graph.nodes()) {
    for (const Value* value : node->out) whole_range(*value);
    if (Bounds bounds = bounds_of_output(*node, result); !bounds.empty()) result[node->out[0]] = std::move(bounds);
  }
  return result;
}

}  // namespace ew
