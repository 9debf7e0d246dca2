// "Generated C-graph summary": the network as it was made.
#include "base/table.h"
#include "base/text.h"
#include "report/join.h"
#include "report/memory_map.h"
#include "report/report.h"

#include <algorithm>

namespace ew {
namespace {

constexpr size_t dashes = 120, key_width = 22;

std::string line(std::string_view key, std::string_view value) { return fmt::format("{}: {}\n", pad_right(key, key_width), value); }

std::string size_line_text(const Program& program, SegmentKind kind) {
  const size_t count = std::max<size_t>(1, program.of(kind).size());
  return fmt::format("{} ({} segment{})", program.bytes(kind), count, count == 1 ? "" : "s");
}

std::string names_text(const Program& program, const std::vector<int>& ids) {
  std::string text;
  for (const int id : ids) text += fmt::format("{}'{}'", text.empty() ? "" : ", ", program.arrays[static_cast<size_t>(id)].name);
  return "[" + text + "]";
}

// The element type as the C-Arrays table says it: "const s8", "float".
std::string c_type(const Array& array) {
  static constexpr std::pair<DType, std::string_view> words[] = {{DType::float32, "float"}, {DType::float16, "f16"}, {DType::int8, "s8"},
                                                                 {DType::uint8, "u8"},      {DType::int16, "s16"},   {DType::int32, "s32"},
                                                                 {DType::int64, "s64"},     {DType::boolean, "bool"}};
  const auto* word = std::ranges::find(words, array.type.dtype, [](const auto& pair) { return pair.first; });
  return (array.data ? "const " : "") + std::string(word->second);
}

std::string place_text(const Program& program, const Array& array) {
  if (array.data) return "weights/weights";
  if (is_user(program, array)) return "user/";
  const std::string pool = array.segment >= 0 ? program.segments[static_cast<size_t>(array.segment)].pool : std::string();
  return "activations/" + (pool.empty() ? "**default**" : pool);
}

int64_t item_count(const Array& array) { return array.role == Role::scratch ? array.bytes / byte_size(array.type.dtype) : elements(array.type.shape); }

std::string comment_text(const Array& array) {
  if (array.removed) return fmt::format("{} channels removed", text(*array.removed));
  return array.input >= 0 ? "/input" : array.output >= 0 ? "/output" : "";
}

std::string arrays_text(const Program& program) {
  TextTable table({{"c_id"}, {"name (*_array)"}, {"item/size"}, {"domain/mem-pool"}, {"c-type"}, {"comment"}});
  std::vector<const Array*> sorted;
  for (const Array& array : program.arrays) sorted.push_back(&array);
  std::ranges::sort(sorted, {}, [](const Array* a) -> const std::string& { return a->name; });
  for (const Array* array : sorted)
    table.row({fmt::format("{}", array->id), array->name, fmt::format("{}/{}", item_count(*array), array->bytes), place_text(program, *array),
               c_type(*array), comment_text(*array)});
  return fmt::format("C-Arrays ({})\n{}", program.arrays.size(), table.text());
}

std::string ring_text(const Program& program, const Array& array) {
  const std::optional<RingRows> ring = ring_rows(program, array);
  return ring ? fmt::format(", {} of {} rows", ring->rows, ring->height) : "";
}

std::vector<std::pair<std::string, std::string>> tensor_cells(const Program& program, const CNode& node) {
  std::vector<std::pair<std::string, std::string>> cells;
  const auto add = [&](std::string_view letter, const std::vector<int>& ids) {
    for (const int id : ids) {
      const Array& array = program.arrays[static_cast<size_t>(id)];
      cells.emplace_back(fmt::format("{}: {}", letter, array.name),
                         role_word(program, array) == "scratch" ? "" : fmt::format("{} ({}){}", shaped_text(array.type), id, ring_text(program, array)));
    }
  };
  add("I", node.inputs);
  if (node.steps.empty()) {                      // those of a group stand with its layers
    add("S", node.scratch);
    add("W", node.weights);
  }
  add("O", node.outputs);
  return cells;
}

// "3", "0-9"
std::string id_text(const std::vector<int>& m_ids) {
  const auto [low, high] = std::ranges::minmax(m_ids);
  return low == high ? fmt::format("{}", low) : fmt::format("{}-{}", low, high);
}

void add_layer(TextTable& table, const Program& program, const CNode& node, std::vector<std::string> cells) {
  cells.insert(cells.end(), {node.type, fmt::format("{}", node.macc), fmt::format("{}", rom_bytes(node, program))});
  for (const auto& [tensor, shape] : tensor_cells(program, node)) {
    cells.resize(6);
    cells.push_back(tensor);
    cells.push_back(shape);
    table.row(cells);
    cells.clear();
  }
}

// A streamed group is followed by its layers, a little further in.
std::string layers_text(const Program& program, const std::vector<int>& m_ids) {
  TextTable table({{"c_id"}, {"name (*_layer)"}, {"id"}, {"layer_type"}, {"macc", Align::right}, {"rom", Align::right}, {"tensors"}, {"shape (array id)"}});
  auto m_id = m_ids.begin();
  for (size_t i = 0; i < program.nodes.size(); ++i) {
    const CNode& node = program.nodes[i];
    const auto own = static_cast<std::ptrdiff_t>(std::max<size_t>(1, node.steps.size()));
    if (i > 0) table.rule();
    add_layer(table, program, node, {fmt::format("{}", i), node.name, id_text({m_id, m_id + own})});
    for (size_t step = 0; step < node.steps.size(); ++step)
      add_layer(table, program, node.steps[step], {"", "  " + node.steps[step].name, fmt::format("{}", m_id[static_cast<std::ptrdiff_t>(step)])});
    m_id += own;
  }
  return fmt::format("C-Layers ({})\n{}", program.nodes.size(), table.text());
}

}  // namespace

std::string c_graph_block(const ReportInput& in) {
  const Program& program = *in.program;
  const std::string rule = std::string(dashes, '-') + "\n";
  return "\n\n\nGenerated C-graph summary\n" + rule + line("model name", program.model.name) + line("c-name", program.c_name) +
         line("c-node #", fmt::format("{}", program.nodes.size())) + line("c-array #", fmt::format("{}", program.arrays.size())) +
         line("activations size", size_line_text(program, SegmentKind::activations)) +
         line("weights size", size_line_text(program, SegmentKind::weights)) + line("macc", fmt::format("{}", program.macc())) +
         line("inputs", names_text(program, program.inputs)) + line("outputs", names_text(program, program.outputs)) + "\n" +
         arrays_text(program) + "\n" + layers_text(program, m_id_by_c_layer(*in.original, program)) + "\n";
}

}  // namespace ew
