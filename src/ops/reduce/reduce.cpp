// MEAN, SUM, REDUCE_MAX, REDUCE_MIN, REDUCE_PROD, REDUCE_ANY, REDUCE_ALL: one operator, one row of a table per function.
#include "ops/reduce/reduce.h"

#include "base/error.h"
#include "ops/channels.h"
#include "ops/conv2d/helium.h"
#include "ops/conv2d/window.h"
#include "ops/pool2d/image_mean.h"
#include "ops/quantization.h"
#include "ops/tflite_context.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace ew {
namespace {

struct ReduceKind {
  std::string_view name, tflite, types;
  float (*real)(float a, float b);
  int64_t (*integer)(int64_t a, int64_t b);
};

constexpr std::array kinds{
    ReduceKind{"mean", "MEAN", "float32, int8, uint8, int32, int64", [](float a, float b) { return a + b; }, [](int64_t a, int64_t b) { return a + b; }},
    ReduceKind{"sum", "SUM", "float32, int8, uint8, int32, int64", [](float a, float b) { return a + b; }, [](int64_t a, int64_t b) { return a + b; }},
    ReduceKind{"reduce_max", "REDUCE_MAX", "float32, int8, uint8, int32, int64", [](float a, float b) { return std::max(a, b); },
               [](int64_t a, int64_t b) { return std::max(a, b); }},
    ReduceKind{"reduce_min", "REDUCE_MIN", "float32, int8, uint8, int32, int64", [](float a, float b) { return std::min(a, b); },
               [](int64_t a, int64_t b) { return std::min(a, b); }},
    ReduceKind{"prod", "REDUCE_PROD", "float32, int32, int64", [](float a, float b) { return a * b; },
               [](int64_t a, int64_t b) { return static_cast<int64_t>(static_cast<uint64_t>(a) * static_cast<uint64_t>(b)); }},
    ReduceKind{"any", "REDUCE_ANY", "bool", nullptr, [](int64_t a, int64_t b) { return a | b; }},
    ReduceKind{"all", "REDUCE_ALL", "bool", nullptr, [](int64_t a, int64_t b) { return a & b; }},
};

const ReduceKind& kind_of(const Node& node) {
  const std::string& wanted = node.as<Reduce>().kind;
  const auto* const row = std::find_if(kinds.begin(), kinds.end(), [&](const ReduceKind& k) { return k.name == wanted; });
  if (row == kinds.end()) throw load_error(fmt::format("layer '{}': unknown reduction '{}'", node.name, wanted));
  return *row;
}

std::vector<int64_t> axes(const Node& node) { return normalised_axes(node, node.as<Reduce>().axes, node.in[0]->type.shape.size()); }
int64_t reduced_count(const Node& node) { return elements(node.in[0]->type.shape) / std::max<int64_t>(1, elements(node.out[0]->type.shape)); }

std::vector<Type> infer(const Node& node) {
  const Type& in = node.in.at(0)->type;
  const ReduceKind& kind = kind_of(node);
  if (kind.types.find(name(in.dtype)) == std::string_view::npos)
    throw not_implemented(fmt::format("layer '{}': {} of {}; it takes {}", node.name, kind.tflite, name(in.dtype), kind.types));
  if (elements(in.shape) == 0) throw load_error(fmt::format("layer '{}': a reduction of {}", node.name, text(in)));
  return {{in.dtype, reduced_shape(in.shape, axes(node), node.as<Reduce>().keep_dims), {}}};
}

// MEAN: the scales' ratio with 1 / count in it, as many bits kept as fit.
Multiplier mean_factor(const Node& node) {
  const float ratio = per_tensor(node.in[0]->type).scale / per_tensor(node.out[0]->type).scale;
  const Multiplier factor = quantize_multiplier(static_cast<double>(ratio));
  const int64_t count = reduced_count(node);
  const int bits = 63 - std::countl_zero(static_cast<uint64_t>(count));
  const int kept = std::min({bits, 32, 31 + factor.shift});
  return {static_cast<int32_t>((static_cast<int64_t>(factor.value) << kept) / count), factor.shift - kept};
}

// MEAN and SUM of int8: out = (sum of the input - count * in zero) * factor + out zero.
Multiplier int8_factor(const Node& node) {
  if (node.as<Reduce>().kind == "mean") return mean_factor(node);
  return quantize_multiplier(static_cast<double>(per_tensor(node.in[0]->type).scale) / static_cast<double>(per_tensor(node.out[0]->type).scale));
}

// MEAN rounds `double`, SUM as LiteRT's kernels do that give a sum: the optimised ones of int8 round once, the reference ones of uint8 twice.
// (Its reference kernel of int8 SUM reads the bytes as uint8: nothing to be equal to.)
bool rounds_once(const Node& node) { return node.as<Reduce>().kind == "sum" && !node.as<Reduce>().was_uint8; }

void eval_scaled_int8(const Node& node, const Tensor& in, Tensor& out) {
  std::vector<int32_t> sums(out.data.size(), 0);
  const auto x = in.as<int8_t>();
  for_each_reduced(in.type.shape, axes(node), [&](size_t i, size_t o) { sums[o] += x[i]; });
  const int32_t out_zero = per_tensor(node.out[0]->type).zero;
  const auto count = static_cast<int32_t>(reduced_count(node));
  const Multiplier factor = int8_factor(node);
  const int32_t offset = count * per_tensor(node.in[0]->type).zero;
  const auto y = out.as<int8_t>();
  for (size_t o = 0; o < sums.size(); ++o) {
    const int32_t v = rounds_once(node) ? multiply_single_rounding(sums[o] - offset, factor) : multiply_double_rounding(sums[o] - offset, factor);
    y[o] = static_cast<int8_t>(std::clamp(v + out_zero, -128, 127));
  }
}

template <class T, class Function>
void eval_plain(const Node& node, const Tensor& in, Tensor& out, Function function) {
  const auto x = in.as<T>();
  const auto y = out.as<T>();
  std::vector<bool> started(y.size(), false);
  for_each_reduced(in.type.shape, axes(node), [&](size_t i, size_t o) {
    y[o] = started[o] ? static_cast<T>(function(y[o], x[i])) : x[i];
    started[o] = true;
  });
  if (node.as<Reduce>().kind == "mean")
    for (T& v : y) v = static_cast<T>(v / static_cast<T>(reduced_count(node)));
}

void eval(const Node& node, std::span<const Tensor* const> in, std::span<Tensor> out) {
  const ReduceKind& kind = kind_of(node);
  const bool scaled = kind.name == "mean" || kind.name == "sum";
  switch (in[0]->type.dtype) {
    case DType::float32: return eval_plain<float>(node, *in[0], out[0], kind.real);
    case DType::int8: return scaled ? eval_scaled_int8(node, *in[0], out[0]) : eval_plain<int8_t>(node, *in[0], out[0], kind.integer);
    case DType::boolean: return eval_plain<uint8_t>(node, *in[0], out[0], kind.integer);
    case DType::int32: return eval_plain<int32_t>(node, *in[0], out[0], kind.integer);
    case DType::int64: return eval_plain<int64_t>(node, *in[0], out[0], kind.integer);
    default: throw not_implemented(fmt::format("layer '{}': {} of {}", node.name, kind.tflite, name(in[0]->type.dtype)));
  }
}

void import_tflite(TfliteContext& context) {
  auto attrs = std::make_unique<Reduce>();
  const auto* const kind = std::find_if(kinds.begin(), kinds.end(), [&](const ReduceKind& k) { return k.tflite == context.op_name; });
  attrs->kind = kind->name;
  attrs->was_uint8 = context.was_uint8;
  attrs->axes = context.integers(1);
  const auto* options = context.op.builtin_options_as<tflite::ReducerOptions>();
  attrs->keep_dims = options != nullptr && options->keep_dims();
  context.finish(*find_op("reduce"), std::move(attrs), {context.input(0)});
}

constexpr auto imports = [] {
  std::array<Import, kinds.size()> rows;
  for (size_t i = 0; i < rows.size(); ++i) rows[i] = {"tflite", kinds[i].tflite, kinds[i].types, import_tflite};
  return rows;
}();

void finish(const Node& node, Lowering& lowering, Call call) {
  const std::string type = ctype(node.in[0]->type.dtype);
  call.args = {array_arg(lowering.input(0), "const " + type), array_arg(lowering.output(), type)};
  lowering.call(std::move(call));
  lowering.overlap(0, 0);
}

std::vector<Field> scale_fields(const Node& node) {
  const Multiplier factor = int8_factor(node);
  return {{"in_zero", int64_t{per_tensor(node.in[0]->type).zero}},
          {"multiplier", int64_t{factor.value}},
          {"shift", int64_t{factor.shift}},
          {"out_zero", int64_t{per_tensor(node.out[0]->type).zero}}};
}

void lower_scaled_s8(const Node& node, Lowering& lowering, std::string_view mean) {
  Call call;
  call.function = rounds_once(node) ? "nn_sum_s8" : mean;
  call.params = Params{"nn_reduce_s8_params", view_fields(*reduce_view(node.in[0]->type.shape, axes(node)))};
  std::ranges::move(scale_fields(node), std::back_inserter(call.params->fields));
  finish(node, lowering, std::move(call));
}

void lower_plain(const Node& node, Lowering& lowering) {
  Call call;
  call.function = fmt::format("nn_{}_{}", node.as<Reduce>().kind, node.in[0]->type.dtype == DType::int8 ? "s8" : "f32");
  call.params = Params{"nn_reduce_params", view_fields(*reduce_view(node.in[0]->type.shape, axes(node)))};
  finish(node, lowering, std::move(call));
}

// ---- The mean of a whole image, row by row ----

bool is_image_mean(const Node& node, const Target&) {
  const Shape& x = node.in[0]->type.shape;
  return node.as<Reduce>().kind == "mean" && is_one_image(x) && axes(node) == std::vector<int64_t>{1, 2};
}

void lower_image_s8(const Node& node, Lowering& to) { lower_image_mean_s8(node, to, "nn_global_mean", scale_fields(node)); }
void lower_image_f32(const Node& node, Lowering& to) { lower_image_mean_f32(node, to, activation_range(Activation::none)); }

bool keeps_channels(const Node& node) {
  const std::vector<int64_t> reduced = axes(node);
  return reduced.empty() || reduced.back() + 1 != static_cast<int64_t>(node.in[0]->type.shape.size());
}

Bounds bounds(const Node& node, std::span<const Bounds* const> in) {
  const std::string& kind = node.as<Reduce>().kind;
  if (node.in[0]->type.dtype != DType::int8 || !keeps_channels(node)) return {};
  if (kind == "reduce_max" || kind == "reduce_min") return *in[0];
  if (kind != "mean" && kind != "sum") return {};
  const Multiplier factor = int8_factor(node);
  const int64_t count = reduced_count(node), in_zero = per_tensor(node.in[0]->type).zero;
  Bounds result;
  for (const Interval& x : *in[0]) {
    const auto interval = scaled(count * (x.low - in_zero), count * (x.high - in_zero), factor, rounds_once(node));
    if (!interval) return {};
    result.push_back(shifted(*interval, per_tensor(node.out[0]->type).zero, integer_range(DType::int8)));
  }
  return result;
}

void relate(const Node& node, ChannelGroups& groups) {
  if (keeps_channels(node)) return join_equal_channels(node, groups);
  groups.keep(*node.in[0]);
  groups.keep(*node.out[0]);
}

constexpr Channels channels{.bounds = bounds, .relate = relate};

bool is(const Node& n, DType dtype) { return n.in[0]->type.dtype == dtype; }
bool scaled(const Node& n) { return n.as<Reduce>().kind == "mean" || n.as<Reduce>().kind == "sum"; }
constexpr Rule neighbours{"reduced dimensions that are neighbours",
                          [](const Node& n, const Target&) { return reduce_view(n.in[0]->type.shape, axes(n)).has_value(); }};
constexpr Rule int8_scaled{"MEAN or SUM of int8 quantised per tensor", [](const Node& n, const Target&) {
                             return is(n, DType::int8) && scaled(n) && is_per_tensor(n.in[0]->type) && is_per_tensor(n.out[0]->type) &&
                                    int8_factor(n).shift <= 30;
                           }};
constexpr Rule int8_raw{"REDUCE_MAX or REDUCE_MIN of int8", [](const Node& n, const Target&) { return is(n, DType::int8) && !scaled(n); }};
constexpr Rule float_only{"float32", [](const Node& n, const Target&) { return is(n, DType::float32); }};
constexpr Rule helium{"MEAN on a core with Helium", [](const Node& n, const Target& target) { return target.features.mve && !rounds_once(n); }};
constexpr std::array helium_rules{int8_scaled, neighbours, helium};
constexpr std::array scaled_rules{int8_scaled, neighbours};
constexpr std::array raw_rules{int8_raw, neighbours};
constexpr std::array float_rules{float_only, neighbours};
constexpr Rule image_mean{"a MEAN over the height and width of one image", is_image_mean};
constexpr std::array image_helium_rules{int8_scaled, image_mean, helium_rule};
constexpr std::array image_rules{int8_scaled, image_mean};
constexpr std::array image_float_rules{float_only, image_mean};
constexpr std::array kernels{
    Kernel{"nn_global_mean_mve_s8_row", image_helium_rules, nullptr, lower_image_s8},
    Kernel{"nn_global_mean_s8_row", image_rules, nullptr, lower_image_s8},
    Kernel{"nn_global_avgpool_f32_row", image_float_rules, nullptr, lower_image_f32},
    Kernel{"nn_mean_mve_s8", helium_rules, nullptr, [](const Node& n, Lowering& to) { lower_scaled_s8(n, to, "nn_mean_mve_s8"); }},
    Kernel{"nn_mean_s8 or nn_sum_s8", scaled_rules, nullptr, [](const Node& n, Lowering& to) { lower_scaled_s8(n, to, "nn_mean_s8"); }},
    Kernel{"nn_<kind>_s8", raw_rules, nullptr, lower_plain},
    Kernel{"nn_<kind>_f32", float_rules, nullptr, lower_plain},
};

}  // namespace

extern const Op reduce_op{
    .name = "reduce",
    .make_attrs = [] { return std::unique_ptr<Attrs>(std::make_unique<Reduce>()); },
    .infer = infer,
    .macc = [](const Node& node) { return elements(node.in[0]->type.shape); },
    .eval = eval,
    .imports = imports,
    .kernels = kernels,
    .layer = [](const Node&) { return LayerType{"Reduce", 0x119}; },
    .c_prefix = "reduce",
    .channels = &channels,
};

}  // namespace ew
