#include "emit/tensors.h"

#include "base/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace ew {
namespace {

struct Names { DType dtype; std::string_view c, legacy, stai; };

constexpr std::array<Names, 8> names_of{{{DType::float32, "float", "FLOAT", "FLOAT32"},
                                         {DType::float16, "uint16_t", "U16", "U16"},
                                         {DType::int8, "int8_t", "S8", "S8"},
                                         {DType::uint8, "uint8_t", "U8", "U8"},
                                         {DType::int16, "int16_t", "S16", "S16"},
                                         {DType::int32, "int32_t", "S32", "S32"},
                                         {DType::int64, "int64_t", "NONE", "S64"},
                                         {DType::boolean, "uint8_t", "BOOL", "BOOL"}}};

const Names& find(DType dtype) {
  const auto* found = std::find_if(names_of.begin(), names_of.end(), [&](const Names& n) { return n.dtype == dtype; });
  if (found == names_of.end()) throw internal_error("an element type without a name in C");
  return *found;
}

constexpr std::array<std::string_view, 5> slots{"activations", "weights", "inputs", "outputs", "states"};

SegmentKind kind_of_io(const Array& array) { return array.input >= 0 ? SegmentKind::input : SegmentKind::output; }

}  // namespace

std::string_view c_type(DType dtype) { return find(dtype).c; }
std::string legacy_format(DType dtype) { return fmt::format("AI_BUFFER_FORMAT_{}", find(dtype).legacy); }
std::string stai_format(DType dtype) { return fmt::format("STAI_FORMAT_{}", find(dtype).stai); }

Shape batch_first(const Type& type) {
  Shape shape = type.shape;
  while (shape.size() < 2) shape.insert(shape.begin(), 1);
  return shape;
}

NamedShape named_shape(const Type& type) {
  const Shape shape = batch_first(type);
  NamedShape named;
  named.batch = shape.front();
  named.channel = shape.back();
  std::optional<int64_t>* const inner[] = {&named.height, &named.width, &named.depth, &named.extension};
  for (size_t i = 1; i + 1 < shape.size() && i <= std::size(inner); ++i) *inner[i - 1] = shape[i];
  return named;
}

std::vector<int64_t> legacy_shape(const Type& type) {
  const NamedShape named = named_shape(type);
  std::vector<int64_t> dims{named.batch, named.channel, named.width.value_or(1), named.height.value_or(1)};
  if (named.depth) dims.push_back(*named.depth);
  if (named.extension) dims.push_back(*named.extension);
  return dims;
}

Address address_of(const Program& program, const Array& array) {
  if (array.view_of >= 0) {
    Address base = address_of(program, program.arrays.at(static_cast<size_t>(array.view_of)));
    base.offset += array.view_offset;
    return base;
  }
  if (array.segment < 0 || array.segment >= static_cast<int>(program.segments.size()) || array.offset < 0)
    throw internal_error(fmt::format("c-array '{}' has no address", array.name));
  if (array.input >= 0 || array.output >= 0) {
    // An input or output is reached through its own pointer, wherever it lives by default; a view of one is relative to that pointer.
    const Segment& own = program.segments[static_cast<size_t>(array.segment)];
    const bool in_activations = own.kind == SegmentKind::activations;
    return {kind_of_io(array), array.input >= 0 ? array.input : array.output, in_activations ? 0 : array.offset};
  }
  const Segment& segment = program.segments[static_cast<size_t>(array.segment)];
  if (array.offset + array.bytes > segment.bytes) throw internal_error(fmt::format("c-array '{}' lies outside its segment", array.name));
  return {segment.kind, segment.index, array.offset};
}

std::vector<int> observable(const Program& program, const std::vector<int>& ids) {
  std::vector<int> result;
  std::ranges::copy_if(ids, std::back_inserter(result), [&](int id) { return location(program, id).run == 0; });
  return result;
}

std::string slot(const Address& address) { return fmt::format("{}[{}]", slots[static_cast<size_t>(address.kind)], address.index); }

Place default_place(const Program& program, const Array& array) {
  const Segment& segment = program.segments.at(static_cast<size_t>(array.segment));
  if (segment.kind == SegmentKind::activations) return {segment.index, array.offset};
  if (array.activations_offset >= 0) return {0, array.activations_offset};
  return {};
}

std::vector<Segment> segments_of(const Program& program, SegmentKind kind) {
  std::vector<Segment> out;
  for (const Segment* s : program.of(kind)) out.push_back(*s);
  std::sort(out.begin(), out.end(), [](const Segment& a, const Segment& b) { return a.index < b.index; });
  if (out.empty()) {
    out.emplace_back();
    out.back().kind = kind;
  }
  return out;
}

}  // namespace ew
