// CONCATENATION, PACK: tensors one behind the other along an axis.
#include "ops/movement/movement.h"

#include "base/error.h"
#include "ops/channels.h"
#include "ops/reshape/reshape.h"

#include <algorithm>
#include <array>

namespace ew {
namespace {

struct Concat : AttrsOf<Concat> {
  int64_t axis = 0;
  template <class V> void fields(V& v) { v("axis", axis); }
};

std::vector<Type> infer(const Node& node) {
  const auto axis = static_cast<size_t>(node.as<Concat>().axis);
  Type out{node.in.at(0)->type.dtype, node.in[0]->type.shape, {}};
  if (axis >= out.shape.size()) throw load_error(fmt::format("layer '{}': axis {} of {}", node.name, axis, text(out.shape)));
  out.shape[axis] = 0;
  for (const Value* v : node.in) {
    Shape rest = v->type.shape;
    if (rest.size() != out.shape.size() || v->type.dtype != out.dtype)
      throw load_error(fmt::format("layer '{}': inputs of different rank or type", node.name));
    const int64_t n = rest[axis];
    rest[axis] = out.shape[axis];
    if (rest != out.shape) throw load_error(fmt::format("layer '{}': inputs differ beside axis {}", node.name, axis));
    out.shape[axis] += n;
  }
  return {out};
}

Movement movement(const Node& node) {
  const auto axis = static_cast<size_t>(node.as<Concat>().axis);
  const std::vector<int64_t> out_strides = strides(node.out[0]->type.shape);
  Movement movement;
  int64_t at = 0;
  for (size_t i = 0; i < node.in.size(); ++i) {
    Piece piece;
    piece.input = i;
    piece.size = node.in[i]->type.shape;
    piece.in_stride = strides(piece.size);
    piece.out_stride = out_strides;
    piece.out_offset = at * out_strides[axis];
    at += piece.size[axis];
    movement.pieces.push_back(std::move(piece));
  }
  return movement;
}

bool same_scale(const TfliteContext& context, const Value& value) { return value.type.quant == context.output_types.at(0).quant; }

// Integers are copied as they are, so all must mean the same real numbers.
void require_same_scale(const TfliteContext& context) {
  for (const Value* v : context.inputs)
    if (v != nullptr && !same_scale(context, *v)) context.refuse("its inputs have other scales or zero points than its output");
}

std::vector<Value*> all_inputs(const TfliteContext& context) {
  std::vector<Value*> in;
  for (size_t i = 0; i < context.inputs.size(); ++i) in.push_back(context.input(i));
  if (in.empty()) context.bad("it has no inputs");
  return in;
}

void import_concatenation(TfliteContext& context) {
  const auto& o = context.options<tflite::ConcatenationOptions>();
  if (o.fused_activation_function() != tflite::ActivationFunctionType_NONE) context.refuse("a fused activation on a concatenation");
  auto attrs = std::make_unique<Concat>();
  attrs->axis = o.axis() < 0 ? o.axis() + static_cast<int64_t>(context.input(0)->type.shape.size()) : o.axis();
  std::vector<Value*> in = all_inputs(context);
  for (Value*& v : in) {
    if (same_scale(context, *v)) continue;
    if (!context.was_uint8 || !v->type.quant || !context.output_types.at(0).quant) context.refuse("its inputs have other scales or zero points than its output");
    const Type type{v->type.dtype, v->type.shape, context.output_types[0].quant};
    v = context.add(*find_op("rescale"), std::make_unique<NoAttrs>(), {v}, type);
  }
  context.finish(*find_op("concat"), std::move(attrs), std::move(in));
}

// PACK adds the axis first: a reshape of every input, then a concatenation.
void import_pack(TfliteContext& context) {
  require_same_scale(context);
  const auto rank = static_cast<int64_t>(context.input(0)->type.shape.size()) + 1;
  const int64_t given = context.options<tflite::PackOptions>().axis();
  const int64_t axis = given < 0 ? given + rank : given;
  if (axis < 0 || axis >= rank) context.bad("its axis lies outside its output");
  std::vector<Value*> in = all_inputs(context);
  for (Value*& v : in) {
    Type type = v->type;
    if (static_cast<int64_t>(type.shape.size()) + 1 != rank) context.bad("its inputs differ in rank");
    type.shape.insert(type.shape.begin() + axis, 1);
    v = context.add(*find_op("reshape"), std::make_unique<Reshape>(type.shape), {v}, type);
  }
  auto attrs = std::make_unique<Concat>();
  attrs->axis = axis;
  context.finish(*find_op("concat"), std::move(attrs), std::move(in));
}

bool joins_channels(const Node& node) { return node.as<Concat>().axis + 1 == static_cast<int64_t>(node.out[0]->type.shape.size()); }

Bounds bounds(const Node& node, std::span<const Bounds* const> in) {
  Bounds result = joins_channels(node) ? Bounds{} : *in[0];
  for (const Bounds* one : in) {
    if (one->empty()) return {};
    if (joins_channels(node)) result.insert(result.end(), one->begin(), one->end());
    else
      for (size_t c = 0; c < result.size(); ++c) result[c] = {std::min(result[c].low, (*one)[c].low), std::max(result[c].high, (*one)[c].high)};
  }
  return result;
}

void relate(const Node& node, ChannelGroups& groups) {
  if (!joins_channels(node)) return join_equal_channels(node, groups);
  int64_t at = 0;
  for (const Value* in : node.in)
    for (int64_t c = 0; c < channel_count(in->type); ++c) groups.join(*in, c, *node.out[0], at++);
}

constexpr Channels channels{.bounds = bounds, .relate = relate};
constexpr std::string_view types = "float32, int8, uint8, int32, bool";
constexpr std::array imports{Import{"tflite", "CONCATENATION", types, import_concatenation}, Import{"tflite", "PACK", types, import_pack}};
constexpr std::array kernels{Kernel{"nn_copy_nd", {}, nullptr, [](const Node& n, Lowering& l) { lower_movement(movement(n), n, l); }}};

}  // namespace

extern const Op concat_op{
    .name = "concat",
    .make_attrs = [] { return std::unique_ptr<Attrs>(std::make_unique<Concat>()); },
    .infer = infer,
    .macc = [](const Node&) -> int64_t { return 0; },
    .eval = [](const Node& n, std::span<const Tensor* const> in, std::span<Tensor> out) { move(movement(n), in, out); },
    .imports = imports,
    .kernels = kernels,
    .layer = [](const Node&) { return LayerType{"Concat", 0x110}; },
    .c_prefix = "concat",
    .identity = [](const Node& n) { return n.in.size() == 1; },
    .channels = &channels,
};

}  // namespace ew
