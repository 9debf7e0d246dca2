// QUANTIZE (float to 8 bits, 8 bits to 8 bits) and DEQUANTIZE. The output value's own type says what is wanted; the reports call both Conversion.
#include "ops/tflite_context.h"

#include "base/error.h"
#include "ops/channels.h"
#include "ops/lowering.h"
#include "ops/quantization.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace ew {
namespace {

bool is_8bit(DType dtype) { return dtype == DType::int8 || dtype == DType::uint8; }
bool is_float(DType dtype) { return dtype == DType::float32; }
int64_t count(const Node& node) { return elements(node.out[0]->type.shape); }

// ---- QUANTIZE

std::vector<Type> infer_quantize(const Node& node) {
  const Type& in = node.in.at(0)->type;
  const Type& out = node.out.at(0)->type;
  if (!is_8bit(out.dtype) || !is_per_tensor(out)) throw not_implemented(fmt::format("layer '{}': quantising to {}", node.name, text(out)));
  if (!is_float(in.dtype) && !(is_8bit(in.dtype) && is_per_tensor(in)))
    throw not_implemented(fmt::format("layer '{}': quantising from {}", node.name, text(in)));
  return {{out.dtype, in.shape, {}}};
}

// From 8 bits to 8 bits: the result for each bit pattern of the input, read as int8. `double` rounding.
std::array<int8_t, 256> requantisation_table(const Type& in, const Type& out) {
  const ScaleZero from = per_tensor(in);
  const ScaleZero to = per_tensor(out);
  const Multiplier factor = quantize_multiplier(static_cast<double>(from.scale) / static_cast<double>(to.scale));
  const IntegerRange range = integer_range(out.dtype);
  std::array<int8_t, 256> table;
  for (int bits = -128; bits < 128; ++bits) {
    const int32_t q = in.dtype == DType::uint8 ? static_cast<uint8_t>(bits) : bits;
    const int32_t y = multiply_double_rounding(q - from.zero, factor) + to.zero;
    table[static_cast<size_t>(bits + 128)] = static_cast<int8_t>(std::clamp(y, range.low, range.high));
  }
  return table;
}

void eval_quantize(const Node& node, std::span<const Tensor* const> in, std::span<Tensor> out) {
  const Type& type = node.out[0]->type;
  const auto result = out[0].as<int8_t>();  // the bits of a uint8 result too
  if (!is_float(in[0]->type.dtype)) {
    const auto table = requantisation_table(in[0]->type, type);
    const auto bits = in[0]->as<int8_t>();
    std::transform(bits.begin(), bits.end(), result.begin(), [&](int8_t b) { return table[static_cast<size_t>(b + 128)]; });
    return;
  }
  const ScaleZero q = per_tensor(type);
  const IntegerRange range = integer_range(type.dtype);
  const auto x = in[0]->as<float>();
  std::transform(x.begin(), x.end(), result.begin(), [&](float v) {
    const float steps = std::round(v / q.scale);
    if (std::isnan(steps)) return static_cast<int8_t>(range.low);
    return static_cast<int8_t>(std::clamp(steps, static_cast<float>(range.low - q.zero), static_cast<float>(range.high - q.zero)) +
                               static_cast<float>(q.zero));
  });
}

// The same bits but the highest: scales agree, zero points differ by 128.
bool flips_sign(const Type& in, const Type& out) {
  if (in.dtype == out.dtype || !is_8bit(in.dtype) || in.quant->scale != out.quant->scale) return false;
  return in.quant->zero[0] - out.quant->zero[0] == (in.dtype == DType::uint8 ? 128 : -128);
}

std::string suffix(DType dtype) { return dtype == DType::uint8 ? "u8" : "s8"; }

void lower_quantize(const Node& node, Lowering& lowering) {
  const Type& out = node.out[0]->type;
  const ScaleZero q = per_tensor(out);
  Call call;
  call.function = "nn_quantize_" + suffix(out.dtype);
  call.params = Params{"nn_scale_params", {{"scale", q.scale}, {"zero", int64_t{q.zero}}}};
  call.args = {array_arg(lowering.input(0), "const float"), array_arg(lowering.output(), ctype(out.dtype)), number_arg(count(node))};
  lowering.row_form(call);
  lowering.call(std::move(call));
  lowering.overlap(0, 0);
}

void lower_flip(const Node& node, Lowering& lowering) {
  Call call;
  call.function = "nn_flip_sign_8";
  call.args = {array_arg(lowering.input(0), "const uint8_t"), array_arg(lowering.output(), "uint8_t"), number_arg(count(node))};
  lowering.row_form(call);
  lowering.call(std::move(call));
  lowering.overlap(0, 0);
}

void lower_requantize(const Node& node, Lowering& lowering) {
  const auto table = requantisation_table(node.in[0]->type, node.out[0]->type);
  Call call;
  call.function = "nn_lut_s8";
  call.args = {array_arg(lowering.input(0), "const int8_t"), table_arg(lowering.table("table", DType::int8, table.data(), table.size()), "const int8_t"),
               array_arg(lowering.output(), "int8_t"), number_arg(count(node))};
  lowering.row_form(call);
  lowering.call(std::move(call));
  lowering.overlap(0, 0);
}

constexpr std::array from_float{Rule{"a float32 input", [](const Node& n, const Target&) { return is_float(n.in[0]->type.dtype); }}};
constexpr std::array from_8bit{Rule{"an int8 or uint8 input", [](const Node& n, const Target&) { return is_8bit(n.in[0]->type.dtype); }}};
constexpr std::array only_sign{from_8bit[0], Rule{"equal scales and zero points 128 apart",
                                                  [](const Node& n, const Target&) { return flips_sign(n.in[0]->type, n.out[0]->type); }}};
constexpr std::array quantize_kernels{
    Kernel{"nn_flip_sign_8", only_sign, nullptr, lower_flip},
    Kernel{"nn_lut_s8", from_8bit, nullptr, lower_requantize},
    Kernel{"nn_quantize_s8 or _u8", from_float, nullptr, lower_quantize},
};

bool identity_quantize(const Node& node) {
  const Type& in = node.in[0]->type;
  return in.dtype == node.out[0]->type.dtype && in.quant == node.out[0]->type.quant;
}

// ---- DEQUANTIZE

std::vector<Type> infer_dequantize(const Node& node) {
  const Type& in = node.in.at(0)->type;
  if (!in.quant && in.dtype != DType::float16) throw load_error(fmt::format("layer '{}': its input {} is not quantised", node.name, text(in)));
  return {{DType::float32, in.shape, {}}};
}

void eval_dequantize(const Node&, std::span<const Tensor* const> in, std::span<Tensor> out) {
  const std::vector<double> values = reals(*in[0]);
  std::transform(values.begin(), values.end(), out[0].as<float>().begin(), [](double v) { return static_cast<float>(v); });
}

void lower_dequantize(const Node& node, Lowering& lowering) {
  const Type& in = node.in[0]->type;
  const ScaleZero q = per_tensor(in);
  Call call;
  call.function = "nn_dequantize_" + suffix(in.dtype);
  call.params = Params{"nn_scale_params", {{"scale", q.scale}, {"zero", int64_t{q.zero}}}};
  call.args = {array_arg(lowering.input(0), "const " + ctype(in.dtype)), array_arg(lowering.output(), "float"), number_arg(count(node))};
  lowering.row_form(call);
  lowering.call(std::move(call));
  lowering.overlap(0, 3 * count(node));  // see nn_quantize.h
}

constexpr std::array dequantize_rules{Rule{"an int8 or uint8 input quantised per tensor", [](const Node& n, const Target&) {
                                             return is_8bit(n.in[0]->type.dtype) && is_per_tensor(n.in[0]->type);
                                           }}};
constexpr std::array dequantize_kernels{Kernel{"nn_dequantize_s8 or _u8", dequantize_rules, nullptr, lower_dequantize}};

// ---- both

std::unique_ptr<Attrs> no_attrs() { return std::make_unique<NoAttrs>(); }
int64_t operations(const Node& node) { return 2 * count(node); }
LayerType layer(const Node&) { return {"Conversion", 0x107}; }

void import_quantize(TfliteContext& context) { context.finish(*find_op("quantize"), no_attrs(), {context.input(0)}); }
void import_dequantize(TfliteContext& context) { context.finish(*find_op("dequantize"), no_attrs(), {context.input(0)}); }

constexpr std::array quantize_imports{Import{"tflite", "QUANTIZE", "float32 to int8, uint8; int8, uint8 to int8, uint8", import_quantize}};
constexpr std::array dequantize_imports{Import{"tflite", "DEQUANTIZE", "int8, uint8, float16 to float32", import_dequantize}};

}  // namespace

constexpr Channels quantize_channels{.bounds = elementwise_bounds};

extern const Op quantize_op{
    .name = "quantize",
    .make_attrs = no_attrs,
    .infer = infer_quantize,
    .macc = operations,
    .eval = eval_quantize,
    .imports = quantize_imports,
    .kernels = quantize_kernels,
    .layer = layer,
    .c_prefix = "conversion",
    .identity = identity_quantize,
    .channels = &quantize_channels,
};

extern const Op dequantize_op{
    .name = "dequantize",
    .make_attrs = no_attrs,
    .infer = infer_dequantize,
    .macc = operations,
    .eval = eval_dequantize,
    .imports = dequantize_imports,
    .kernels = dequantize_kernels,
    .layer = layer,
    .c_prefix = "conversion",
};

}  // namespace ew
