// Copies that need not be made: what a concatenation copies side by side may be computed there at once, and the pieces of a split may be read
// where they lie. Contiguous pieces (along the outermost dimension that is not 1) always; pieces along the channels where every kernel that
// touches them can step over the channels of the others, or works on single pixels.
#include "plan/pixels.h"
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

void look_at(Array& view, const Array& base, int64_t offset, int64_t run, int64_t pitch) {
  view.view_of = base.id;
  view.view_offset = offset;
  view.view_run = run;
  view.view_pitch = pitch;
}

// A copy from a whole array to a place in another one, or from there to a whole array. True when one became a view of the other.
bool make_contiguous_view(Program& program, const Call& call) {
  const std::optional<PixelCopy> copy = pixel_copy(call);
  if (!copy || copy->pixels != 1) return false;
  Array& from = array_of(program, copy->from.array);
  Array& to = array_of(program, copy->to.array);
  if (location(program, from.id).run > 0 || location(program, to.id).run > 0) return false;
  const bool into_place = is_whole(*copy, copy->from, from) && is_free(from) && is_aligned(from, to, copy->to.offset);
  const bool out_of_place = is_whole(*copy, copy->to, to) && is_free(to) && is_free(from) && is_aligned(to, from, copy->from.offset);
  if (into_place) look_at(from, to, copy->to.offset, 0, 0);
  else if (out_of_place) look_at(to, from, copy->from.offset, 0, 0);
  return into_place || out_of_place;
}

// Whether the array may lie with its pixels of `run` bytes apart, as far as what lies in it and all kernels are concerned.
bool can_spread(const Program& program, const Array& array, int64_t run) {
  for (const Array& inner : program.arrays)
    if (inner.view_of == array.id && inner.view_pitch != run) return false;
  return std::ranges::all_of(program.nodes, [&](const CNode& node) { return can_step(program, node, array.id, run); });
}

constexpr int64_t most_pitch = 65535;            // bytes; the parameters of kernels have 16 bits for it

bool make_pixel_view(Program& program, const Call& call) {
  const std::optional<PixelCopy> copy = pixel_copy(call);
  if (!copy || copy->pixels == 1) return false;
  Array& from = array_of(program, copy->from.array);
  Array& to = array_of(program, copy->to.array);
  if (from.id == to.id || from.data || to.data) return false;
  const auto fits = [&](Array& view, const PixelCopy::Side& whole, const Array& base, const PixelCopy::Side& part) {
    return is_free(view) && is_whole(*copy, whole, view) && copy->pixels * part.stride == base.bytes && part.offset + copy->run <= part.stride &&
           part.stride <= most_pitch &&
           location(program, base.id).root != view.id && can_spread(program, view, copy->run);
  };
  const bool into_place = fits(from, copy->from, to, copy->to);
  const bool out_of_place = !into_place && fits(to, copy->to, from, copy->from);
  if (into_place) look_at(from, to, copy->to.offset, copy->run, copy->to.stride);
  else if (out_of_place) look_at(to, from, copy->from.offset, copy->run, copy->from.stride);
  return into_place || out_of_place;
}

}  // namespace

void make_views(Program& program, const std::vector<bool>& along_channels) {
  for (size_t n = 0; n < program.nodes.size(); ++n) {
    CNode& node = program.nodes[n];
    if (!only_copies(node)) continue;
    std::vector<Call> left;
    for (const Call& call : node.calls)
      if (!make_contiguous_view(program, call) && !(along_channels[n] && make_pixel_view(program, call))) left.push_back(call);
    node.calls = std::move(left);
  }
  for (CNode& node : program.nodes) step_over(program, node);
}

}  // namespace ew
