#include "plan/plan.h"

#include "base/error.h"
#include "plan/align.h"
#include "plan/groups.h"

#include <algorithm>
#include <numeric>

namespace ew {
namespace {

int add_segment(Program& program, SegmentKind kind, int64_t bytes, int64_t alignment) {
  const int index = static_cast<int>(program.of(kind).size());
  program.segments.push_back({kind, index, bytes, alignment, ""});
  return static_cast<int>(program.segments.size()) - 1;
}

// Where an output does not lie far enough below the input it overlaps, the rows run from the last to the first.
void choose_directions(Program& program) {
  const auto offset = [](const Array& array) { return array.activations_offset >= 0 ? array.activations_offset : array.offset; };
  for (CNode& node : program.nodes)
    for (const Overlap& o : node.overlaps) {
      const Array& in = program.arrays[static_cast<size_t>(o.input)];
      const Array& out = program.arrays[static_cast<size_t>(o.output)];
      if (!in_activations(program, in) || !in_activations(program, out)) continue;
      const bool apart = offset(in) + in.bytes <= offset(out) || offset(out) + out.bytes <= offset(in);
      const bool ascending = o.ascending >= 0 && offset(out) + o.ascending <= offset(in);
      if (!apart && !ascending) node.calls.front().descending = true;
    }
}

// The instructions that streaming may cost: balanced takes a hundredth of the multiplications' cycles for what no measurement shows.
int64_t most_cost(const Program& program, Objective objective) {
  if (objective == Objective::time || objective == Objective::opened) return -1;
  const auto add = [](int64_t sum, const CNode& node) { return sum + node.cycles; };
  return objective == Objective::ram ? INT64_MAX : std::accumulate(program.nodes.begin(), program.nodes.end(), int64_t{0}, add) / 100;
}

struct Layout {
  std::vector<Group> groups;
  MemoryProblem problem;
  Allocation allocation;
};

// The groups with the smallest peak of those worth trying; of equal ones those that stream less.
Layout best_layout(const Program& program, Objective objective) {
  std::optional<Layout> best;
  std::vector<std::vector<Group>> candidates = candidate_groups(program, most_cost(program, objective));
  for (std::vector<Group>& groups : candidates) {
    MemoryProblem problem = memory_problem(program, groups);
    Allocation allocation = allocate(problem.blocks, problem.allowances);
    const auto cost = [](const std::vector<Group>& list) {
      return std::accumulate(list.begin(), list.end(), int64_t{0}, [](int64_t sum, const Group& g) { return sum + streaming_cost(g); });
    };
    const bool better = !best || allocation.bytes < best->allocation.bytes ||
                        (allocation.bytes == best->allocation.bytes && cost(groups) < cost(best->groups));
    if (better) best = Layout{std::move(groups), std::move(problem), std::move(allocation)};
  }
  for (const Group& group : best->groups)
    if (const std::string wrong = check(group.layers, group.schedule); !wrong.empty()) throw internal_error("streamed group: " + wrong);
  if (const std::string wrong = check(best->problem.blocks, best->problem.allowances, best->allocation); !wrong.empty())
    throw internal_error("memory plan: " + wrong);
  return std::move(*best);
}

// A view lies where its array lies, if need be in the user's memory: address_of() in src/emit follows it to an input's or output's own pointer.
void place_views(Program& program, int segment) {
  for (Array& array : program.arrays) {
    if (array.view_of < 0 || !in_activations(program, array)) continue;
    const Location place = location(program, array.id);
    const Array& root = array_of(program, place.root);
    array.segment = segment;
    array.offset = place.offset + (root.activations_offset >= 0 ? root.activations_offset : root.offset);
  }
}

// The c-nodes in another order that may take less memory; none: there is no better one.
std::optional<Program> reordered(const Program& program) {
  const std::vector<size_t> order = best_order(program);
  if (std::ranges::is_sorted(order)) return std::nullopt;
  Program result = program;
  for (size_t n = 0; n < order.size(); ++n) result.nodes[n] = program.nodes[order[n]];
  set_lifetimes(result);
  return result;
}

// The c-nodes of a group become its steps.
void set_steps(const std::vector<Group>& groups, const Block& block, Array& array) {
  for (const Group& group : groups) {
    if (block.first < group.first || block.last > group.last) continue;
    array.first_step = block.first - group.first;
    array.last_step = block.last - group.first;
  }
}

void place_activations(Program& program, const Layout& layout) {
  const int segment = add_segment(program, SegmentKind::activations, align_up(layout.allocation.bytes, 4), 4);
  for (size_t b = 0; b < layout.problem.blocks.size(); ++b) {
    Array& array = program.arrays[static_cast<size_t>(layout.problem.arrays[b])];
    if (array.input >= 0 || array.output >= 0) {
      array.activations_offset = layout.allocation.offsets[b];
    } else {
      array.segment = segment;
      array.offset = layout.allocation.offsets[b];
    }
    Segment& s = program.segments[static_cast<size_t>(segment)];
    s.alignment = std::max(s.alignment, array.alignment);
    set_steps(layout.groups, layout.problem.blocks[b], array);
  }
  set_places(program, layout.groups);
  place_views(program, segment);
  merge_groups(program, layout.groups);
  remove_row_forms(program);
  set_lifetimes(program);
  choose_directions(program);
}

// One segment, or with --split-weights one for each tensor; in the order of execution, each 4-byte aligned.
void place_weights(Program& program) {
  int segment = program.split_weights ? -1 : add_segment(program, SegmentKind::weights, 0, 4);
  std::vector<bool> placed(program.arrays.size(), false);
  for (const CNode& node : program.nodes)
    for (const int id : node.weights) {
      if (placed[static_cast<size_t>(id)]) continue;
      placed[static_cast<size_t>(id)] = true;
      Array& array = program.arrays[static_cast<size_t>(id)];
      if (program.split_weights) segment = add_segment(program, SegmentKind::weights, 0, 4);
      Segment& s = program.segments[static_cast<size_t>(segment)];
      array.segment = segment;
      array.offset = s.bytes;
      s.bytes = align_up(s.bytes + array.bytes, 4);
    }
}

}  // namespace

void set_lifetimes(Program& program) {
  const int end = static_cast<int>(program.nodes.size());
  for (Array& array : program.arrays) {
    array.first = array.input >= 0 ? -1 : end;
    array.last = array.output >= 0 ? end : -1;
  }
  for (int n = 0; n < end; ++n) {
    const CNode& node = program.nodes[static_cast<size_t>(n)];
    for (const auto* list : {&node.inputs, &node.weights, &node.scratch, &node.outputs})
      for (const int id : *list) {
        Array& array = program.arrays[static_cast<size_t>(id)];
        array.first = std::min(array.first, n);
        array.last = std::max(array.last, n);
      }
  }
  for (Array& array : program.arrays) array.last = std::max(array.last, array.first);
  for (const Array& array : program.arrays)
    for (const Array* view = &array; view->view_of >= 0;) {
      Array& base = program.arrays[static_cast<size_t>(view->view_of)];
      base.first = std::min(base.first, array.first);
      base.last = std::max(base.last, array.last);
      view = &base;
    }
}

namespace {

// A program with its views and the order of its c-nodes decided, and how its arrays lie.
struct Candidate {
  Program program;
  Layout layout;
};

Candidate best_of(Program program, Objective objective) {
  set_lifetimes(program);
  Layout layout = best_layout(program, objective);
  if (std::optional<Program> other = reordered(program)) {
    Layout better = best_layout(*other, objective);
    if (better.allocation.bytes < layout.allocation.bytes) return {std::move(*other), std::move(better)};
  }
  return {std::move(program), std::move(layout)};
}

Program with_views(Program program, const std::vector<bool>& along_channels) {
  make_views(program, along_channels);
  return program;
}

// Views along the channels save copies, but what lies in another array keeps the whole of it alive: not where that costs memory. All of them, or
// of each c-node in turn those that cost none.
Candidate best_of_views(const Program& program, Objective objective) {
  constexpr size_t most_tries = 12;
  std::vector<bool> chosen(program.nodes.size(), false);
  Program without = with_views(program, chosen);
  if (objective == Objective::opened) return best_of(std::move(without), objective);
  Program all = with_views(program, std::vector<bool>(program.nodes.size(), true));
  std::vector<size_t> choices;
  for (size_t n = 0; n < program.nodes.size(); ++n)
    if (all.nodes[n].calls.size() < without.nodes[n].calls.size()) choices.push_back(n);
  Candidate best = best_of(std::move(without), objective);
  const auto offer = [&](Program other) {
    Candidate candidate = best_of(std::move(other), objective);
    const bool good = candidate.layout.allocation.bytes <= best.layout.allocation.bytes;
    if (good) best = std::move(candidate);
    return good;
  };
  if (choices.empty() || offer(std::move(all))) return best;
  choices.resize(std::min(choices.size(), most_tries));
  for (const size_t n : choices) {
    chosen[n] = true;
    chosen[n] = offer(with_views(program, chosen));
  }
  return best;
}

}  // namespace

void plan(Program& program, Objective objective) {
  Candidate best = best_of_views(program, objective);
  program = std::move(best.program);
  const Layout& layout = best.layout;
  place_activations(program, layout);
  place_weights(program);
  for (const int id : program.inputs) {
    Array& array = program.arrays[static_cast<size_t>(id)];
    array.segment = add_segment(program, SegmentKind::input, array.bytes, array.alignment);
    array.offset = 0;
  }
  for (const int id : program.outputs) {
    Array& array = program.arrays[static_cast<size_t>(id)];
    array.segment = add_segment(program, SegmentKind::output, array.bytes, array.alignment);
    array.offset = 0;
  }
}

}  // namespace ew
