// ARG_MAX and ARG_MIN: the index of the first largest or smallest element along a dimension.
#include "base/error.h"
#include "ops/reduce/reduce.h"
#include "ops/tflite_context.h"

#include <array>

namespace ew {
namespace {

struct ArgSelect : AttrsOf<ArgSelect> {
  std::string kind = "max";
  int64_t axis = 0;
  template <class V> void fields(V& v) {
    v("kind", kind);
    v("axis", axis);
  }
};

std::vector<int64_t> axes(const Node& node) { return normalised_axes(node, {node.as<ArgSelect>().axis}, node.in[0]->type.shape.size()); }

std::vector<Type> infer(const Node& node) {
  const Type& in = node.in.at(0)->type;
  const DType out = node.out.at(0)->type.dtype;
  if (elements(in.shape) == 0) throw load_error(fmt::format("layer '{}': the largest of {}", node.name, text(in)));
  if (out != DType::int32 && out != DType::int64) throw load_error(fmt::format("layer '{}': an index of type {}", node.name, name(out)));
  return {{out, reduced_shape(in.shape, axes(node), false), {}}};
}

template <class T, class Index>
void select(const Node& node, const Tensor& in, Tensor& out) {
  const auto x = in.as<T>();
  const auto y = out.as<Index>();
  const ReduceView view = *reduce_view(in.type.shape, axes(node));
  const bool largest = node.as<ArgSelect>().kind == "max";
  for (int64_t o = 0; o < view.outer; ++o) {
    for (int64_t i = 0; i < view.inner; ++i) {
      const auto at = [&](int64_t k) { return x[static_cast<size_t>((o * view.count + k) * view.inner + i)]; };
      int64_t best = 0;
      for (int64_t k = 1; k < view.count; ++k)
        if (largest ? at(k) > at(best) : at(k) < at(best)) best = k;
      y[static_cast<size_t>(o * view.inner + i)] = static_cast<Index>(best);
    }
  }
}

template <class T>
void select_as(const Node& node, const Tensor& in, Tensor& out) {
  if (out.type.dtype == DType::int64) select<T, int64_t>(node, in, out);
  else select<T, int32_t>(node, in, out);
}

void eval(const Node& node, std::span<const Tensor* const> in, std::span<Tensor> out) {
  switch (in[0]->type.dtype) {
    case DType::float32: return select_as<float>(node, *in[0], out[0]);
    case DType::int8: return select_as<int8_t>(node, *in[0], out[0]);
    case DType::int32: return select_as<int32_t>(node, *in[0], out[0]);
    default: throw not_implemented(fmt::format("layer '{}': an index of the largest of {}", node.name, name(in[0]->type.dtype)));
  }
}

void import_tflite(TfliteContext& context) {
  auto attrs = std::make_unique<ArgSelect>();
  attrs->kind = context.op_name == "ARG_MAX" ? "max" : "min";
  const std::vector<int64_t> axis = context.integers(1);
  if (axis.size() != 1) context.bad("its dimension must be one number");
  attrs->axis = axis[0];
  context.finish(*find_op("arg_select"), std::move(attrs), {context.input(0)});
}

void lower(const Node& node, Lowering& lowering) {
  const DType in = node.in[0]->type.dtype;
  Call call;
  call.function = fmt::format("nn_arg_{}_{}", node.as<ArgSelect>().kind, in == DType::int8 ? "s8" : "f32");
  call.params = Params{"nn_reduce_params", view_fields(*reduce_view(node.in[0]->type.shape, axes(node)))};
  call.args = {array_arg(lowering.input(0), "const " + ctype(in)), array_arg(lowering.output(), "int32_t")};
  lowering.call(std::move(call));
}

constexpr std::array rules{
    Rule{"float32 or int8", [](const Node& n, const Target&) { return n.in[0]->type.dtype == DType::float32 || n.in[0]->type.dtype == DType::int8; }},
    Rule{"an int32 output", [](const Node& n, const Target&) { return n.out[0]->type.dtype == DType::int32; }},
};
constexpr std::array kernels{Kernel{"nn_arg_<kind>_<type>", rules, nullptr, lower}};
constexpr std::array imports{
    Import{"tflite", "ARG_MAX", "float32, int8, uint8 to int32", import_tflite},
    Import{"tflite", "ARG_MIN", "float32, int8, uint8 to int32", import_tflite},
};

}  // namespace

extern const Op arg_select_op{
    .name = "arg_select",
    .make_attrs = [] { return std::unique_ptr<Attrs>(std::make_unique<ArgSelect>()); },
    .infer = infer,
    .macc = [](const Node& node) { return elements(node.in[0]->type.shape); },
    .eval = eval,
    .imports = imports,
    .kernels = kernels,
    .layer = [](const Node&) { return LayerType{"ArgMinMax", 0x11f}; },
    .c_prefix = "argminmax",
};

}  // namespace ew
