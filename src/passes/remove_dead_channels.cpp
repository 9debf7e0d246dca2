// A channel that holds one value for every input, and whose readers can take that value into their bias, is not computed; nor is one that nothing
// reads. conv(x)[o] = f(b[o] + sum over i of w[o][i] * (x[i] - z)), x[k] = v always:  b[o] += w[o][k] * (v - z), and input channel k goes, with
// output channel k of its producer. int8 only, exact: the bounds come from the integers the operators compute (ops/channels.h).
#include "ops/op.h"
#include "passes/channel_bounds.h"
#include "passes/passes.h"

namespace ew {
namespace {

bool is_small_enough(const Graph& graph) {
  int64_t total = 0;
  for (const Value* value : graph.values()) {
    const int64_t channels = channel_count(value->type);
    if (channels < 0 || channels > most_channels) return false;
    total += channels;
  }
  return total <= most_channels;
}

void cut_type(Value& value, const ChannelGroups& groups) {
  const std::vector<int64_t> kept = groups.kept(value);
  RemovedChannels removed{channel_count(value.type), {}, {}};
  if (value.removed) removed = {value.removed->original, {}, value.removed->constants};
  const auto original = [&](int64_t c) { return value.removed ? value.removed->kept[static_cast<size_t>(c)] : c; };
  for (const int64_t c : kept) removed.kept.push_back(original(c));
  for (int64_t c = 0; c < channel_count(value.type); ++c)
    if (const auto constant = groups.constant(value, c); constant && groups.removed(value, c)) removed.constants.push_back({original(c), *constant});
  value.type = select(value.type, value.type.shape.size() - 1, kept);
  value.removed = std::move(removed);
}

void cut_constant(Graph& graph, Value& value, const ChannelGroups& groups) {
  graph.replace(value, *graph.add_constant(value.name, select(*value.constant, value.type.shape.size() - 1, groups.kept(value))));
}

}  // namespace

bool remove_dead_channels(Graph& graph) {
  if (!is_small_enough(graph)) return false;
  const auto bounds = channel_bounds(graph);
  ChannelGroups groups(graph, bounds);
  groups.settle();
  std::vector<Value*> cut;
  for (Value* value : graph.values())
    if (groups.cut(*value)) cut.push_back(value);
  if (cut.empty()) return false;
  for (Node* node : graph.nodes())
    if (node->op->channels != nullptr && node->op->channels->remove != nullptr) node->op->channels->remove(graph, *node, groups);
  for (Value* value : cut) {
    if (value->constant) cut_constant(graph, *value, groups);
    else cut_type(*value, groups);
  }
  graph.drop_unused_values();
  return true;
}

}  // namespace ew
