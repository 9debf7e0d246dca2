#include "ops/movement/transpose.h"

#include "ops/movement/movement.h"

#include "base/error.h"

#include <algorithm>
#include <array>

namespace ew {
namespace {

std::vector<Type> infer(const Node& node) {
  const Type& in = node.in.at(0)->type;
  const auto& permutation = node.as<Transpose>().permutation;
  std::vector<int64_t> sorted = permutation;
  std::sort(sorted.begin(), sorted.end());
  bool good = sorted.size() == in.shape.size();
  for (size_t d = 0; good && d < sorted.size(); ++d) good = sorted[d] == static_cast<int64_t>(d);
  if (!good) throw load_error(fmt::format("layer '{}': {} is no permutation of {} dimensions", node.name, text(permutation), in.shape.size()));
  Type out{in.dtype, {}, {}};
  for (const int64_t d : permutation) out.shape.push_back(in.shape[static_cast<size_t>(d)]);
  return {out};
}

Movement movement(const Node& node) {
  const std::vector<int64_t> in_strides = strides(node.in[0]->type.shape);
  Piece piece;
  piece.size = node.out[0]->type.shape;
  piece.out_stride = strides(piece.size);
  for (const int64_t d : node.as<Transpose>().permutation) piece.in_stride.push_back(in_strides[static_cast<size_t>(d)]);
  return {{piece}, {}};
}

void import_tflite(TfliteContext& context) {
  auto attrs = std::make_unique<Transpose>();
  attrs->permutation = context.integers(1);
  const auto rank = static_cast<int64_t>(context.input(0)->type.shape.size());
  for (int64_t& d : attrs->permutation)
    if (d < 0) d += rank;
  context.finish(*find_op("transpose"), std::move(attrs), {context.input(0)});
}

constexpr std::array imports{Import{"tflite", "TRANSPOSE", "float32, int8, uint8, int32, bool", import_tflite}};
constexpr std::array kernels{Kernel{"nn_copy_nd", {}, nullptr, [](const Node& n, Lowering& l) { lower_movement(movement(n), n, l); }}};

// Only dimensions of size 1 change places: the order of the elements stays.
bool identity(const Node& node) {
  return node.in[0]->type.shape == node.out[0]->type.shape && collapse(movement(node).pieces[0]).size.size() <= 1;
}

}  // namespace

extern const Op transpose_op{
    .name = "transpose",
    .make_attrs = [] { return std::unique_ptr<Attrs>(std::make_unique<Transpose>()); },
    .infer = infer,
    .macc = [](const Node& node) { return elements(node.out[0]->type.shape) / 2; },
    .eval = [](const Node& n, std::span<const Tensor* const> in, std::span<Tensor> out) { move(movement(n), in, out); },
    .imports = imports,
    .kernels = kernels,
    .layer = [](const Node&) { return LayerType{"Transpose", 0x10a}; },
    .c_prefix = "transpose",
    .identity = identity,
};

}  // namespace ew
