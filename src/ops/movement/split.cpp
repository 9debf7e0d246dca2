// SPLIT, SPLIT_V, UNPACK: a tensor cut in pieces along an axis.
#include "ops/movement/movement.h"

#include "base/error.h"
#include "ops/movement/slice.h"
#include "ops/reshape/reshape.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace ew {
namespace {

struct Split : AttrsOf<Split> {
  int64_t axis = 0;
  std::vector<int64_t> sizes;        // along the axis, one for each output
  template <class V> void fields(V& v) {
    v("axis", axis);
    v("sizes", sizes);
  }
};

std::vector<Type> infer(const Node& node) {
  const Type& in = node.in.at(0)->type;
  const auto& a = node.as<Split>();
  const auto axis = static_cast<size_t>(a.axis);
  if (axis >= in.shape.size() || std::ranges::any_of(a.sizes, [](int64_t s) { return s < 0; }) ||
      std::accumulate(a.sizes.begin(), a.sizes.end(), int64_t{0}) != in.shape[axis])
    throw load_error(fmt::format("layer '{}': {} cannot be split along axis {} into {}", node.name, text(in.shape), axis, text(a.sizes)));
  std::vector<Type> out;
  for (const int64_t size : a.sizes) {
    out.push_back({in.dtype, in.shape, {}});
    out.back().shape[axis] = size;
  }
  return out;
}

Movement movement(const Node& node) {
  const auto& a = node.as<Split>();
  const auto axis = static_cast<size_t>(a.axis);
  const std::vector<int64_t> in_strides = strides(node.in[0]->type.shape);
  Movement movement;
  int64_t at = 0;
  for (size_t i = 0; i < node.out.size(); ++i) {
    Piece piece;
    piece.output = i;
    piece.size = node.out[i]->type.shape;
    piece.in_stride = in_strides;
    piece.out_stride = strides(piece.size);
    piece.in_offset = at * in_strides[axis];
    at += a.sizes[i];
    movement.pieces.push_back(std::move(piece));
  }
  return movement;
}

void finish(TfliteContext& context, Value* in, int64_t axis, std::vector<int64_t> sizes) {
  const auto rank = static_cast<int64_t>(in->type.shape.size());
  if (axis < 0) axis += rank;
  if (axis < 0 || axis >= rank) context.bad(fmt::format("axis {} of {}", axis, text(in->type.shape)));
  auto attrs = std::make_unique<Split>();
  attrs->axis = axis;
  attrs->sizes = std::move(sizes);
  context.finish(*find_op("split"), std::move(attrs), {in});
}

int64_t single(const TfliteContext& context, size_t index) {
  const std::vector<int64_t> values = context.integers(index);
  if (values.size() != 1) context.bad("its axis must be one number");
  return values[0];
}

void import_split(TfliteContext& context) {
  Value* in = context.input(1);
  const int64_t axis = single(context, 0);
  const auto rank = static_cast<int64_t>(in->type.shape.size());
  const int64_t d = axis < 0 ? axis + rank : axis;
  const auto parts = static_cast<int64_t>(context.output_types.size());
  if (d < 0 || d >= rank || parts == 0 || in->type.shape[static_cast<size_t>(d)] % parts != 0) context.bad("it does not split into equal parts");
  finish(context, in, axis, std::vector<int64_t>(static_cast<size_t>(parts), in->type.shape[static_cast<size_t>(d)] / parts));
}

void import_split_v(TfliteContext& context) {
  Value* in = context.input(0);
  std::vector<int64_t> sizes = context.integers(1);
  const int64_t axis = single(context, 2);
  const auto rank = static_cast<int64_t>(in->type.shape.size());
  const int64_t d = axis < 0 ? axis + rank : axis;
  if (d < 0 || d >= rank) context.bad(fmt::format("axis {} of {}", axis, text(in->type.shape)));
  const auto unknown = std::find(sizes.begin(), sizes.end(), -1);  // what is left
  if (unknown != sizes.end()) *unknown = in->type.shape[static_cast<size_t>(d)] - (std::accumulate(sizes.begin(), sizes.end(), int64_t{0}) + 1);
  finish(context, in, axis, std::move(sizes));
}

// UNPACK: slices of size 1, then the axis goes.
void import_unpack(TfliteContext& context) {
  Value* in = context.input(0);
  const Shape& shape = in->type.shape;
  const int64_t given = context.options<tflite::UnpackOptions>().axis();
  const int64_t axis = given < 0 ? given + static_cast<int64_t>(shape.size()) : given;
  if (axis < 0 || axis >= static_cast<int64_t>(shape.size()) || shape[static_cast<size_t>(axis)] != static_cast<int64_t>(context.output_types.size()))
    context.bad("its axis does not suit its outputs");
  for (size_t i = 0; i < context.output_types.size(); ++i) {
    auto attrs = std::make_unique<Slice>();
    attrs->begin.assign(shape.size(), 0);
    attrs->size = shape;
    attrs->stride.assign(shape.size(), 1);
    attrs->begin[static_cast<size_t>(axis)] = static_cast<int64_t>(i);
    attrs->size[static_cast<size_t>(axis)] = 1;
    const Type type{in->type.dtype, attrs->size, in->type.quant};
    Value* slice = context.add(*find_op("slice"), std::move(attrs), {in}, type);
    auto reshape = std::make_unique<Reshape>(context.output_types[i].shape);
    context.outputs.push_back(context.add(*find_op("reshape"), std::move(reshape), {slice}, context.output_types[i]));
  }
}

constexpr std::string_view types = "float32, int8, uint8, int32, bool";
constexpr std::array imports{Import{"tflite", "SPLIT", types, import_split}, Import{"tflite", "SPLIT_V", types, import_split_v},
                             Import{"tflite", "UNPACK", types, import_unpack}};
constexpr std::array kernels{Kernel{"nn_copy_nd", {}, nullptr, [](const Node& n, Lowering& l) { lower_movement(movement(n), n, l); }}};

}  // namespace

extern const Op split_op{
    .name = "split",
    .make_attrs = [] { return std::unique_ptr<Attrs>(std::make_unique<Split>()); },
    .infer = infer,
    .macc = [](const Node&) -> int64_t { return 0; },
    .eval = [](const Node& n, std::span<const Tensor* const> in, std::span<Tensor> out) { move(movement(n), in, out); },
    .imports = imports,
    .kernels = kernels,
    .layer = [](const Node&) { return LayerType{"Slice", 0x117}; },
    .c_prefix = "split",
    .identity = [](const Node& n) { return n.out.size() == 1; },
};

}  // namespace ew
