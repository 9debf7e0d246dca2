// SOFTMAX along the last dimension.
#include "ops/tflite_context.h"

#include "base/error.h"
#include "ops/lowering.h"
#include "ops/quantization.h"

#include <algorithm>
#include <array>
#include <bit>
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

// Fixed point as in gemmlowp, on which LiteRT's reference kernel is built. Q<n>: n integer bits, 31 - n fraction bits.

// exp(a) for a in [-1/4, 0), Q0: the Taylor series around -1/8.
int32_t exp_on_quarter(int32_t a) {
  constexpr int32_t exp_minus_eighth = 1895147668, third = 715827883;
  const int32_t x = a + (1 << 28), x2 = doubling_high_multiply(x, x), x3 = doubling_high_multiply(x2, x), x4 = doubling_high_multiply(x2, x2);
  const int32_t rest = rounding_divide_by_power_of_two(doubling_high_multiply(rounding_divide_by_power_of_two(x4, 2) + x3, third) + x2, 1);
  return exp_minus_eighth + doubling_high_multiply(exp_minus_eighth, x + rest);
}

// exp(a) for a <= 0 in Q5, as Q0: the part below a quarter by the series, then a factor for every bit above it.
int32_t exp_on_negative(int32_t a) {
  if (a == 0) return INT32_MAX;
  constexpr int32_t quarter = 1 << 24;
  const int32_t below = (a & (quarter - 1)) - quarter;
  int32_t result = exp_on_quarter(shift_left_saturated(below, 5));
  const int32_t above = below - a;
  constexpr std::array<int32_t, 7> factors{1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242};   // exp(-1/4), exp(-1/2) ... exp(-16)
  for (size_t bit = 0; bit < factors.size(); ++bit)
    if ((above & (quarter << bit)) != 0) result = doubling_high_multiply(result, factors[bit]);
  return result;
}

// beta * scale * 2^26 = multiplier * 2^(left - 31): brings differences of integers to Q5. The reference leaves out elements further than the
// radius from the largest.
struct Differences { int32_t multiplier = 0; int left = 0; int64_t radius = 0; };
Differences differences(const Node& node) {
  const double real = std::min(static_cast<double>(beta(node)) * static_cast<double>(per_tensor(node.in[0]->type).scale) * (1 << 26), 2147483647.0);
  int exponent = 0;
  auto multiplier = static_cast<int64_t>(std::round(std::frexp(real, &exponent) * 2147483648.0));
  if (multiplier == int64_t{1} << 31) {
    multiplier /= 2;
    ++exponent;
  }
  const int left = std::max(exponent, 0);        // below one the reference's arithmetic is not defined: scales below 2^-26
  return {static_cast<int32_t>(multiplier), left, static_cast<int64_t>(std::floor(31.0 * (1 << 26) / std::ldexp(1.0, left)))};
}

// exp(-d * scale * beta) at index 255 - d: the exponential of x - max is looked up by the difference of their integers.
std::array<int32_t, 256> exponentials(const Node& node) {
  const Differences q = differences(node);
  std::array<int32_t, 256> table{};
  for (int d = 0; d < 256 && d <= q.radius; ++d)
    table[static_cast<size_t>(255 - d)] = exp_on_negative(doubling_high_multiply(shift_left_saturated(-d, q.left), q.multiplier));
  return table;
}

void softmax_int8(std::span<const int8_t> x, const std::array<int32_t, 256>& table, std::span<int8_t> y) {
  const int max = *std::max_element(x.begin(), x.end());
  const auto e = [&](int8_t q) { return table[static_cast<size_t>(255 + q - max)]; };
  uint32_t sum = 0;                              // Q12
  for (const int8_t q : x) sum += static_cast<uint32_t>(rounding_divide_by_power_of_two(e(q), 12));
  const int headroom = std::countl_zero(sum);
  const int32_t scale = one_over_one_plus(static_cast<int32_t>((sum << headroom) - (uint32_t{1} << 31)));
  const int shift = 35 - headroom;               // beyond 31 every element is below a half
  for (size_t i = 0; i < x.size(); ++i) {
    const int32_t value = shift > 31 ? 0 : rounding_divide_by_power_of_two(doubling_high_multiply(scale, e(x[i])), shift);
    y[i] = static_cast<int8_t>(std::min(value, 255) - 128);
  }
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
               table_arg(lowering.table("exponentials", DType::int32, table.data(), sizeof table), "const int32_t"),
               array_arg(lowering.output(), "int8_t"), number_arg(count(node) / depth(node)), number_arg(depth(node))};
  lowering.call(std::move(call));
  lowering.overlap(0, 0);
}

void lower_few_s8(const Node& node, Lowering& lowering) {
  const Differences q = differences(node);
  Call call;
  call.function = "nn_softmax_few_s8";
  call.params = Params{"nn_softmax_few_s8_params", {{"multiplier", int64_t{q.multiplier}}, {"left", int64_t{q.left}}, {"radius", q.radius}}};
  call.args = {array_arg(lowering.input(0), "const int8_t"), array_arg(lowering.output(), "int8_t"), number_arg(count(node) / depth(node)),
               number_arg(depth(node))};
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

constexpr Rule int8_rule{"an int8 input quantised per tensor",
                         [](const Node& n, const Target&) { return n.in[0]->type.dtype == DType::int8 && is_per_tensor(n.in[0]->type); }};
constexpr Rule depth_rule{"a vector of fewer than 4096 elements", [](const Node& n, const Target&) { return depth(n) < 4096; }};
constexpr Rule output_rule{"an output of scale 1/256 and zero point -128 (uint8: 0)", output_of_probabilities};
constexpr Rule few_rule{"at most 64 elements: a table would cost more flash than it saves time", [](const Node& n, const Target&) { return count(n) <= 64; }};
constexpr std::array few_rules{int8_rule, output_rule, few_rule};
constexpr std::array int8_rules{int8_rule, depth_rule, output_rule};
constexpr std::array float_rules{Rule{"a float32 input", [](const Node& n, const Target&) { return n.in[0]->type.dtype == DType::float32; }}};
constexpr std::array kernels{
    Kernel{"nn_softmax_few_s8", few_rules, nullptr, lower_few_s8},
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
