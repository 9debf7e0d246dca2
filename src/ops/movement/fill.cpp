// FILL: a tensor of one value. SHAPE: known at compile time, so no operator of ours. ZEROS_LIKE: as FILL.
#include "ops/movement/movement.h"

#include "base/error.h"

#include <array>

namespace ew {
namespace {

struct Fill : AttrsOf<Fill> {
  std::vector<int64_t> shape;
  template <class V> void fields(V& v) { v("shape", shape); }
};

std::vector<Type> infer(const Node& node) {
  if (elements(node.in.at(0)->type.shape) != 1) throw load_error(fmt::format("layer '{}': its value must be one element", node.name));
  return {{node.in[0]->type.dtype, node.as<Fill>().shape, {}}};
}

Movement movement(const Node& node) {
  Piece piece;
  piece.size = node.as<Fill>().shape;
  piece.in_stride.assign(piece.size.size(), 0);
  piece.out_stride = strides(piece.size);
  return {{piece}, {}};
}

void import_fill(TfliteContext& context) {
  auto attrs = std::make_unique<Fill>();
  attrs->shape = context.integers(0);
  if (attrs->shape != context.output_types.at(0).shape) context.bad("its dimensions differ from its output's");
  context.finish(*find_op("fill"), std::move(attrs), {context.input(1)});
}

void import_zeros_like(TfliteContext& context) {
  auto attrs = std::make_unique<Fill>();
  attrs->shape = context.output_types.at(0).shape;
  Tensor zero({context.output_types[0].dtype, {1}, context.output_types[0].quant});
  context.finish(*find_op("fill"), std::move(attrs), {context.graph.add_constant(context.name + "/zero", std::move(zero))});
}

void import_shape(TfliteContext& context) {
  const Shape& shape = context.input(0)->type.shape;
  Tensor tensor({context.output_types.at(0).dtype, {static_cast<int64_t>(shape.size())}, {}});
  for (size_t d = 0; d < shape.size(); ++d) {
    if (tensor.type.dtype == DType::int32) tensor.as<int32_t>()[d] = static_cast<int32_t>(shape[d]);
    else if (tensor.type.dtype == DType::int64) tensor.as<int64_t>()[d] = shape[d];
    else context.bad("a shape must be int32 or int64");
  }
  context.outputs = {context.graph.add_constant(context.output_names.at(0), std::move(tensor))};
}

constexpr std::array imports{Import{"tflite", "FILL", "float32, int8, int32, bool", import_fill},
                             Import{"tflite", "SHAPE", "any (folded at compile time)", import_shape},
                             Import{"tflite", "ZEROS_LIKE", "float32, int32", import_zeros_like}};
constexpr std::array kernels{Kernel{"nn_copy_nd", {}, nullptr, [](const Node& n, Lowering& l) { lower_movement(movement(n), n, l); }}};

}  // namespace

extern const Op fill_op{
    .name = "fill",
    .make_attrs = [] { return std::unique_ptr<Attrs>(std::make_unique<Fill>()); },
    .infer = infer,
    .macc = [](const Node&) -> int64_t { return 0; },
    .eval = [](const Node& n, std::span<const Tensor* const> in, std::span<Tensor> out) { move(movement(n), in, out); },
    .imports = imports,
    .kernels = kernels,
    .layer = [](const Node&) { return LayerType{"Tile", 0x118}; },
    .c_prefix = "fill",
    .identity = [](const Node& n) { return n.in[0]->type.shape == n.out[0]->type.shape; },
};

}  // namespace ew
