// Copies that need not be made: what a concatenation copies one behind the other may be computed there at once, and the pieces of a split
// may be read where they lie. Only where both sides are contiguous: along the outermost dimension that is not 1.
#include "plan/plan.h"

#include <algorithm>

namespace ew {
namespace {

Array& array_of(Program& program, int id) { return program.arrays[static_cast<size_t>(id)]; }

// An array whose memory is the planner's alone.
bool is_free(const Array& array) {
  return array.role == Role::activation && array.input < 0 && array.output < 0 && array.view_of < 0;
}

bool is_aligned(const Array& view, const Array& base, int64_t offset) { return offset % view.alignment == 0 && base.alignment >= view.alignment; }

void look_at(Array& view, const Array& base, int64_t offset) {
  view.view_of = base.id;
  view.view_offset = offset;
}

// A copy from a whole array to a place in another one, or from there to a whole array. True when one became a view of the other.
bool make_view(Program& program, const Call& call) {
  if (call.function != "nn_copy" || call.args.size() != 3 || call.args[0].kind != Arg::Kind::array || call.args[1].kind != Arg::Kind::array) return false;
  Array& from = array_of(program, call.args[0].index);
  Array& to = array_of(program, call.args[1].index);
  const int64_t at_from = call.args[0].byte_offset, at_to = call.args[1].byte_offset, bytes = call.args[2].byte_offset;
  const bool into_place = at_from == 0 && from.bytes == bytes && is_free(from) && is_aligned(from, to, at_to);
  const bool out_of_place = at_to == 0 && to.bytes == bytes && is_free(to) && is_free(from) && is_aligned(to, from, at_from);
  if (into_place) look_at(from, to, at_to);
  else if (out_of_place) look_at(to, from, at_from);
  return into_place || out_of_place;
}

}  // namespace

void make_views(Program& program) {
  for (CNode& node : program.nodes) {
    const bool copies = !node.calls.empty() && std::ranges::all_of(node.calls, [](const Call& call) { return call.function == "nn_copy"; });
    if (copies) std::erase_if(node.calls, [&](const Call& call) { return make_view(program, call); });
  }
}

}  // namespace ew
