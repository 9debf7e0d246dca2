// BATCH_MATMUL: products of matrices of activations; the leading dimensions are broadcast, each operand may be transposed (adjoint).
#include "ops/broadcast.h"
#include "ops/quantization.h"
#include "ops/tflite_context.h"

#include "base/error.h"

#include <algorithm>
#include <array>

namespace ew {
namespace {

struct BatchMatmul : AttrsOf<BatchMatmul> {
  bool transpose_a = false, transpose_b = false;
  template <class V> void fields(V& v) {
    v("transpose_a", transpose_a);
    v("transpose_b", transpose_b);
  }
};

// The sizes and strides of the product.
struct Product {
  Walk batch;
  int64_t rows = 0, depth = 0, columns = 0;
  int64_t a_row = 0, a_depth = 0, b_depth = 0, b_column = 0;   // strides in elements
};

Shape leading(const Shape& shape) { return {shape.begin(), shape.end() - 2}; }

Product product(const Node& node) {
  const auto& attrs = node.as<BatchMatmul>();
  const Shape& a = node.in.at(0)->type.shape;
  const Shape& b = node.in.at(1)->type.shape;
  if (a.size() < 2 || b.size() < 2) throw load_error(fmt::format("layer '{}': the product of {} and {}", node.name, text(a), text(b)));
  const int64_t a_columns = a.back(), b_columns = b.back();
  Product p;
  p.rows = attrs.transpose_a ? a_columns : a[a.size() - 2];
  p.depth = attrs.transpose_a ? a[a.size() - 2] : a_columns;
  p.columns = attrs.transpose_b ? b[b.size() - 2] : b_columns;
  p.a_row = attrs.transpose_a ? 1 : a_columns;
  p.a_depth = attrs.transpose_a ? a_columns : 1;
  p.b_depth = attrs.transpose_b ? 1 : b_columns;
  p.b_column = attrs.transpose_b ? b_columns : 1;
  if (p.depth != (attrs.transpose_b ? b_columns : b[b.size() - 2]))
    throw load_error(fmt::format("layer '{}': the matrices {} and {} do not go together", node.name, text(a), text(b)));
  const std::array operands{leading(a), leading(b)};
  p.batch = broadcast_walk(broadcast_shape(node, operands[0], operands[1]), operands);
  for (int64_t& stride : p.batch.stride[0]) stride *= p.rows * p.depth;
  for (int64_t& stride : p.batch.stride[1]) stride *= p.depth * p.columns;
  return p;
}

std::vector<Type> infer(const Node& node) {
  const Type& a = node.in.at(0)->type;
  const Type& b = node.in.at(1)->type;
  if (a.dtype != b.dtype || (a.dtype != DType::float32 && a.dtype != DType::int8))
    throw not_implemented(fmt::format("layer '{}': the product of {} and {}", node.name, name(a.dtype), name(b.dtype)));
  const Product p = product(node);
  Shape out = broadcast_shape(node, leading(a.shape), leading(b.shape));
  out.push_back(p.rows);
  out.push_back(p.columns);
  return {{a.dtype, out, {}}};
}

// Calls body(output index, index in a, index in b) for the first pair of each sum.
template <class Body>
void for_each_sum(const Product& p, Body body) {
  size_t out = 0;
  for_each(p.batch, [&](size_t, const std::vector<size_t>& at) {
    for (int64_t m = 0; m < p.rows; ++m)
      for (int64_t n = 0; n < p.columns; ++n) body(out++, at[0] + static_cast<size_t>(m * p.a_row), at[1] + static_cast<size_t>(n * p.b_column));
  });
}

Multiplier factor(const Node& node) {
  const auto scale = [](const Value* v) { return static_cast<double>(per_tensor(v->type).scale); };
  return quantize_multiplier(scale(node.in[0]) * scale(node.in[1]) / scale(node.out[0]));
}

template <class T, class Sum>
Sum sum_at(const Product& p, std::span<const T> a, std::span<const T> b, size_t i, size_t j, Sum a_zero, Sum b_zero) {
  Sum sum = 0;
  for (int64_t k = 0; k < p.depth; ++k, i += static_cast<size_t>(p.a_depth), j += static_cast<size_t>(p.b_depth))
    sum += (static_cast<Sum>(a[i]) - a_zero) * (static_cast<Sum>(b[j]) - b_zero);
  return sum;
}

void eval(const Node& node, std::span<const Tensor* const> in, std::span<Tensor> out) {
  const Product p = product(node);
  if (in[0]->type.dtype == DType::float32) {
    const auto a = in[0]->as<float>(), b = in[1]->as<float>();
    const auto y = out[0].as<float>();
    for_each_sum(p, [&](size_t o, size_t i, size_t j) { y[o] = sum_at<float, float>(p, a, b, i, j, 0, 0); });
    return;
  }
  const auto a = in[0]->as<int8_t>(), b = in[1]->as<int8_t>();
  const auto y = out[0].as<int8_t>();
  const int32_t a_zero = per_tensor(node.in[0]->type).zero, b_zero = per_tensor(node.in[1]->type).zero;
  const int32_t out_zero = per_tensor(node.out[0]->type).zero;
  const Multiplier m = factor(node);
  for_each_sum(p, [&](size_t o, size_t i, size_t j) {
    const int32_t sum = sum_at<int8_t, int32_t>(p, a, b, i, j, a_zero, b_zero);
    y[o] = static_cast<int8_t>(std::clamp(multiply_double_rounding(sum, m) + out_zero, -128, 127));
  });
}

void import_tflite(TfliteContext& context) {
  auto attrs = std::make_unique<BatchMatmul>();
  const auto* options = context.op.builtin_options_as<tflite::BatchMatMulOptions>();
  attrs->transpose_a = options != nullptr && options->adj_x();
  attrs->transpose_b = options != nullptr && options->adj_y();
  if (context.was_uint8) context.refuse("BATCH_MATMUL of uint8");
  context.finish(*find_op("batch_matmul"), std::move(attrs), {context.input(0), context.input(1)});
}

Params shape_params(const Node& node, std::string type) {
  const Product p = product(node);
  return {std::move(type),
          {{"shape.batch_rank", static_cast<int64_t>(p.batch.size.size())},
           {"shape.batch_size", p.batch.size},
           {"shape.a_batch_stride", p.batch.stride[0]},
           {"shape.b_batch_stride", p.batch.stride[1]},
           {"shape.rows", p.rows},
           {"shape.depth", p.depth},
           {"shape.columns", p.columns},
           {"shape.a_row_stride", p.a_row},
           {"shape.a_depth_stride", p.a_depth},
           {"shape.b_depth_stride", p.b_depth},
           {"shape.b_column_stride", p.b_column}}};
}

void lower(const Node& node, Lowering& lowering) {
  const bool is_int8 = node.in[0]->type.dtype == DType::int8;
  const std::string type = ctype(node.in[0]->type.dtype);
  Call call;
  call.function = is_int8 ? "nn_matmul_s8" : "nn_matmul_f32";
  call.params = shape_params(node, call.function + "_params");
  if (is_int8) {
    auto& fields = call.params->fields;
    const Multiplier m = factor(node);
    fields.push_back({"a_zero", int64_t{per_tensor(node.in[0]->type).zero}});
    fields.push_back({"b_zero", int64_t{per_tensor(node.in[1]->type).zero}});
    fields.push_back({"multiplier", int64_t{m.value}});
    fields.push_back({"shift", int64_t{m.shift}});
    fields.push_back({"out_zero", int64_t{per_tensor(node.out[0]->type).zero}});
  }
  call.args = {array_arg(lowering.input(0), "const " + type), array_arg(lowering.input(1), "const " + type), array_arg(lowering.output(), type)};
  lowering.call(std::move(call));
}

bool int8_as_needed(const Node& n, const Target&) {
  if (n.in[0]->type.dtype != DType::int8) return true;
  return is_per_tensor(n.in[0]->type) && is_per_tensor(n.in[1]->type) && is_per_tensor(n.out[0]->type) && product(n).depth <= 1 << 15 &&
         factor(n).shift <= 31;
}
constexpr std::array rules{
    Rule{"at most 6 dimensions", [](const Node& n, const Target&) { return n.out[0]->type.shape.size() <= 6; }},
    Rule{"for int8: quantisation per tensor and sums of at most 2^15 products", int8_as_needed},
};
constexpr std::array kernels{Kernel{"nn_matmul_<type>", rules, nullptr, lower}};
constexpr std::array imports{Import{"tflite", "BATCH_MATMUL", "float32, int8", import_tflite}};

}  // namespace

extern const Op batch_matmul_op{
    .name = "batch_matmul",
    .make_attrs = [] { return std::unique_ptr<Attrs>(std::make_unique<BatchMatmul>()); },
    .infer = infer,
    .macc = [](const Node& node) { return elements(node.out[0]->type.shape) * (elements(node.in[0]->type.shape) + 1); },  // as the original over-counts
    .eval = eval,
    .imports = imports,
    .kernels = kernels,
    .layer = [](const Node&) { return LayerType{"Gemm", 0x111}; },
    .c_prefix = "gemm",
};

}  // namespace ew
