#include "plan/groups.h"

#include "base/error.h"
#include "plan/pixels.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace ew {
namespace {

constexpr int longest_group = 48;                // c-nodes; bounds the work of the search
constexpr size_t most_candidates = 5;

int root_of(const Program& program, int id) { return location(program, id).root; }

// The calls that compute the c-node row by row; empty: it has none.
const std::vector<Call>& row_calls(const CNode& node) {
  static const std::vector<Call> none;
  if (!node.row_form.empty()) return node.row_form;
  return node.calls.size() == 1 && node.calls[0].out_rows > 0 ? node.calls : none;
}

// Rows of arrays that are contiguous parts of others, or have such parts, are not streamed.
bool is_shared(const Program& program, int id) {
  const auto contiguous = [](const Array& array) { return array.view_of >= 0 && array.view_run == 0; };
  const int root = root_of(program, id);
  return std::ranges::any_of(program.arrays, [&](const Array& other) { return contiguous(other) && root_of(program, other.id) == root; });
}

// An image of `rows` rows, and so is what it lies in (a network output may have another shape: it never becomes a ring).
bool has_rows(const Program& program, int id, int64_t rows) {
  const auto fits = [&](const Array& array) { return array.output >= 0 || (array.type.shape.size() == 4 && array.type.shape[0] == 1 && array.type.shape[1] == rows); };
  return fits(array_of(program, id)) && fits(array_of(program, root_of(program, id)));
}

// The bytes of a row from `offset` on that belong to the array, or to `run` bytes of each of its pixels.
RowPart part_of(const Program& program, int id, int64_t offset, int64_t pixel, int64_t run) {
  const Location place = location(program, id);
  const int64_t begin = place.offset + offset;
  if (place.run > 0) return {place.pitch, begin, begin + (run > 0 ? run : place.run)};
  return run > 0 ? RowPart{pixel, begin, begin + run} : RowPart{};
}

// Adds a call to the layer; false: it needs more than rows.
bool add_call(const Program& program, const CNode& node, const Call& call, StreamLayer& layer) {
  const std::optional<RowCopy> copy = row_copy_of(call);
  if (!copy && (call.out_offset != 0 || std::ranges::any_of(call.windows, [](const RowWindow& w) { return w.offset != 0; }))) return false;
  if (layer.rows > 0 && layer.rows != call.out_rows) return false;
  layer.rows = call.out_rows;
  layer.row_cost += call.row_cost;
  const int64_t run = copy ? copy->run : 0;
  if (call.out_array == node.outputs[0] || copy) {
    if (!has_rows(program, call.out_array, call.out_rows)) return false;
    layer.outputs.push_back({root_of(program, call.out_array), part_of(program, call.out_array, call.out_offset, copy ? copy->to_stride : 0, run)});
  }
  for (const RowWindow& window : call.windows) {
    if (window.dilation < 1 || window.stride < 1) return false;
    const RowPart part = part_of(program, window.array, window.offset, copy ? copy->from_stride : 0, run);
    layer.inputs.push_back({root_of(program, window.array), window.kernel, window.stride, window.first, window.dilation, window.height, part});
  }
  return std::ranges::none_of(call.args, [&](const Arg& arg) {
    return arg.kind == Arg::Kind::array && array_of(program, arg.index).role == Role::activation && arg.index != node.outputs[0];
  });
}

// The c-node as a layer of a streamed run; none: it needs whole tensors, or several images.
std::optional<StreamLayer> stream_layer(const Program& program, const CNode& node) {
  for (const auto* list : {&node.inputs, &node.outputs})
    if (std::ranges::any_of(*list, [&](int id) { return is_shared(program, id); })) return std::nullopt;
  StreamLayer layer;
  layer.rows = 0;
  if (node.calls.empty()) return layer;          // its copies became views
  const std::vector<Call>& calls = row_calls(node);
  if (calls.empty() || (node.outputs.size() != 1 && !only_copies(node))) return std::nullopt;
  for (const Call& call : calls)
    if (!add_call(program, node, call, layer)) return std::nullopt;
  const auto read_by_rows = [&](int input) {
    return std::ranges::any_of(calls, [&](const Call& call) {
      return std::ranges::any_of(call.windows, [&](const RowWindow& window) { return window.array == input; });
    });
  };
  if (!only_copies(node) && !std::ranges::all_of(node.inputs, read_by_rows)) return std::nullopt;
  return layer;
}

// Results that are complete only after a layer's last row cannot be read row by row.
bool reads_unfinished(const Program& program, const Group& group) {
  const auto made_inside = [&](int id) { return array_of(program, id).first >= group.first && array_of(program, id).first <= group.last; };
  const auto made_by_rows = [&](int id) {
    return std::ranges::any_of(group.layers, [&](const StreamLayer& layer) { return std::ranges::find(layer.outputs, id, &StreamOutput::array) != layer.outputs.end(); });
  };
  return std::ranges::any_of(group.layers, [&](const StreamLayer& layer) {
    return std::ranges::any_of(layer.inputs, [&](const StreamInput& in) { return made_inside(in.array) && !made_by_rows(in.array); });
  });
}

// Whether all calls mean the same by a row of an array: between them it may have another shape.
bool agree_on_rows(const Program& program, const Group& group) {
  std::map<int, std::pair<int64_t, int64_t>> rows;   // by array: how many, and their bytes
  const auto agrees = [&](int array, int64_t height, int64_t bytes) {
    const std::pair<int64_t, int64_t> mine{height, bytes};
    return rows.try_emplace(root_of(program, array), mine).first->second == mine;
  };
  for (int n = group.first; n <= group.last; ++n)
    for (const Call& call : row_calls(program.nodes[static_cast<size_t>(n)])) {
      if (call.out_row_bytes > 0 && !agrees(call.out_array, call.out_rows, call.out_row_bytes)) return false;
      for (const RowWindow& window : call.windows)
        if (!agrees(window.array, window.height, window.row_bytes)) return false;
    }
  return true;
}

// Made by the group, without parts and no part of another array.
bool is_alone(const Program& program, const Group& group, int id) {
  return group.schedule.rings.contains(id) && array_of(program, id).first >= group.first && array_of(program, id).view_of < 0 &&
         std::ranges::none_of(program.arrays, [&](const Array& a) { return a.view_of == id; });
}

// Rows that an elementwise layer uses up in the tick that makes them can be made where its own go. That place is free then: who reads what lies
// there comes after this layer.
std::map<int, int> arrays_in_place(const Program& program, const Group& group) {
  std::map<int, int> result;
  for (int n = group.first; n <= group.last; ++n) {
    const std::vector<Call>& calls = row_calls(program.nodes[static_cast<size_t>(n)]);
    if (calls.size() != 1 || calls[0].row_elements == 0 || calls[0].pixels > 0 || !is_alone(program, group, calls[0].out_array)) continue;
    const auto fits = [&](const RowWindow& window) {
      return window.row_bytes == calls[0].out_row_bytes && is_alone(program, group, window.array) && is_inner(program, group, window.array) &&
             array_of(program, window.array).last == n && group.schedule.rings.at(window.array).transient;
    };
    if (const auto window = std::ranges::find_if(calls[0].windows, fits); window != calls[0].windows.end()) result[window->array] = calls[0].out_array;
  }
  return result;
}

std::optional<Group> make_group(const Program& program, const std::vector<std::optional<StreamLayer>>& layers, int first, int last) {
  Group group{first, last, {}, {}, {}};
  for (int n = first; n <= last; ++n) group.layers.push_back(*layers[static_cast<size_t>(n)]);
  if (reads_unfinished(program, group) || !agree_on_rows(program, group)) return std::nullopt;
  std::optional<Schedule> found = schedule(group.layers);
  if (!found) return std::nullopt;
  group.schedule = std::move(*found);
  group.in_place = arrays_in_place(program, group);
  return group;
}

int64_t row_bytes(const Program& program, const Group& group, int root) {
  for (int n = group.first; n <= group.last; ++n)
    for (const Call& call : row_calls(program.nodes[static_cast<size_t>(n)])) {
      if (call.out_row_bytes > 0 && root_of(program, call.out_array) == root) return call.out_row_bytes;
      for (const RowWindow& window : call.windows)
        if (root_of(program, window.array) == root) return window.row_bytes;
    }
  throw internal_error("an array without rows in a streamed group");
}

// The array in whose place the rows of this one are computed; itself: in none.
int place_of(const Group& group, int id) {
  for (auto place = group.in_place.find(id); place != group.in_place.end(); place = group.in_place.find(id)) id = place->second;
  return id;
}

bool is_in_place(const std::vector<Group>& groups, int id) {
  return std::ranges::any_of(groups, [&](const Group& group) { return group.in_place.contains(id); });
}

// Bytes and lifetime of an array inside a group: between ticks a ring keeps its rows, for as long as the group runs.
Block ring_block(const Program& program, const Group& group, int id) {
  const Array& array = array_of(program, id);
  const Ring& ring = group.schedule.rings.at(id);
  Block block{std::min(array.bytes, ring.rows * row_bytes(program, group, id)), array.alignment, group.first, group.last};
  if (!ring.transient) return block;
  block.first = array.first, block.last = array.last;
  for (const auto& [inner, place] : group.in_place)
    if (place_of(group, inner) == id) block.first = std::min(block.first, array_of(program, inner).first);
  return block;
}

const Group* group_at(const std::vector<Group>& groups, int node) {
  for (const Group& group : groups)
    if (group.first <= node && node <= group.last) return &group;
  return nullptr;
}

// Scratch that must keep its content from row to row (an accumulator): written and read by a call that makes no rows.
bool keeps_content(const Group& group, int node) { return group.layers[static_cast<size_t>(node - group.first)].outputs.empty(); }

// Whether its c-node takes the form that uses the scratch array.
bool is_needed(const Program& program, const std::vector<Group>& groups, const Array& array) {
  if (array.role != Role::scratch) return true;
  const CNode& node = program.nodes[static_cast<size_t>(array.first)];
  return uses(group_at(groups, array.first) == nullptr ? node.calls : row_calls(node), array.id);
}

Block block_of(const Program& program, const std::vector<Group>& groups, const Array& array) {
  Block block{array.bytes, array.alignment, array.first, array.last};
  const Group* writer = array.first < 0 ? nullptr : group_at(groups, array.first);
  if (array.role == Role::scratch) {
    if (writer != nullptr && keeps_content(*writer, array.first)) block.first = writer->first, block.last = writer->last;
    return block;
  }
  if (writer != nullptr && is_inner(program, *writer, array.id)) return ring_block(program, *writer, array.id);
  if (writer != nullptr) block.first = writer->first;
  const Group* reader = group_at(groups, array.last);
  if (reader != nullptr) block.last = std::max(block.last, reader->last);
  return block;
}

void add_node_allowances(const Program& program, int n, const std::vector<int>& block_by_array, MemoryProblem& problem) {
  const CNode& node = program.nodes[static_cast<size_t>(n)];
  for (const Overlap& o : node.overlaps) {
    const int in = block_by_array[static_cast<size_t>(o.input)], out = block_by_array[static_cast<size_t>(o.output)];
    if (in < 0 || out < 0 || problem.blocks[static_cast<size_t>(in)].last != n) continue;
    const bool one_loop = node.overlaps.size() == 1 && node.calls.size() == 1;   // several could want different directions
    problem.allowances.push_back({in, out, o.ascending, one_loop ? o.descending : -1});
  }
}

// What a group reads whole and what it leaves behind may share memory.
std::vector<Overlap> group_overlaps(const Program& program, const Group& group) {
  std::set<int> read;
  for (const StreamLayer& layer : group.layers)
    for (const StreamInput& in : layer.inputs)
      if (!group.schedule.rings.contains(in.array)) read.insert(in.array);
  std::vector<Overlap> overlaps;
  for (const int in : read) {
    if (is_parameter(array_of(program, in)) || array_of(program, in).last > group.last) continue;
    for (const auto& [out, ring] : group.schedule.rings) {
      if (is_inner(program, group, out) || group.in_place.contains(out) || array_of(program, out).first < group.first) continue;
      int64_t distance = 0;
      for (const auto& [written, unused] : group.schedule.rings)
        if (place_of(group, written) == out)
          distance = std::max(distance, stream_overlap(group.layers, group.schedule, in, row_bytes(program, group, in), written, row_bytes(program, group, out)));
      overlaps.push_back({in, out, distance, -1});
    }
  }
  return overlaps;
}

// ---- The search ----

// The least memory while c-node n or the group runs, by estimate: what lives through it, what it reads and leaves (which may overlap), and
// what lives inside.
class Estimate {
 public:
  explicit Estimate(const Program& program) : program_(program) {}

  int64_t bytes(int first, int last, const Group* group) const {
    const std::vector<Group> groups = group == nullptr ? std::vector<Group>{} : std::vector<Group>{*group};
    int64_t base = 0, dying = 0, made = 0;
    std::vector<int64_t> inside(static_cast<size_t>(last - first + 1), 0);
    for (const Array& array : program_.arrays) {
      if (!in_activations(program_, array) || array.view_of >= 0 || array.last < first || array.first > last || is_in_place(groups, array.id) ||
          !is_needed(program_, groups, array))
        continue;
      const bool comes = array.first < first, goes = array.last > last || array.output >= 0;
      if (comes && goes) base += array.bytes;
      else if (comes) dying += array.bytes;
      else if (goes) made += array.bytes;
      else add(block_of(program_, groups, array), first, inside);
    }
    return base + dying + made - saving(first, group) + *std::ranges::max_element(inside);
  }

 private:
  static void add(const Block& block, int first, std::vector<int64_t>& inside) {
    for (int n = block.first; n <= block.last; ++n)
      if (n >= first && n - first < static_cast<int>(inside.size())) inside[static_cast<size_t>(n - first)] += block.bytes;
  }

  // The most that one pair of input and output can share.
  int64_t saving(int first, const Group* group) const {
    int64_t best = 0;
    for (const Overlap& o : group == nullptr ? program_.nodes[static_cast<size_t>(first)].overlaps : group_overlaps(program_, *group)) {
      const Array& in = array_of(program_, o.input);
      const Array& out = array_of(program_, o.output);
      if (!in_activations(program_, in) || !in_activations(program_, out) || in.last > (group == nullptr ? first : group->last)) continue;
      const int64_t both = in.bytes + out.bytes;
      if (o.ascending >= 0) best = std::max(best, both - std::max(out.bytes, o.ascending + in.bytes));
      if (o.descending >= 0) best = std::max(best, both - std::max(in.bytes, o.descending + out.bytes));
    }
    return best;
  }

  const Program& program_;
};

// One run of c-nodes that the search may take.
struct Run {
  int first = 0, last = 0;
  int64_t bytes = 0, cost = 0;       // estimated peak, instructions that streaming it costs
};

std::vector<Run> all_runs(const Program& program, const std::vector<std::optional<StreamLayer>>& layers) {
  const Estimate estimate(program);
  std::vector<Run> runs;
  for (int first = 0; first < static_cast<int>(program.nodes.size()); ++first) {
    runs.push_back({first, first, estimate.bytes(first, first, nullptr), 0});
    for (int last = first; last < std::min(first + longest_group, static_cast<int>(layers.size())) && layers[static_cast<size_t>(last)]; ++last) {
      if (last == first) continue;
      if (const std::optional<Group> group = make_group(program, layers, first, last))
        runs.push_back({first, last, estimate.bytes(first, last, &*group), streaming_cost(*group)});
    }
  }
  return runs;
}

// The partition of all c-nodes into runs of at most `bound` bytes that costs least; empty when there is none.
struct Partition { int64_t cost = 0; std::vector<const Run*> runs; };
std::optional<Partition> cheapest(const std::vector<Run>& runs, size_t nodes, int64_t bound) {
  constexpr int64_t never = INT64_MAX / 2;
  std::vector<int64_t> cost(nodes + 1, never);
  std::vector<const Run*> via(nodes + 1, nullptr);
  cost[0] = 0;
  for (const Run& run : runs) {                  // in the order of their first c-node
    if (run.bytes > bound) continue;
    const auto from = static_cast<size_t>(run.first), to = static_cast<size_t>(run.last) + 1;
    if (cost[from] + run.cost >= cost[to]) continue;
    cost[to] = cost[from] + run.cost;
    via[to] = &run;
  }
  if (cost[nodes] >= never) return std::nullopt;
  Partition partition{cost[nodes], {}};
  for (size_t at = nodes; at > 0; at = static_cast<size_t>(via[at]->first)) partition.runs.push_back(via[at]);
  std::ranges::reverse(partition.runs);
  return partition;
}

}  // namespace

bool is_inner(const Program& program, const Group& group, int id) {
  const Array& array = array_of(program, root_of(program, id));
  return group.schedule.rings.contains(array.id) && array.output < 0 && array.first >= group.first && array.last <= group.last;
}

int64_t streaming_cost(const Group& group) {
  constexpr int64_t per_turn = 6, per_row = 20, per_pointer = 6;
  int64_t cost = group.schedule.ticks * per_turn * std::ranges::count_if(group.layers, [](const StreamLayer& layer) { return layer.rows > 0; });
  for (const StreamLayer& layer : group.layers) {
    cost += layer.rows * layer.row_cost;
    for (const StreamInput& in : layer.inputs)                 // rows of whole arrays are as cheap as outside
      cost += layer.rows * (per_row + (group.schedule.rings.contains(in.array) ? in.kernel * per_pointer : 0));
  }
  return cost;
}

MemoryProblem memory_problem(const Program& program, const std::vector<Group>& groups) {
  MemoryProblem problem;
  std::vector<int> block_by_array(program.arrays.size(), -1);
  for (const Array& array : program.arrays) {
    if (!in_activations(program, array) || array.view_of >= 0 || is_in_place(groups, array.id) || !is_needed(program, groups, array)) continue;
    block_by_array[static_cast<size_t>(array.id)] = static_cast<int>(problem.blocks.size());
    problem.arrays.push_back(array.id);
    problem.blocks.push_back(block_of(program, groups, array));
  }
  for (int n = 0; n < static_cast<int>(program.nodes.size()); ++n)
    if (group_at(groups, n) == nullptr) add_node_allowances(program, n, block_by_array, problem);
  for (const Group& group : groups)
    for (const Overlap& o : group_overlaps(program, group)) {
      const int in = block_by_array[static_cast<size_t>(o.input)], out = block_by_array[static_cast<size_t>(o.output)];
      if (in >= 0 && out >= 0) problem.allowances.push_back({in, out, o.ascending, -1});
    }
  return problem;
}

void set_places(Program& program, const std::vector<Group>& groups) {
  for (const Group& group : groups)
    for (const auto& [inner, place] : group.in_place) program.arrays[static_cast<size_t>(inner)].view_of = place;
}

std::vector<std::vector<Group>> candidate_groups(const Program& program, int64_t most_cost) {
  std::vector<std::vector<Group>> candidates{{}};
  if (most_cost < 0) return candidates;
  std::vector<std::optional<StreamLayer>> layers;
  for (const CNode& node : program.nodes) layers.push_back(stream_layer(program, node));
  const std::vector<Run> runs = all_runs(program, layers);
  std::set<int64_t> bounds;
  for (const Run& run : runs) bounds.insert(run.bytes);
  std::vector<std::pair<int, int>> before;
  for (const int64_t bound : bounds) {             // upwards: the smallest peaks first
    if (candidates.size() > most_candidates) break;
    const std::optional<Partition> partition = cheapest(runs, program.nodes.size(), bound);
    if (!partition || partition->cost > most_cost) continue;
    std::vector<std::pair<int, int>> ranges;
    for (const Run* run : partition->runs)
      if (run->last > run->first) ranges.emplace_back(run->first, run->last);
    if (ranges.empty()) break;                     // nothing to gain beyond here
    if (ranges == before) continue;
    before = ranges;
    std::vector<Group>& groups = candidates.emplace_back();
    for (const auto& [first, last] : ranges) groups.push_back(*make_group(program, layers, first, last));
  }
  return candidates;
}

}  // namespace ew
