#include "report/join.h"

#include <algorithm>
#include <unordered_set>

namespace ew {
namespace {

bool carries_c_nodes(const OriginalRow& row) { return row.kind == OriginalRow::Kind::layer; }

// How well a row fits: the c-node's own type and layer name say which of several fused operators it mainly is.
int fit(const OriginalRow& row, const CNode& node) {
  if (!carries_c_nodes(row) || std::ranges::find(node.m_ids, row.m_id) == node.m_ids.end()) return 0;
  return 1 + (row.type == node.type ? 1 : 0) + (row.name == node.comment ? 2 : 0);
}

bool reads_network_input(const CNode& node, const Program& program) {
  return std::ranges::any_of(node.inputs, [&](int id) { return program.arrays[static_cast<size_t>(id)].input >= 0; });
}

size_t row_of(const CNode& node, const OriginalModel& original, const Program& program) {
  const std::vector<OriginalRow>& rows = original.rows;
  size_t best = rows.size();
  for (size_t i = 0; i < rows.size(); ++i)
    if (fit(rows[i], node) > (best == rows.size() ? 0 : fit(rows[best], node))) best = i;
  if (best < rows.size()) return best;
  // Made by the compiler alone, such as the conversion of an input: shown on the input, or with the last layer.
  const auto is_input = [](const OriginalRow& row) { return row.kind == OriginalRow::Kind::input; };
  if (reads_network_input(node, program))
    if (const auto input = std::ranges::find_if(rows, is_input); input != rows.end()) return static_cast<size_t>(input - rows.begin());
  const auto last = std::find_if(rows.rbegin(), rows.rend(), carries_c_nodes);
  return last == rows.rend() ? 0 : static_cast<size_t>(rows.rend() - last) - 1;
}

}  // namespace

std::vector<CLayer> c_layers(const Program& program) {
  std::vector<CLayer> result;
  for (const CNode& node : program.nodes) {
    const int c_id = static_cast<int>(&node - program.nodes.data());
    for (const CNode& step : node.steps) result.push_back({&step, c_id, true});
    if (node.steps.empty()) result.push_back({&node, c_id, false});
  }
  return result;
}

std::vector<std::vector<CLayer>> c_layers_by_row(const OriginalModel& original, const Program& program) {
  std::vector<std::vector<CLayer>> result(original.rows.size());
  for (const CLayer& layer : c_layers(program))
    if (!result.empty()) result[row_of(*layer.node, original, program)].push_back(layer);
  return result;
}

std::vector<int> m_id_by_c_layer(const OriginalModel& original, const Program& program) {
  std::vector<int> result;
  for (const CLayer& layer : c_layers(program))
    result.push_back(original.rows.empty() ? 0 : original.rows[row_of(*layer.node, original, program)].m_id);
  return result;
}

int64_t rom_bytes(const CNode& node, const Program& program) {
  int64_t sum = 0;
  for (const CNode& step : node.steps) sum += rom_bytes(step, program);
  if (!node.steps.empty()) return sum;
  const auto used_before = [&](int id) {
    for (const CLayer& other : c_layers(program)) {
      if (other.node == &node) return false;
      if (std::ranges::find(other.node->weights, id) != other.node->weights.end()) return true;
    }
    return false;
  };
  std::unordered_set<int> counted;
  for (const int id : node.weights)
    if (counted.insert(id).second && !used_before(id)) sum += (program.arrays[static_cast<size_t>(id)].bytes + 3) / 4 * 4;
  return sum;
}

std::string dtype_word(DType dtype) { return dtype == DType::float32 ? "f32" : dtype == DType::float16 ? "f16" : std::string(name(dtype)); }

std::string shaped_text(const Type& type) { return fmt::format("{}({})", dtype_word(type.dtype), text(type.shape)); }

int64_t user_bytes(const Program& program, bool inputs) {
  if (inputs ? program.inputs_in_activations : program.outputs_in_activations) return 0;
  int64_t sum = 0;
  for (const int id : inputs ? program.inputs : program.outputs) sum += program.arrays[static_cast<size_t>(id)].bytes;
  return sum;
}

}  // namespace ew
