// "Memory map": the activations by address.
#include "report/memory_map.h"

#include "base/table.h"
#include "base/text.h"
#include "report/report.h"

#include <algorithm>

namespace ew {
namespace {

// Where the array lies in the activations, segments one behind the other; -1: elsewhere.
int64_t activations_offset(const Program& program, const Array& array) {
  if (array.activations_offset >= 0) return array.activations_offset;
  if (array.segment < 0 || program.segments[static_cast<size_t>(array.segment)].kind != SegmentKind::activations) return -1;
  int64_t base = 0;
  for (int s = 0; s < array.segment; ++s)
    if (program.segments[static_cast<size_t>(s)].kind == SegmentKind::activations) base += program.segments[static_cast<size_t>(s)].bytes;
  return base + array.offset;
}

bool same_time(const MapEntry& a, const MapEntry& b) { return a.first <= b.last && b.first <= a.last; }
bool same_bytes(const MapEntry& a, const MapEntry& b) { return a.offset < b.offset + b.bytes && b.offset < a.offset + a.bytes; }

void add_moments(const Program& program, MemoryMap& map, std::vector<int>& first_of_node) {
  for (int n = 0; n < static_cast<int>(program.nodes.size()); ++n) {
    first_of_node.push_back(static_cast<int>(map.moments.size()));
    const int steps = static_cast<int>(program.nodes[static_cast<size_t>(n)].steps.size());
    for (int step = 0; step < steps; ++step) map.moments.push_back({n, step});
    if (steps == 0) map.moments.push_back({n, -1});
  }
  first_of_node.push_back(static_cast<int>(map.moments.size()));
}

void add_entries(const Program& program, const std::vector<int>& first_of_node, MemoryMap& map) {
  const int end = static_cast<int>(program.nodes.size());
  for (const Array& array : program.arrays) {
    const int64_t offset = activations_offset(program, array);
    if (offset < 0 || array.view_of >= 0 || end == 0) continue;
    const int first = std::clamp(array.first, 0, end - 1), last = std::clamp(array.last, 0, end - 1);
    MapEntry& entry = map.entries.emplace_back(MapEntry{array.id, offset, array.bytes, 0, 0, {}});
    entry.first = first_of_node[static_cast<size_t>(first)] + std::max(0, array.first_step);
    entry.last = array.last_step >= 0 ? first_of_node[static_cast<size_t>(last)] + array.last_step : first_of_node[static_cast<size_t>(last) + 1] - 1;
  }
  std::ranges::sort(map.entries, {}, [](const MapEntry& e) { return std::tuple(e.offset, e.first, e.last, e.array); });
  for (size_t i = 0; i < map.entries.size(); ++i)
    for (size_t j = 0; j < map.entries.size(); ++j)
      if (i != j && same_time(map.entries[i], map.entries[j]) && same_bytes(map.entries[i], map.entries[j]))
        map.entries[i].over.push_back(static_cast<int>(j));
}

// Bytes that some array keeps at the moment: shared ones count once. The entries come by offset.
int64_t used_bytes(const MemoryMap& map, int moment) {
  int64_t used = 0, end = 0;
  for (const MapEntry& entry : map.entries) {
    if (!alive(entry, moment)) continue;
    used += std::max<int64_t>(0, entry.offset + entry.bytes - std::max(end, entry.offset));
    end = std::max(end, entry.offset + entry.bytes);
  }
  return used;
}

std::string node_text(const Program& program, int node, int step) {
  return fmt::format("{} {}", node, moment_name(program, {node, step}));
}

std::string from_text(const Program& program, const Array& array) { return array.first < 0 ? "start" : node_text(program, array.first, array.first_step); }

std::string to_text(const Program& program, const Array& array) {
  if (array.last >= static_cast<int>(program.nodes.size())) return "end";
  return array.last < 0 ? "start" : node_text(program, array.last, array.last_step);
}

std::string over_text(const Program& program, const MemoryMap& map, const MapEntry& entry) {
  std::string text;
  for (const int other : entry.over) {
    const MapEntry& o = map.entries[static_cast<size_t>(other)];
    const int64_t shared = std::min(entry.offset + entry.bytes, o.offset + o.bytes) - std::max(entry.offset, o.offset);
    text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", array_of(program, o.array).name, thousands(shared));
  }
  return text;
}

// Arrays that are a part of another one.
std::string views_text(const Program& program) {
  std::string text;
  for (const Array& array : program.arrays) {
    if (array.view_of < 0) continue;
    const int64_t end = array.view_offset + (array.view_run > 0 ? array.view_run : array.bytes);
    const std::string every = array.view_run > 0 ? fmt::format(" of every {}", thousands(array.view_pitch)) : "";
    text += fmt::format("view: {} is bytes {} to {}{} of {}\n", array.name, thousands(array.view_offset), thousands(end), every,
                        array_of(program, array.view_of).name);
  }
  return text;
}

std::string peak_text(const Program& program, const MemoryMap& map) {
  const Moment& peak = map.moments[static_cast<size_t>(map.peak)];
  const int64_t used = map.used[static_cast<size_t>(map.peak)];
  std::string text = fmt::format("(*) kept at the peak, c-node {} '{}'", peak.node, program.nodes[static_cast<size_t>(peak.node)].name);
  if (peak.step >= 0) text += fmt::format(", step '{}'", moment_name(program, peak));
  return text + fmt::format(": {} of {} bytes in use, {} free\n", thousands(used), thousands(map.bytes), thousands(map.bytes - used));
}

}  // namespace

bool alive(const MapEntry& entry, int moment) { return entry.first <= moment && moment <= entry.last; }

const std::string& moment_name(const Program& program, const Moment& moment) {
  const CNode& node = program.nodes[static_cast<size_t>(moment.node)];
  return moment.step < 0 ? node.name : node.steps[static_cast<size_t>(moment.step)].name;
}

MemoryMap memory_map(const Program& program) {
  MemoryMap map;
  map.bytes = program.bytes(SegmentKind::activations);
  std::vector<int> first_of_node;
  add_moments(program, map, first_of_node);
  add_entries(program, first_of_node, map);
  for (int m = 0; m < static_cast<int>(map.moments.size()); ++m) map.used.push_back(used_bytes(map, m));
  if (!map.used.empty()) map.peak = static_cast<int>(std::ranges::max_element(map.used) - map.used.begin());
  return map;
}

std::optional<RingRows> ring_rows(const Program& program, const Array& array) {
  if (array.ring_rows == 0) return std::nullopt;
  for (const CNode& node : program.nodes)
    for (const CNode& step : node.steps)
      for (const Call& call : step.calls)
        if (call.out_array >= 0 && location(program, call.out_array).root == location(program, array.id).root) return RingRows{array.ring_rows, call.out_rows};
  return std::nullopt;
}

std::string_view role_word(const Program& program, const Array& array) {
  if (array.input >= 0) return "input";
  if (array.output >= 0) return "output";
  if (array.ring_rows > 0) return "ring";
  if (array.role != Role::scratch) return "activation";
  for (const CNode& node : program.nodes)        // the planner makes what lives inside a group its scratch memory
    for (const CNode& step : node.steps)
      if (std::ranges::find(step.outputs, array.id) != step.outputs.end()) return "activation";
  return "scratch";
}

std::string memory_map_block(const ReportInput& in) {
  const Program& program = *in.program;
  const MemoryMap map = memory_map(program);
  if (map.entries.empty()) return "";
  TextTable table({{"offset", Align::right}, {"end", Align::right}, {"bytes", Align::right}, {"*"}, {"c_id"}, {"name (*_array)"}, {"role"}, {"rows"},
                   {"from c-node"}, {"to c-node"}, {"over (bytes)"}});
  bool rings = false, overlaps = false;
  for (const MapEntry& entry : map.entries) {
    const Array& array = array_of(program, entry.array);
    const std::optional<RingRows> ring = ring_rows(program, array);
    rings = rings || ring;
    overlaps = overlaps || !entry.over.empty();
    table.row({thousands(entry.offset), thousands(entry.offset + entry.bytes), thousands(entry.bytes), alive(entry, map.peak) ? "*" : "",
               fmt::format("{}", array.id), array.name, std::string(role_word(program, array)), ring ? fmt::format("{} of {}", ring->rows, ring->height) : "",
               from_text(program, array), to_text(program, array), over_text(program, map, entry)});
  }
  std::string text = fmt::format("Memory map (activations, {} bytes)\n{}{}", thousands(map.bytes), table.text(), peak_text(program, map));
  text += views_text(program);
  if (rings) text += "rows: of a ring in a streamed group, which keeps only the rows that are still to be read\n";
  if (overlaps) text += "over: holds some of the same bytes at the same time, rows are written over rows that were read\n";
  return text + "\n";
}

}  // namespace ew
