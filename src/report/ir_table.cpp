// The table of the imported network beside what became of it.
#include "base/table.h"
#include "base/text.h"
#include "report/join.h"
#include "report/report.h"

#include <algorithm>

namespace ew {
namespace {

struct Made {
  int64_t bytes = 0, macc = 0;
  std::string type;                              // "Conv2D_/Conversion_[o][4, 5]"
};

bool makes_output(const CNode& node, const Program& program) {
  return std::ranges::any_of(node.outputs, [&](int id) { return program.arrays[static_cast<size_t>(id)].output >= 0; });
}

Made made_of(const std::vector<CLayer>& layers, const Program& program) {
  Made made;
  std::string words;
  std::vector<int> c_ids;
  bool output = false;
  for (const auto& [node, c_id, streamed] : layers) {
    made.bytes += rom_bytes(*node, program);
    made.macc += node->macc;
    words += fmt::format("{}{}_", words.empty() ? "" : "/", node->type);
    output = output || makes_output(*node, program);
    if (c_ids.empty() || c_ids.back() != c_id) c_ids.push_back(c_id);
  }
  if (!layers.empty()) made.type = fmt::format("{}{}[{}]", words, output ? "[o]" : "", fmt::join(c_ids, ", "));
  return made;
}

void add_row(TextTable& table, const OriginalRow& row, bool first, const Made& made) {
  const auto macc = row.macc == 0 ? std::string() : thousands(row.macc);
  const auto params = row.items == 0 ? std::string() : thousands(row.items) + "/" + thousands(row.bytes);
  table.row({first ? fmt::format("{}", row.m_id) : "", fmt::format("{} ({}, {})", shorten(row.name), row.type, row.original), row.oshape, params,
             macc, row.connected.empty() ? "" : shorten(row.connected.front()), "|", difference_text(row.bytes, made.bytes),
             difference_text(row.macc, made.macc), made.type});
  for (size_t i = 1; i < row.connected.size(); ++i) table.row({"", "", "", "", "", shorten(row.connected[i]), "|"});
}

std::string footer(const ReportInput& in) {
  const Program& program = *in.program;
  const OriginalModel& original = *in.original;
  const int64_t weights = program.bytes(SegmentKind::weights);
  return fmt::format("model/c-model: macc={}/{} {} weights={}/{} {} activations=--/{} io=--/{}\n", thousands(original.macc), thousands(program.macc()),
                     difference_text(original.macc, program.macc()), thousands(original.param_bytes), thousands(weights),
                     difference_text(original.param_bytes, weights), thousands(program.bytes(SegmentKind::activations)),
                     thousands(user_bytes(program, true) + user_bytes(program, false)));
}

}  // namespace

std::string ir_table_block(const ReportInput& in) {
  TextTable table({{"m_id"}, {"layer (type,original)"}, {"oshape"}, {"param/size"}, {"macc", Align::right}, {"connected to", Align::right},
               {"|"}, {"c_size"}, {"c_macc"}, {"c_type"}});
  const std::vector<OriginalRow>& rows = in.original->rows;
  const auto by_row = c_layers_by_row(*in.original, *in.program);
  for (size_t i = 0; i < rows.size(); ++i) {
    const bool first = i == 0 || rows[i].m_id != rows[i - 1].m_id;
    if (first && i > 0) table.rule();
    add_row(table, rows[i], first, made_of(by_row[i], *in.program));
  }
  return fmt::format("Model name - {}\n{}{}", in.program->model.name, table.text(), footer(in));
}

}  // namespace ew
