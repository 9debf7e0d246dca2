#include "report/original.h"

#include "ops/op.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace ew {
namespace {

class Describer {
 public:
  Describer(const Graph& graph, std::span<const std::string> operators) : graph_(graph), operators_(operators) {}

  OriginalModel run() {
    for (const Value* input : graph_.inputs) add_input(*input);
    for (const Node* node : graph_.nodes()) add_node(*node);
    std::ranges::stable_sort(model_.rows, {}, &OriginalRow::m_id);
    for (const OriginalRow& row : model_.rows) {
      model_.params += row.items;
      model_.param_bytes += row.bytes;
      model_.macc += row.macc;
    }
    return std::move(model_);
  }

 private:
  // Nodes without an origin stand with the operator before them.
  int m_id_of(const Node& node) {
    if (!node.origin.empty()) last_m_id_ = node.origin.back();
    return last_m_id_;
  }

  std::string original_name(const Node& node, int m_id) const {
    if (m_id >= 0 && static_cast<size_t>(m_id) < operators_.size()) return operators_[static_cast<size_t>(m_id)];
    return node.op->imports.empty() ? std::string(node.op->name) : std::string(node.op->imports.front().name);
  }

  void add_input(const Value& input) {
    OriginalRow row;
    row.kind = OriginalRow::Kind::input;
    row.m_id = input.users.empty() || input.users.front()->origin.empty() ? 0 : input.users.front()->origin.back();
    row.name = input.name;
    row.type = "Input";
    row.oshape = oshape_text(input.type.shape);
    names_[&input] = row.name;
    model_.rows.push_back(std::move(row));
  }

  void add_constant(const Value& constant, int m_id, const std::string& original) {
    if (!seen_.insert(&constant).second) return;
    OriginalRow row;
    row.kind = OriginalRow::Kind::constant;
    row.m_id = m_id;
    row.name = constant.name;
    row.type = "Placeholder";
    row.original = original;
    row.oshape = oshape_text(constant.type.shape);
    row.items = elements(constant.type.shape);
    row.bytes = (ew::bytes(constant.type) + 3) / 4 * 4;
    model_.rows.push_back(std::move(row));
  }

  void add_node(const Node& node) {
    OriginalRow row;
    row.m_id = m_id_of(node);
    row.original = original_name(node, row.m_id);
    row.name = node.name;
    row.type = node.op->layer(node).word;
    if (!node.out.empty()) row.oshape = oshape_text(node.out.front()->type.shape);
    row.macc = node.op->macc(node);
    for (const Value* value : node.in) {
      if (value == nullptr) continue;
      if (value->constant) add_constant(*value, row.m_id, row.original);
      else row.connected.push_back(names_.contains(value) ? names_.at(value) : value->name);
    }
    OriginalRow unfused = row;
    model_.rows.push_back(row);
    if (has_float_activation(node)) {
      unfused.kind = OriginalRow::Kind::activation;
      unfused.name = row.name + "_nl";
      unfused.type = "Nonlinearity";
      unfused.connected = {row.name};
      unfused.macc = activation_macc(node);
      model_.rows.push_back(unfused);
    }
    for (const Value* value : node.out) names_[value] = unfused.name;
  }

  static bool has_float_activation(const Node& node) {
    return node.attrs && node.attrs->fused() != Activation::none && !node.out.empty() && node.out.front()->type.dtype == DType::float32;
  }

  // The rows of the original network count 1 per element for a clip too; the c-node counts 2 (see macc() in ops/op.h).
  static int64_t activation_macc(const Node& node) {
    return elements(node.out.front()->type.shape) * (node.attrs->fused() == Activation::tanh ? 10 : 1);
  }

  const Graph& graph_;
  std::span<const std::string> operators_;
  OriginalModel model_;
  int last_m_id_ = 0;
  std::unordered_map<const Value*, std::string> names_;
  std::unordered_set<const Value*> seen_;
};

}  // namespace

std::string oshape_text(const Shape& shape) {
  static constexpr std::string_view full = "bedhwc";  // batch, two outer dimensions of 5-D and 6-D tensors, height, width, channels
  const size_t rank = shape.size();
  std::string names = rank <= full.size() ? std::string(full.substr(full.size() - rank)) : std::string(full);
  if (rank >= 2) names[0] = 'b';
  if (rank == 3) names = "bhc";
  std::string text;
  for (size_t i = 0; i < rank; ++i) {
    const std::string name = i < names.size() && rank <= full.size() ? std::string(1, names[i]) : fmt::format("d{}", i);
    text += fmt::format("{}{}:{}", text.empty() ? "" : ",", name, shape[i]);
  }
  return "[" + text + "]";
}

OriginalModel describe_original(const Graph& graph, std::span<const std::string> operators) { return Describer(graph, operators).run(); }

}  // namespace ew
