// GATHER: slices of the input along an axis, picked by int32 indices that may be known only at run time. EMBEDDING_LOOKUP: along axis 0.
#include "ops/lowering.h"
#include "ops/tflite_context.h"

#include "base/error.h"

#include <algorithm>
#include <array>

namespace ew {
namespace {

struct Gather : AttrsOf<Gather> {
  int64_t axis = 0;
  template <class V> void fields(V& v) { v("axis", axis); }
};

struct Extents { int64_t outer, axis, inner, count; };

Extents extents(const Node& node) {
  const Shape& in = node.in[0]->type.shape;
  const auto axis = static_cast<std::ptrdiff_t>(node.as<Gather>().axis);
  return {elements({in.begin(), in.begin() + axis}), in[static_cast<size_t>(axis)], elements({in.begin() + axis + 1, in.end()}),
          elements(node.in[1]->type.shape)};
}

std::vector<Type> infer(const Node& node) {
  const Type& in = node.in.at(0)->type;
  const Type& indices = node.in.at(1)->type;
  const auto axis = static_cast<size_t>(node.as<Gather>().axis);
  if (axis >= in.shape.size()) throw load_error(fmt::format("layer '{}': axis {} of {}", node.name, axis, text(in.shape)));
  if (indices.dtype != DType::int32 && indices.dtype != DType::int64) throw load_error(fmt::format("layer '{}': indices must be int32", node.name));
  Type out{in.dtype, {in.shape.begin(), in.shape.begin() + static_cast<std::ptrdiff_t>(axis)}, {}};
  out.shape.insert(out.shape.end(), indices.shape.begin(), indices.shape.end());
  out.shape.insert(out.shape.end(), in.shape.begin() + static_cast<std::ptrdiff_t>(axis) + 1, in.shape.end());
  return {out};
}

void eval(const Node& node, std::span<const Tensor* const> in, std::span<Tensor> out) {
  const Extents e = extents(node);
  const std::vector<int64_t> indices = integers(*in[1]);
  const int64_t slice = e.inner * byte_size(in[0]->type.dtype);
  uint8_t* to = out[0].data.data();
  for (int64_t o = 0; o < e.outer; ++o)
    for (const int64_t index : indices) {
      const int64_t valid = std::clamp<int64_t>(index, 0, e.axis - 1);
      std::memcpy(to, in[0]->data.data() + (o * e.axis + valid) * slice, static_cast<size_t>(slice));
      to += slice;
    }
}

void lower(const Node& node, Lowering& lowering) {
  const Extents e = extents(node);
  Call call;
  call.function = "nn_gather";
  call.params = Params{"nn_gather_params",
                       {{"outer", e.outer}, {"axis", e.axis}, {"count", e.count}, {"inner", e.inner * byte_size(node.in[0]->type.dtype)}}};
  int indices = 0;
  if (node.in[1]->constant) {
    Tensor narrow({DType::int32, node.in[1]->type.shape, {}});
    std::ranges::transform(integers(*node.in[1]->constant), narrow.as<int32_t>().begin(),
                           [](int64_t i) { return static_cast<int32_t>(std::clamp<int64_t>(i, INT32_MIN, INT32_MAX)); });
    indices = lowering.weights("indices", std::move(narrow));
  } else {
    indices = lowering.input(1);
  }
  call.args = {array_arg(lowering.input(0), "const uint8_t"), array_arg(indices, "const int32_t"), array_arg(lowering.output(), "uint8_t")};
  lowering.call(std::move(call));
}

void import_gather(TfliteContext& context) {
  const auto& o = context.options<tflite::GatherOptions>();
  if (o.batch_dims() != 0) context.refuse("batch_dims other than 0");
  auto attrs = std::make_unique<Gather>();
  attrs->axis = o.axis() < 0 ? o.axis() + static_cast<int64_t>(context.input(0)->type.shape.size()) : o.axis();
  if (attrs->axis < 0) context.bad("its axis lies outside its input");
  context.finish(*find_op("gather"), std::move(attrs), {context.input(0), context.input(1)});
}

constexpr std::array imports{Import{"tflite", "GATHER", "float32, int8, uint8, int32", import_gather},
                             Import{"tflite", "EMBEDDING_LOOKUP", "float32", [](TfliteContext& context) {
                                      context.finish(*find_op("gather"), std::make_unique<Gather>(), {context.input(1), context.input(0)});
                                    }}};
constexpr std::array rules{Rule{"indices that are computed at run time are int32",
                                [](const Node& n, const Target&) { return n.in[1]->constant || n.in[1]->type.dtype == DType::int32; }}};
constexpr std::array kernels{Kernel{"nn_gather", rules, nullptr, lower}};

}  // namespace

extern const Op gather_op{
    .name = "gather",
    .make_attrs = [] { return std::unique_ptr<Attrs>(std::make_unique<Gather>()); },
    .infer = infer,
    .macc = [](const Node&) -> int64_t { return 0; },
    .eval = eval,
    .imports = imports,
    .kernels = kernels,
    .layer = [](const Node&) { return LayerType{"Gather", 0x11c}; },
    .c_prefix = "gather",
};

}  // namespace ew
