// A streamed run of c-nodes becomes one c-node with steps.
#include "plan/groups.h"

#include "base/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace ew {
namespace {

void add_unique(std::vector<int>& list, const std::vector<int>& more) {
  for (const int id : more)
    if (std::ranges::find(list, id) == list.end()) list.push_back(id);
}

// Its memory is that of the ring: the shape says so too, {1, rows, ...}, also of what lies in it.
void make_ring(Array& array, const Ring& ring) {
  array.role = Role::scratch;
  const int64_t height = array.type.shape.at(1);
  if (ring.rows >= height) return;
  array.ring_rows = ring.rows;
  array.bytes = array.bytes / height * ring.rows;
  array.type.shape[1] = ring.rows;
}

CNode merged(Program& program, const Group& group, size_t number) {
  CNode result;
  result.name = fmt::format("stream_{}", number);
  result.type = "Streamed";
  result.type_number = 0x1ff;
  result.ticks = group.schedule.ticks;
  for (int n = group.first; n <= group.last; ++n) {
    CNode step = std::move(program.nodes[static_cast<size_t>(n)]);
    if (!step.row_form.empty()) step.calls = std::exchange(step.row_form, {});
    step.overlaps.clear();
    const Pace& pace = group.schedule.paces[static_cast<size_t>(n - group.first)];
    for (Call& call : step.calls) call.delay = pace.delay, call.period = pace.period;
    result.macc += step.macc;
    if (result.op_type.empty() || step.macc > 0) result.op_type = step.op_type;
    add_unique(result.m_ids, step.m_ids);
    add_unique(result.weights, step.weights);
    add_unique(result.scratch, step.scratch);
    for (const int id : step.inputs)
      if (!is_inner(program, group, id) && !group.in_place.contains(id)) add_unique(result.inputs, {id});
    for (const int id : step.outputs) {
      const bool stays = is_inner(program, group, id) || group.in_place.contains(id);
      add_unique(stays ? result.scratch : result.outputs, {id});
    }
    result.steps.push_back(std::move(step));
  }
  for (Array& array : program.arrays) {
    const auto ring = group.schedule.rings.find(location(program, array.id).root);
    if (ring != group.schedule.rings.end() && is_inner(program, group, array.id)) make_ring(array, ring->second);
  }
  return result;
}

}  // namespace

void merge_groups(Program& program, const std::vector<Group>& groups) {
  std::vector<CNode> nodes;
  size_t group = 0;
  for (int n = 0; n < static_cast<int>(program.nodes.size()); ++n) {
    if (group < groups.size() && groups[group].first == n) {
      nodes.push_back(merged(program, groups[group], group));
      n = groups[group++].last;
    } else {
      nodes.push_back(std::move(program.nodes[static_cast<size_t>(n)]));
    }
  }
  program.nodes = std::move(nodes);
}

}  // namespace ew
