// Operations per c-layer and by type; the share of each operator in the work and in the weights.
#include "base/table.h"
#include "base/text.h"
#include "report/join.h"
#include "report/report.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace ew {
namespace {

constexpr size_t bar_width = 16, percent_width = 7;

// 1 + floor(15 value / largest) strokes, then the share of the total.
std::string bar_text(double value, double largest, double total) {
  const size_t strokes = 1 + (largest > 0 ? static_cast<size_t>(std::floor(15 * value / largest)) : 0);
  return pad_right(std::string(strokes, '|'), bar_width) + pad_left(percent_text(value, total), percent_width);
}

std::string operation_types_text(const Program& program) {
  std::vector<std::pair<std::string, int64_t>> types;  // in order of first appearance
  for (const CLayer& layer : c_layers(program)) {
    if (layer.node->macc == 0) continue;
    auto it = std::ranges::find(types, layer.node->op_type, [](const auto& pair) { return pair.first; });
    if (it == types.end()) it = types.emplace(types.end(), layer.node->op_type, 0);
    it->second += layer.node->macc;
  }
  TextTable table({{"operation type"}, {"#", Align::right}, {"%", Align::right}});
  for (const auto& [type, count] : types)
    table.row({type, thousands(count), percent_text(static_cast<double>(count), static_cast<double>(program.macc()))});
  return "Number of operation types\n" + table.text() + "\n";
}

// All layers of one operator of the model; or, where durations are shown, a streamed group, whose layers have none of their own.
struct Share {
  std::string m_id, name;
  double macc = 0, rom = 0, duration = 0;
  std::vector<int> c_ids{};
  double error = -1;                             // -1: not measured
  bool group = false;
};

void add_layer(const ReportInput& in, const CLayer& layer, Share& share) {
  share.macc += static_cast<double>(layer.node->macc);
  share.rom += static_cast<double>(rom_bytes(*layer.node, *in.program));
  if (share.c_ids.empty() || share.c_ids.back() != layer.c_id) share.c_ids.push_back(layer.c_id);
  if (!layer.streamed && static_cast<size_t>(layer.c_id) < in.blocks.c_durations.size())
    share.duration += in.blocks.c_durations[static_cast<size_t>(layer.c_id)];
  if (const auto it = in.blocks.errors.find(layer.node->name); it != in.blocks.errors.end()) share.error = std::max(share.error, it->second);
}

Share group_share(const ReportInput& in, int c_id) {
  const CNode& node = in.program->nodes[static_cast<size_t>(c_id)];
  Share share{"", fmt::format("{} ({} layers, streamed)", node.name, node.steps.size())};
  share.duration = in.blocks.c_durations[static_cast<size_t>(c_id)];
  share.c_ids = {c_id};
  share.group = true;
  return share;
}

std::vector<Share> shares(const ReportInput& in) {
  std::vector<Share> result;
  std::unordered_set<int> groups;
  const auto by_row = c_layers_by_row(*in.original, *in.program);
  for (size_t i = 0; i < by_row.size(); ++i) {
    if (by_row[i].empty()) continue;
    const OriginalRow& row = in.original->rows[i];
    Share share{fmt::format("{}", row.m_id), row.name};
    for (const CLayer& layer : by_row[i]) {
      add_layer(in, layer, share);
      const bool timed = static_cast<size_t>(layer.c_id) < in.blocks.c_durations.size();
      if (layer.streamed && timed && groups.insert(layer.c_id).second) result.push_back(group_share(in, layer.c_id));
    }
    if (share.macc > 0 || share.rom > 0 || share.duration > 0 || share.error >= 0) result.push_back(std::move(share));
  }
  return result;
}

// All of it runs inside streamed groups.
bool is_streamed(const Program& program, const Share& share) {
  return std::ranges::all_of(share.c_ids, [&](int id) { return !program.nodes[static_cast<size_t>(id)].steps.empty(); });
}

struct Measure { double largest = 0, total = 0; };

Measure measure(const std::vector<Share>& all, double Share::*member) {
  Measure m;
  for (const Share& share : all) {
    m.largest = std::max(m.largest, share.*member);
    m.total += share.*member;
  }
  return m;
}

}  // namespace

std::string operations_block(const ReportInput& in) {
  const Program& program = *in.program;
  const auto m_ids = m_id_by_c_layer(*in.original, program);
  const std::vector<CLayer> layers = c_layers(program);
  TextTable table({{"c_id"}, {"m_id"}, {"name (type)"}, {"#op", Align::right}, {"type"}});
  for (size_t i = 0; i < layers.size(); ++i) {
    const CNode& node = *layers[i].node;
    const std::string name = fmt::format("{} ({}{})", shorten(node.comment.empty() ? node.name : node.comment), node.type, layers[i].streamed ? ", streamed" : "");
    table.row({fmt::format("{}", layers[i].c_id), fmt::format("{}", m_ids[i]), name, thousands(node.macc), node.op_type});
  }
  table.rule();
  table.row({"total", "", "", thousands(program.macc()), ""});
  return "Number of operations per c-layer\n" + table.text() + "\n" + operation_types_text(program);
}

std::string complexity_block(const ReportInput& in) {
  const Program& program = *in.program;
  const bool durations = !in.blocks.c_durations.empty(), errors = !in.blocks.errors.empty();
  std::vector<Column> columns{{"m_id"}, {"name"}, {"c_macc"}, {"c_rom"}, {"c_id"}};
  if (durations) columns.push_back({"c_dur", Align::right});
  if (errors) columns.push_back({in.blocks.error_name + " (X-CROSS)"});
  TextTable table(columns);
  const std::vector<Share> all = shares(in);
  const Measure macc = measure(all, &Share::macc), rom = measure(all, &Share::rom), duration = measure(all, &Share::duration),
                error = measure(all, &Share::error);
  for (const Share& share : all) {
    const bool streamed = durations && !share.group && is_streamed(program, share);
    std::vector<std::string> cells{share.m_id, shorten(share.name, 40), share.group ? "" : bar_text(share.macc, macc.largest, macc.total),
                                   share.group ? "" : bar_text(share.rom, rom.largest, rom.total), fmt::format("[{}]", fmt::join(share.c_ids, ", "))};
    if (durations) cells.push_back(streamed ? "" : percent_text(share.duration, duration.total));
    if (errors) cells.push_back(share.error < 0 ? "" : fmt::format("{:.8e}{}", share.error, share.error == error.largest ? " *" : ""));
    table.row(cells);
  }
  return fmt::format("Complexity report (model)\n{}{}macc={} weights={} act={} ram_io={}\n\n", table.text(), errors ? "(*) indicates the max value\n" : "", thousands(program.macc()),
                     thousands(program.bytes(SegmentKind::weights)), thousands(program.bytes(SegmentKind::activations)),
                     thousands(user_bytes(program, true) + user_bytes(program, false)));
}

}  // namespace ew
