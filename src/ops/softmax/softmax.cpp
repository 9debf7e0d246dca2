// SOFTMAX along the last dimension.
#include "ops/tflite_context.h"

#include "base/error.h"
#include "ops/lowering.h"
#include "ops/quantization.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace ew {
namespace {

struct Softmax : AttrsOf<Softmax> {
  double beta = 1;
  template <class V> void fields(V& v) { v("beta", beta); }
};

int64_t depth(const Node& node) { return node.in[0]->type.shape.back(); }
int64_t count(const Node& node) { return elements(node.in[0]->type.shape); }
float beta(const Node& node) { return static_cast<float>(node.as<Softmax>().beta); }

std::vector<Type> infer(const Node& node) {
  const Type& in = node.in.at(0)->type;
  if (in.shape.empty() || elements(in.shape) == 0) throw load_error(fmt::format("layer '{}': softmax of {}", node.name, text(in)));
  if (in.dtype != DType::float32 && in.dtype != DType::int8) throw not_implemented(fmt::format("layer '{}': softmax of {}", node.name, text(in)));
  return {{in.dtype, in.shape, {}}};
}

// exp(-d * scale * beta) at index 255 - d: the exponential of x - max is looked up by the difference of their integers.
std::array<float, 256> exponentials(const Node& node) {
  const float slope = -per_tensor(node.in[0]->type).scale * beta(node);
  std::array<float, 256> table;
  for (int d = 0; d < 256; ++d) table[static_cast<size_t>(255 - d)] = std::exp(slope * static_cast<float>(d));
  return table;
}

void softmax_int8(std::span<const int8_t> x, const std::array<float, 256>& table, std::span<int8_t> y) {
  const int max = *std::max_element(x.begin(), x.end());
  const auto e = [&](int8_t q) { return table[static_cast<size_t>(255 + q - max)]; };
  float sum = 0;
  for (const int8_t q : x) sum += e(q);
  const float inverse = 256.0F / sum;
  for (size_t i = 0; i < x.size(); ++i) y[i] = static_cast<int8_t>(std::min(static_cast<int>(e(x[i]) * inverse + 0.5F) - 128, 127));
}

void softmax_float(std::span<const float> x, float factor, std::span<float> y) {
  const float max = *std::max_element(x.begin(), x.end());
  float sum = 0;
  for (size_t i = 0; i < x.size(); ++i) {
    y[i] = std::exp((x[i] - max) * factor);
    sum += y[i];
  }
  for (float& v : y) v = v / sum;
}

void eval(const Node& node, std::span<const Tensor* const> in, std::span<Tensor> out) {
  const auto n = static_cast<size_t>(depth(node));
  const auto total = static_cast<size_t>(count(node));
  if (in[0]->type.dtype == DType::int8) {
    const auto table = exponentials(node);
    for (size_t i = 0; i < total; i += n) softmax_int8(in[0]->as<int8_t>().subspan(i, n), table, out[0].as<int8_t>().subspan(i, n));
  } else {
    for (size_t i = 0; i < total; i += n) softmax_float(in[0]->as<float>().subspan(i, n), beta(node), out[0].as<float>().subspan(i, n));
  }
}

void import_tflite(TfliteContext& context) {
  auto attrs = std::make_unique<Softmax>();
  attrs->beta = static_cast<double>(context.options<tflite::SoftmaxOptions>().beta());
  context.finish(*find_op("softmax"), std::move(attrs), {context.input(0)});
}

void lower_s8(const Node& node, Lowering& lowering) {
  const auto table = exponentials(node);
  Call call;
  call.function = "nn_softmax_s8";
  call.args = {array_arg(lowering.input(0), "const int8_t"),
               table_arg(lowering.table("exponentials", DType::float32, table.data(), sizeof table), "const float"),
               array_arg(lowering.output(), "int8_t"), number_arg(count(node) / depth(node)), number_arg(depth(node))};
  lowering.call(std::move(call));
  lowering.overlap(0, 0);
}

void lower_f32(const Node& node, Lowering& lowering) {
  Call call;
  call.function = "nn_softmax_f32";
  call.params = Params{"nn_softmax_f32_params", {{"beta", beta(node)}}};
  call.args = {array_arg(lowering.input(0), "const float"), array_arg(lowering.output(), "float"), number_arg(count(node) / depth(node)),
               number_arg(depth(node))};
  lowering.call(std::move(call));
  lowering.overlap(0, 0);
}

// LiteRT demands this output quantisation: scale 1/256 within a thousandth of it, zero point -128.
bool output_of_probabilities(const Node& node, const Target&) {
  const Type& out = node.out[0]->type;
  return is_per_tensor(out) && out.quant->zero[0] == -128 && std::abs(out.quant->scale[0] - 1.0F / 256) <= 0.001F / 256;
}

constexpr std::array int8_rules{
    Rule{"an int8 input quantised per tensor",
         [](const Node& n, const Target&) { return n.in[0]->type.dtype == DType::int8 && is_per_tensor(n.in[0]->type); }},
    Rule{"an output of scale 1/256 and zero point -128 (uint8: 0)", output_of_probabilities},
};
constexpr std::array float_rules{Rule{"a float32 input", [](const Node& n, const Target&) { return n.in[0]->type.dtype == DType::float32; }}};
constexpr std::array kernels{
    Kernel{"nn_softmax_s8", int8_rules, nullptr, lower_s8},
    Kernel{"nn_softmax_f32", float_rules, nullptr, lower_f32},
};
constexpr std::array imports{Import{"tflite", "SOFTMAX", "float32, int8, uint8", import_tflite}};

}  // namespace

extern const Op softmax_op{
    .name = "softmax",
    .make_attrs = [] { return std::unique_ptr<Attrs>(std::make_unique<Softmax>()); },
    .infer = infer,
    .macc = [](const Node& node) { return 15 * count(node); },
    .eval = eval,
    .imports = imports,
    .kernels = kernels,
    .layer = [](const Node&) { return LayerType{"Nonlinearity", 0x10c}; },
    .c_prefix = "nl",
};

}  // namespace ew
