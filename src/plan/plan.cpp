#include "plan/plan.h"

#include "base/error.h"

#include <algorithm>

namespace ew {
namespace {

int64_t align_up(int64_t value, int64_t alignment) { return (value + alignment - 1) / alignment * alignment; }

bool is_parameter(const Array& array) { return array.role == Role::weights || array.role == Role::bias; }

int add_segment(Program& program, SegmentKind kind, int64_t bytes, int64_t alignment) {
  const int index = static_cast<int>(program.of(kind).size());
  program.segments.push_back({kind, index, bytes, alignment, ""});
  return static_cast<int>(program.segments.size()) - 1;
}

// Whether the bytes live in the activations, perhaps only by default.
bool in_activations(const Program& program, const Array& array) {
  if (is_parameter(array)) return false;
  if (array.input >= 0) return program.inputs_in_activations;
  if (array.output >= 0) return program.outputs_in_activations;
  return true;
}

// Where an output lies above the input it overlaps, the rows run from the last to the first.
void choose_directions(Program& program) {
  const auto offset = [](const Array& array) { return array.activations_offset >= 0 ? array.activations_offset : array.offset; };
  for (CNode& node : program.nodes)
    for (const Overlap& o : node.overlaps) {
      const Array& in = program.arrays[static_cast<size_t>(o.input)];
      const Array& out = program.arrays[static_cast<size_t>(o.output)];
      if (!in_activations(program, in) || !in_activations(program, out)) continue;
      const bool apart = offset(in) + in.bytes <= offset(out) || offset(out) + out.bytes <= offset(in);
      if (!apart && offset(out) > offset(in)) node.calls.front().descending = true;
    }
}

void place_activations(Program& program) {
  std::vector<Block> blocks;
  std::vector<int> block_of(program.arrays.size(), -1);
  std::vector<int> array_of;
  for (const Array& array : program.arrays) {
    if (!in_activations(program, array)) continue;
    block_of[static_cast<size_t>(array.id)] = static_cast<int>(blocks.size());
    array_of.push_back(array.id);
    blocks.push_back({array.bytes, array.alignment, array.first, array.last});
  }
  std::vector<Allowance> allowances;
  for (size_t n = 0; n < program.nodes.size(); ++n) {
    const CNode& node = program.nodes[n];
    for (const Overlap& o : node.overlaps) {
      const int in = block_of[static_cast<size_t>(o.input)], out = block_of[static_cast<size_t>(o.output)];
      if (in < 0 || out < 0 || blocks[static_cast<size_t>(in)].last != static_cast<int>(n)) continue;
      const bool one_loop = node.overlaps.size() == 1 && node.calls.size() == 1;   // several could want different directions
      allowances.push_back({in, out, o.ascending, one_loop ? o.descending : -1});
    }
  }
  const Allocation allocation = allocate(blocks, allowances);
  if (const std::string wrong = check(blocks, allowances, allocation); !wrong.empty()) throw internal_error("memory plan: " + wrong);
  const int segment = add_segment(program, SegmentKind::activations, align_up(allocation.bytes, 4), 4);
  for (size_t b = 0; b < blocks.size(); ++b) {
    Array& array = program.arrays[static_cast<size_t>(array_of[b])];
    if (array.input >= 0 || array.output >= 0) {
      array.activations_offset = allocation.offsets[b];
    } else {
      array.segment = segment;
      array.offset = allocation.offsets[b];
    }
    Segment& s = program.segments[static_cast<size_t>(segment)];
    s.alignment = std::max(s.alignment, array.alignment);
  }
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
}

void plan(Program& program, Objective) {
  set_lifetimes(program);
  place_activations(program);
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
