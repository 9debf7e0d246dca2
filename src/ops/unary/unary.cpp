#include "ops/unary/unary.h"

#include "base/error.h"
#include "ops/channels.h"
#include "ops/lowering.h"
#include "ops/quantization.h"
#include "ops/tflite_context.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ew {
namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();

// How the clamps of the RELU family read as [low, high].
RealRange clip_range(std::string_view kind) {
  if (kind == "relu6") return {0, 6};
  if (kind == "relu_n1_to_1") return {-1, 1};
  if (kind == "relu_0_to_1") return {0, 1};
  return {0, infinity};
}

float clip(float x, const Unary& attrs) {
  const RealRange range = clip_range(attrs.kind);
  return std::min(std::max(x, range.low), range.high);
}

// 0.5 x (1 + erf(x / sqrt 2)), or its approximation 0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))).
float gelu(float x, const Unary& attrs) {
  if (attrs.approximate) return 0.5F * x * (1.0F + std::tanh(0.7978845608F * (x + 0.044715F * x * x * x)));
  return 0.5F * x * std::erfc(x * -0.70710678118F);
}

constexpr std::string_view all8 = "float32, int8, uint8";
constexpr std::string_view signed8 = "float32, int8";
constexpr std::string_view only_float = "float32";
using A = const Unary&;

constexpr std::array kinds{
    UnaryKind{"relu", "RELU", all8, 1, clip, relu_quantized},
    UnaryKind{"relu6", "RELU6", all8, 2, clip, relu_quantized},
    UnaryKind{"relu_n1_to_1", "RELU_N1_TO_1", all8, 2, clip, relu_quantized},
    UnaryKind{"relu_0_to_1", "RELU_0_TO_1", all8, 2, clip, relu_quantized},
    UnaryKind{"leaky_relu", "LEAKY_RELU", all8, 2, [](float x, A a) { return x > 0 ? x : x * static_cast<float>(a.alpha); }, leaky_relu_quantized},
    UnaryKind{"elu", "ELU", signed8, 11, [](float x, A) { return x < 0 ? std::expm1(x) : x; }, nullptr},
    UnaryKind{"hard_swish", "HARD_SWISH", all8, 5, [](float x, A) { return x * std::min(6.0F, std::max(0.0F, x + 3.0F)) / 6.0F; },
              hard_swish_quantized},
    UnaryKind{"gelu", "GELU", all8, 20, gelu, nullptr},
    UnaryKind{"abs", "ABS", "float32, int8, int32", 2, [](float x, A) { return std::abs(x); }, abs_quantized},
    UnaryKind{"exp", "EXP", signed8, 10, [](float x, A) { return std::exp(x); }, nullptr},
    UnaryKind{"log", "LOG", signed8, 10, [](float x, A) { return std::log(x); }, nullptr},
    UnaryKind{"sqrt", "SQRT", signed8, 12, [](float x, A) { return std::sqrt(x); }, sqrt_quantized},
    UnaryKind{"rsqrt", "RSQRT", signed8, 12, [](float x, A) { return 1.0F / std::sqrt(x); }, rsqrt_quantized},
    UnaryKind{"square", "SQUARE", only_float, 1, [](float x, A) { return x * x; }, nullptr},
    UnaryKind{"neg", "NEG", "float32, int8, int32", 1, [](float x, A) { return -x; }, neg_quantized},
    UnaryKind{"sin", "SIN", only_float, 10, [](float x, A) { return std::sin(x); }, nullptr},
    UnaryKind{"cos", "COS", only_float, 10, [](float x, A) { return std::cos(x); }, nullptr},
    UnaryKind{"floor", "FLOOR", only_float, 1, [](float x, A) { return std::floor(x); }, nullptr},
    UnaryKind{"round", "ROUND", only_float, 1, [](float x, A) { return std::nearbyint(x); }, nullptr},  // half to even
    UnaryKind{"ceil", "CEIL", only_float, 1, [](float x, A) { return std::ceil(x); }, nullptr},
    UnaryKind{"logistic", "LOGISTIC", all8, 10, [](float x, A) { return 1.0F / (1.0F + std::exp(-x)); }, nullptr},
    UnaryKind{"tanh", "TANH", all8, 10, [](float x, A) { return std::tanh(x); }, nullptr},
};

const UnaryKind* find_kind(std::string_view name) {
  const auto* const row = std::find_if(kinds.begin(), kinds.end(), [&](const UnaryKind& k) { return k.name == name; });
  return row == kinds.end() ? nullptr : row;
}

// "int8" must not be found in "uint8".
bool takes(const UnaryKind& kind, DType dtype) { return (", " + std::string(kind.types)).find(", " + std::string(name(dtype))) != std::string::npos; }

std::vector<Type> infer(const Node& node) {
  const Type& in = node.in.at(0)->type;
  unary_kind(node);
  return {{in.dtype, in.shape, {}}};
}

int64_t operations(const Node& node) {
  const Type& out = node.out[0]->type;
  return elements(out.shape) * (out.dtype == DType::int8 ? 1 : unary_kind(node).macc);
}

std::array<int8_t, 256> node_table(const Node& node) {
  return unary_table(unary_kind(node), node.as<Unary>(), node.in[0]->type, node.out[0]->type);
}

void eval_int32(const Node& node, std::span<const int32_t> in, std::span<int32_t> out) {
  const bool absolute = unary_kind(node).name == "abs";
  for (size_t i = 0; i < in.size(); ++i) {
    const uint32_t negative = 0U - static_cast<uint32_t>(in[i]);
    out[i] = absolute && in[i] >= 0 ? in[i] : static_cast<int32_t>(negative);
  }
}

void eval(const Node& node, std::span<const Tensor* const> in, std::span<Tensor> out) {
  const UnaryKind& kind = unary_kind(node);
  if (!takes(kind, in[0]->type.dtype)) throw not_implemented(fmt::format("layer '{}': {} of {}", node.name, kind.name, name(in[0]->type.dtype)));
  if (in[0]->type.dtype == DType::int8) {
    const auto table = node_table(node);
    const auto x = in[0]->as<int8_t>();
    std::transform(x.begin(), x.end(), out[0].as<int8_t>().begin(), [&](int8_t q) { return table[static_cast<size_t>(q + 128)]; });
  } else if (in[0]->type.dtype == DType::int32) {
    eval_int32(node, in[0]->as<int32_t>(), out[0].as<int32_t>());
  } else {
    const auto x = in[0]->as<float>();
    std::transform(x.begin(), x.end(), out[0].as<float>().begin(), [&](float v) { return kind.real(v, node.as<Unary>()); });
  }
}

void import_tflite(TfliteContext& context) {
  auto attrs = std::make_unique<Unary>();
  const auto* const kind = std::find_if(kinds.begin(), kinds.end(), [&](const UnaryKind& k) { return k.tflite == context.op_name; });
  attrs->kind = kind->name;
  if (kind->name == "leaky_relu") attrs->alpha = static_cast<double>(context.options<tflite::LeakyReluOptions>().alpha());
  if (kind->name == "gelu") attrs->approximate = context.options<tflite::GeluOptions>().approximate();
  Value* x = context.input(0);
  if (!takes(*kind, context.was_uint8 ? DType::uint8 : x->type.dtype)) context.refuse(fmt::format("it takes {}", kind->types));
  context.finish(*find_op("unary"), std::move(attrs), {x});
}

constexpr auto imports = [] {
  std::array<Import, kinds.size()> rows;
  for (size_t i = 0; i < rows.size(); ++i) rows[i] = {"tflite", kinds[i].tflite, kinds[i].types, import_tflite};
  return rows;
}();

void lower_table(const Node& node, Lowering& lowering) {
  const std::array<int8_t, 256> table = node_table(node);
  Call call;
  call.function = "nn_lut_s8";
  call.args = {array_arg(lowering.input(0), "const int8_t"), table_arg(lowering.table("table", DType::int8, table.data(), table.size()), "const int8_t"),
               array_arg(lowering.output(), "int8_t"), number_arg(elements(node.out[0]->type.shape))};
  lowering.row_form(call);
  lowering.call(std::move(call));
  lowering.overlap(0, 0);
  lowering.attribute("nonlinearity", node.as<Unary>().kind);
}

void lower_float(const Node& node, Lowering& lowering) {
  const auto& attrs = node.as<Unary>();
  Call call;
  call.function = fmt::format("nn_{}_f32", attrs.kind);
  if (unary_kind(node).real == clip) {
    const RealRange range = clip_range(attrs.kind);
    call.function = "nn_clip_f32";
    call.params = Params{"nn_clip_f32_params", {{"low", range.low}, {"high", range.high}}};
  }
  if (attrs.kind == "leaky_relu") call.params = Params{"nn_leaky_relu_f32_params", {{"alpha", static_cast<float>(attrs.alpha)}}};
  if (attrs.kind == "gelu" && attrs.approximate) call.function = "nn_gelu_tanh_f32";
  call.args = {array_arg(lowering.input(0), "const float"), array_arg(lowering.output(), "float"), number_arg(elements(node.out[0]->type.shape))};
  lowering.row_form(call);
  lowering.call(std::move(call));
  lowering.overlap(0, 0);
  lowering.attribute("nonlinearity", attrs.kind);
}

bool is(const Node& node, DType dtype) { return node.in[0]->type.dtype == dtype && takes(unary_kind(node), dtype); }
bool tensors_per_tensor(const Node& node, const Target&) { return is_per_tensor(node.in[0]->type) && is_per_tensor(node.out[0]->type); }

constexpr Channels channels{.bounds = elementwise_bounds};
constexpr std::array table_rules{
    Rule{"an int8 input of a function that has an int8 form", [](const Node& n, const Target&) { return is(n, DType::int8); }},
    Rule{"input and output quantised per tensor", tensors_per_tensor},
};
constexpr std::array float_rules{Rule{"a float32 input", [](const Node& n, const Target&) { return is(n, DType::float32); }}};
constexpr std::array kernels{
    Kernel{"nn_lut_s8", table_rules, nullptr, lower_table},
    Kernel{"nn_<kind>_f32", float_rules, nullptr, lower_float},
};

bool identity(const Node& node) {
  if (node.in[0]->type.dtype != DType::int8 || !is_per_tensor(node.in[0]->type) || !is_per_tensor(node.out[0]->type)) return false;
  if (node.in[0]->type.quant != node.out[0]->type.quant) return false;
  const auto table = node_table(node);
  for (int q = -128; q < 128; ++q)
    if (table[static_cast<size_t>(q + 128)] != q) return false;
  return true;
}

}  // namespace

const UnaryKind& unary_kind(const Node& node) {
  const UnaryKind* kind = find_kind(node.as<Unary>().kind);
  if (kind == nullptr) throw load_error(fmt::format("layer '{}': unknown function '{}'", node.name, node.as<Unary>().kind));
  return *kind;
}

extern const Op unary_op{
    .name = "unary",
    .make_attrs = [] { return std::unique_ptr<Attrs>(std::make_unique<Unary>()); },
    .infer = infer,
    .macc = operations,
    .eval = eval,
    .imports = imports,
    .kernels = kernels,
    .layer = [](const Node&) { return LayerType{"Nonlinearity", 0x107}; },
    .c_prefix = "nl",
    .identity = identity,
    .channels = &channels,
};

}  // namespace ew
