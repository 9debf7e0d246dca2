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

bool uses(const std::vector<Call>& calls, int array) {
  bool found = false;
  for (const Call& call : calls) for_each_array(call, [&](int id) { found = found || id == array; });
  return found;
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
