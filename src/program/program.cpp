#include "program/program.h"

#include <algorithm>
#include <bit>

namespace ew {

bool Field::operator==(const Field& other) const {
  const float *mine = std::get_if<float>(&value), *theirs = std::get_if<float>(&other.value);
  const bool same = mine != nullptr && theirs != nullptr ? std::bit_cast<uint32_t>(*mine) == std::bit_cast<uint32_t>(*theirs) : value == other.value;
  return name == other.name && same;
}

int64_t Program::bytes(SegmentKind kind) const {
  int64_t sum = 0;
  for (const Segment& s : segments)
    if (s.kind == kind) sum += s.bytes;
  return sum;
}

std::vector<const Segment*> Program::of(SegmentKind kind) const {
  std::vector<const Segment*> out;
  for (const Segment& s : segments)
    if (s.kind == kind) out.push_back(&s);
  return out;
}

int64_t Program::macc() const {
  int64_t sum = 0;
  for (const CNode& n : nodes) sum += n.macc;
  return sum;
}

bool same_instance(const Call& a, const Call& b) {
  const auto same_argument = [](const Arg& x, const Arg& y) {
    return x.kind == y.kind && x.ctype == y.ctype && (x.kind != Arg::Kind::number || x.byte_offset == y.byte_offset);
  };
  return a.body == b.body && a.params == b.params && std::ranges::equal(a.args, b.args, same_argument);
}

std::vector<const Call*> calls_of(const CNode& node) {
  std::vector<const Call*> calls;
  for (const Call& call : node.calls) calls.push_back(&call);
  for (const CNode& step : node.steps)
    for (const Call& call : step.calls) calls.push_back(&call);
  return calls;
}

bool uses(const Call& call, int array) {
  return call.out_array == array || std::ranges::any_of(call.windows, [&](const RowWindow& w) { return w.array == array; }) ||
         std::ranges::any_of(call.args, [&](const Arg& arg) { return arg.kind == Arg::Kind::array && arg.index == array; });
}

namespace {

// Gives arrays their new numbers; those without one (-1) must not be used.
class Renumbering {
 public:
  explicit Renumbering(std::vector<int> numbers) : numbers_(std::move(numbers)) {}

  void apply(int& id) const {
    if (id >= 0) id = numbers_.at(static_cast<size_t>(id));
  }
  void apply(std::vector<int>& ids) const {
    for (int& id : ids) apply(id);
    std::erase(ids, -1);
  }
  void apply(std::vector<Call>& calls) const {
    for (Call& call : calls) {
      apply(call.out_array);
      for (RowWindow& window : call.windows) apply(window.array);
      for (Arg& arg : call.args)
        if (arg.kind == Arg::Kind::array) apply(arg.index);
    }
  }
  void apply(std::vector<CNode>& nodes) const {
    for (CNode& node : nodes) {
      for (auto* ids : {&node.inputs, &node.weights, &node.scratch, &node.outputs}) apply(*ids);
      apply(node.calls);
      for (Overlap& overlap : node.overlaps) apply(overlap.input), apply(overlap.output);
      apply(node.steps);
    }
  }

 private:
  std::vector<int> numbers_;
};

}  // namespace

void remove_row_forms(Program& program) {
  std::vector<bool> used(program.arrays.size(), false);
  for (CNode& node : program.nodes) {
    node.row_form.clear();
    for (const Call* call : calls_of(node))
      for (const Array& array : program.arrays) used[static_cast<size_t>(array.id)] = used[static_cast<size_t>(array.id)] || uses(*call, array.id);
  }
  for (const Array& array : program.arrays)
    if (array.view_of >= 0) used[static_cast<size_t>(array.id)] = used[static_cast<size_t>(array.view_of)] = true;
  std::vector<int> numbers;
  std::vector<Array> kept;
  for (Array& array : program.arrays) {
    const bool keep = array.role != Role::scratch || used[static_cast<size_t>(array.id)];
    numbers.push_back(keep ? static_cast<int>(kept.size()) : -1);
    if (keep) kept.push_back(std::move(array));
  }
  const Renumbering renumber(std::move(numbers));
  program.arrays = std::move(kept);
  for (Array& array : program.arrays) renumber.apply(array.id), renumber.apply(array.view_of);
  renumber.apply(program.nodes);
  renumber.apply(program.inputs);
  renumber.apply(program.outputs);
}

const Array& array_of(const Program& program, int id) { return program.arrays[static_cast<size_t>(id)]; }

// An inner view's pixels are those of the array it lies in, so that only the distance from one to the next becomes larger.
Location location(const Program& program, int array) {
  Location place{array, 0, 0, 0};
  for (const Array* a = &program.arrays.at(static_cast<size_t>(array)); a->view_of >= 0; a = &program.arrays[static_cast<size_t>(place.root)]) {
    place.root = a->view_of;
    place.offset += a->view_offset;
    if (a->view_run == 0) continue;
    if (place.run == 0) place.run = a->view_run;
    place.pitch = a->view_pitch;
  }
  return place;
}

bool is_parameter(const Array& array) { return array.role == Role::weights || array.role == Role::bias; }

bool in_activations(const Program& program, const Array& array) {
  const Array& root = array_of(program, location(program, array.id).root);
  if (root.input >= 0) return program.inputs_in_activations;
  if (root.output >= 0) return program.outputs_in_activations;
  return !is_parameter(root);
}

bool is_user(const Program& program, const Array& array) { return !is_parameter(array) && !in_activations(program, array); }

}  // namespace ew
