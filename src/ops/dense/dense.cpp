// FULLY_CONNECTED: inputs x (any shape; its elements are rows of `in` values), weights [out, in], bias [out] or none.
//   out[row][o] = activation(bias[o] + sum over i of x[row][i] * weights[o][i])
// int8: exact integers, `single` requantisation (LiteRT's reference kernel).
#include "ops/dense/dense.h"

#include "base/error.h"
#include "ops/conv2d/eights.h"
#include "ops/conv2d/helium.h"
#include "ops/conv2d/packed.h"
#include "ops/conv2d/plain_core.h"
#include "ops/conv2d/window.h"
#include "ops/tflite_context.h"

#include <algorithm>
#include <array>

namespace ew {

extern const Channels dense_channels;   // channels.cpp

namespace {

int64_t in_channels(const Node& node) { return node.in[1]->type.shape[1]; }
int64_t out_channels(const Node& node) { return node.in[1]->type.shape[0]; }
int64_t rows(const Node& node) { return elements(node.in[0]->type.shape) / in_channels(node); }

std::vector<Type> infer(const Node& node) {
  check_rank(node, 1, 2);
  if (node.in[0] == nullptr) throw load_error(fmt::format("layer '{}': input 0 is missing", node.name));
  const Type& x = node.in[0]->type;
  if (elements(x.shape) < 1 || elements(x.shape) % in_channels(node) != 0)
    throw load_error(fmt::format("layer '{}': weights {} do not fit the input {}", node.name, text(node.in[1]->type.shape), text(x.shape)));
  if (x.dtype != node.in[1]->type.dtype)
    throw load_error(fmt::format("layer '{}': {} input and {} weights", node.name, name(x.dtype), name(node.in[1]->type.dtype)));
  check_bias(node, 2, out_channels(node));
  Shape shape{rows(node), out_channels(node)};
  if (node.as<Dense>().keep_num_dims && !x.shape.empty()) {
    if (x.shape.back() != in_channels(node))
      throw load_error(fmt::format("layer '{}': the input's last dimension is {}, {} expected", node.name, x.shape.back(), in_channels(node)));
    shape = x.shape;
    shape.back() = out_channels(node);
  }
  return {{x.dtype, std::move(shape), {}}};
}

int64_t products(const Node& node) {
  const bool bias = node.in.size() > 2 && node.in[2] != nullptr;
  return (elements(node.in[1]->type.shape) + (bias ? out_channels(node) : 0)) * rows(node);
}

void eval(const Node& node, std::span<const Tensor* const> in, std::span<Tensor> out) {
  const auto& attrs = node.as<Dense>();
  const bool is_float = node.in[0]->type.dtype == DType::float32;
  if (!is_float && node.in[0]->type.dtype != DType::int8)
    throw not_implemented(fmt::format("layer '{}': dense layer of {}", node.name, name(node.in[0]->type.dtype)));
  const Tensor* bias = in.size() > 2 ? in[2] : nullptr;
  const auto count = static_cast<size_t>(in_channels(node)), outputs = static_cast<size_t>(out_channels(node));
  const RealRange range = activation_range(attrs.activation);
  const WeightedQuant q = is_float ? WeightedQuant{} : weighted_quant(node, out_channels(node), attrs.activation, attrs.float_product);
  for (size_t index = 0; index < static_cast<size_t>(rows(node)) * outputs; ++index) {
    const size_t x = index / outputs * count, o = index % outputs, w = o * count;
    if (is_float) {
      double sum = bias != nullptr ? bias->as<float>()[o] : 0;
      for (size_t i = 0; i < count; ++i) sum += static_cast<double>(in[0]->as<float>()[x + i]) * static_cast<double>(in[1]->as<float>()[w + i]);
      out[0].as<float>()[index] = activated(static_cast<float>(sum), attrs.activation, range);
    } else {
      int64_t sum = bias != nullptr ? bias->as<int32_t>()[o] : 0;
      for (size_t i = 0; i < count; ++i) sum += (in[0]->as<int8_t>()[x + i] - q.in_zero) * (in[1]->as<int8_t>()[w + i] - q.weight_zero);
      out[0].as<int8_t>()[index] = requantised(sum, q, static_cast<int64_t>(o), true);
    }
  }
}

void import_tflite(TfliteContext& context) {
  const auto& options = context.options<tflite::FullyConnectedOptions>();
  if (options.weights_format() != tflite::FullyConnectedOptionsWeightsFormat_DEFAULT) context.refuse("shuffled weights");
  auto attrs = std::make_unique<Dense>();
  attrs->activation = context.activation(options.fused_activation_function());
  const auto& quant = context.input(1)->type.quant;
  attrs->float_product = !quant || quant->scale.size() == 1;
  // Files state the output's rank whatever keep_num_dims says; their shape decides when both forms hold the same elements.
  attrs->keep_num_dims = options.keep_num_dims();
  context.finish(*find_op("dense"), std::move(attrs), {context.input(0), context.input(1), context.has(2) ? context.inputs[2] : nullptr});
}

std::vector<Field> shape_fields(const Node& node) {
  return {{"rows", rows(node)}, {"in_channels", in_channels(node)}, {"out_channels", out_channels(node)}};
}

void layer_attributes(const Node& node, Lowering& to) {
  to.attribute("num_units", fmt::format("{}", out_channels(node)));
  to.attribute("use_bias", node.in.size() > 2 && node.in[2] != nullptr ? "True" : "False");
  if (node.attrs->fused() != Activation::none) to.attribute("nonlinearity", std::string(name(node.attrs->fused())));
}

bool all_equal(const std::vector<Multiplier>& factors) {
  for (const Multiplier& factor : factors)
    if (!(factor == factors.front())) return false;
  return true;
}

Filters filters_of(const Node& node) { return {{out_channels(node), in_channels(node), in_channels(node), 1}}; }

WeightedQuant quant_of(const Node& node) {
  const auto& attrs = node.as<Dense>();
  return weighted_quant(node, out_channels(node), attrs.activation, attrs.float_product);
}

// A kernel that takes its input in parts, for a flat one: elements that a part must be a multiple of, and instructions that it takes more for an
// output and for each product of a block of eight outputs, estimates from measured networks.
struct RowKernel { std::string_view flat, rows; int64_t multiple, for_output, for_product; };
constexpr RowKernel row_kernels[] = {
    {"nn_dense_few_s8", "nn_dense_s8_row", 1, 10, 0},         {"nn_dense_mve_s8", "nn_dense_mve_s8_row", 16, 12, 0},
    {"nn_dense_dsp_s8", "nn_dense_dsp_s8_row", 4, 16, 1},     {"nn_dense_lanes_s8", "nn_dense_lanes_s8_row", 1, 10, 0},
    {"nn_dense_s8", "nn_dense_s8_row", 1, 10, 0},             {"nn_dense_wz_s8", "nn_dense_s8_row", 1, 10, 0},
    {"nn_dense_f32", "nn_dense_f32_row", 1, 4, 0},
};

// Of an image that was flattened the rows can come one after the other: a streamed group may end in a dense layer.
void add_row_form(const Node& node, Lowering& to, const Call& flat) {
  const RowKernel* found = std::ranges::find(row_kernels, flat.function, &RowKernel::flat);
  if (node.in[0]->constant || found == std::end(row_kernels)) return;
  const RowKernel& kernel = *found;
  const Array& image = array_of(to.program(), to.input(0));
  const Shape shape = image.type.shape;
  const DType dtype = image.type.dtype;
  if (rows(node) != 1 || shape.size() != 4 || shape[0] != 1 || shape[1] < 2 || elements(shape) != in_channels(node)) return;
  const int64_t part = shape[2] * shape[3];
  if (part % kernel.multiple != 0) return;
  Call call;
  call.function = kernel.rows;
  call.params = Params{dtype == DType::int8 ? "nn_dense_rows_s8_params" : "nn_dense_rows_f32_params", {}};
  for (const Field& field : flat.params->fields) call.params->fields.push_back({"dense." + field.name, field.value});
  call.params->fields.push_back({"height", shape[1]});
  call.out_rows = shape[1];
  call.windows.push_back(row_window(to.input(0), {dtype, shape, {}}, Sliding{}, 1));
  call.args = {in_row_arg(0, ctype(dtype)), row_index_arg()};
  call.args.insert(call.args.end(), flat.args.begin() + 1, flat.args.end() - 1);
  if (dtype == DType::int8) call.args.push_back(array_arg(to.scratch("sums", 4 * out_channels(node)), "int32_t"));
  call.args.push_back(flat.args.back());
  call.row_cost = out_channels(node) * kernel.for_output + out_channels(node) / 8 * 8 * part * kernel.for_product;
  to.cnode().row_form = {std::move(call)};
}

void lower_int8(const Node& node, Lowering& to, std::string_view function) {
  const WeightedQuant q = quant_of(node);
  FactorTables tables = factor_tables(q.factors);
  const bool paired = function == "nn_dense_dsp_s8";
  if (paired)
    for (int8_t& shift : tables.shifts) shift = static_cast<int8_t>(-2 - shift);
  const bool one_factor = all_equal(q.factors);
  Call call;
  call.function = function;
  std::vector<Field> fields = shape_fields(node);
  fields.push_back({"multiplier", int64_t{one_factor ? tables.multipliers[0] : 0}});
  fields.push_back({"shift", int64_t{one_factor ? tables.shifts[0] : 0}});
  fields.push_back({"weight_zero", int64_t{q.weight_zero}});
  fields.push_back({"out_zero", int64_t{q.out_zero}});
  fields.push_back({"clamp_min", int64_t{q.clamp.low}});
  fields.push_back({"clamp_max", int64_t{q.clamp.high}});
  call.params = Params{"nn_dense_s8_params", std::move(fields)};
  const Filters filters = filters_of(node);
  const bool helium = function == "nn_dense_mve_s8", lanes = function == "nn_dense_lanes_s8";
  const Tensor& weights = *node.in[1]->constant;
  const Tensor bias = folded_bias(node, q, filters.layout);
  call.args = {array_arg(to.input(0), "const int8_t"),
               array_arg(to.weights("weights", helium ? helium_filters(weights, {out_channels(node), 1, 1, in_channels(node), 1}) : paired ? vector_weights(node, filters.layout) : lanes ? lane_weights(weights, out_channels(node), 8) : weights),
                         "const int8_t"),
               array_arg(to.bias("bias", paired ? paired_bias(bias, filters) : bias), "const int32_t"),
               one_factor ? null_arg() : table_arg(to.table("multiplier", DType::int32, tables.multipliers), "int32_t"),
               one_factor ? null_arg() : table_arg(to.table("shift", DType::int8, tables.shifts), "int8_t"), array_arg(to.output(), "int8_t")};
  layer_attributes(node, to);
  add_row_form(node, to, call);
  to.call(std::move(call));
}

void lower_float(const Node& node, Lowering& to) {
  const RealRange range = activation_range(node.as<Dense>().activation);
  const bool bias = node.in.size() > 2 && node.in[2] != nullptr;
  Call call;
  call.function = "nn_dense_f32";
  std::vector<Field> fields = shape_fields(node);
  fields.push_back({"clamp_min", range.low});
  fields.push_back({"clamp_max", range.high});
  call.params = Params{"nn_dense_f32_params", std::move(fields)};
  call.args = {array_arg(to.input(0), "const float"),
               array_arg(to.weights("weights", filters_by_eights(*node.in[1]->constant)), "const float"),
               bias ? array_arg(to.bias("bias", *node.in[2]->constant), "const float") : null_arg(), array_arg(to.output(), "float")};
  layer_attributes(node, to);
  add_row_form(node, to, call);
  to.call(std::move(call));
}

bool channels_pair(const Node& node, const Target& target) {
  const WeightedQuant q = quant_of(node);
  const FactorTables tables = factor_tables(q.factors);
  return std::all_of(tables.shifts.begin(), tables.shifts.end(), [](int8_t shift) { return shift >= -20 && shift <= -2; }) &&
         ew::channels_pair(node, target, filters_of(node), q);
}

constexpr Rule paired_rule{paired_text, channels_pair};
constexpr std::array paired_rules{int8_rule, constant_rule, zero_rule, paired_rule};
bool factors_below_quarter(const Node& node, const Target&) {
  const auto& attrs = node.as<Dense>();
  const FactorTables tables = factor_tables(weighted_quant(node, out_channels(node), attrs.activation, attrs.float_product).factors);
  return std::all_of(tables.shifts.begin(), tables.shifts.end(), [](int8_t shift) { return shift < -1; });
}

constexpr std::array int8_rules{int8_rule, constant_rule, zero_rule};
constexpr Rule quarter_rule{"every factor scale_in * scale_weights / scale_out below 1/4", factors_below_quarter};
constexpr std::array helium_rules{int8_rule, constant_rule, zero_rule, quarter_rule, helium_rule};
constexpr std::array lanes_rules{int8_rule, constant_rule, zero_rule, quarter_rule, plain_core_rule};
constexpr std::array any_int8_rules{int8_rule, constant_rule};
constexpr std::array float_rules{float_rule, constant_rule, tanh_rule};
constexpr std::array kernels{
    Kernel{"nn_dense_few_s8", int8_rules, nullptr, [](const Node& n, Lowering& to) { lower_int8(n, to, "nn_dense_few_s8"); }, 0, 0.001},
    Kernel{"nn_dense_mve_s8", helium_rules, nullptr, [](const Node& n, Lowering& to) { lower_int8(n, to, "nn_dense_mve_s8"); }, 1},
    Kernel{"nn_dense_dsp_s8", paired_rules, nullptr, [](const Node& n, Lowering& to) { lower_int8(n, to, "nn_dense_dsp_s8"); }, 1},
    Kernel{"nn_dense_lanes_s8", lanes_rules, nullptr, [](const Node& n, Lowering& to) { lower_int8(n, to, "nn_dense_lanes_s8"); }},
    Kernel{"nn_dense_s8", int8_rules, nullptr, [](const Node& n, Lowering& to) { lower_int8(n, to, "nn_dense_s8"); }},
    Kernel{"nn_dense_wz_s8", any_int8_rules, nullptr, [](const Node& n, Lowering& to) { lower_int8(n, to, "nn_dense_wz_s8"); }},
    Kernel{"nn_dense_f32", float_rules, nullptr, lower_float, 1},
};
constexpr std::array imports{Import{"tflite", "FULLY_CONNECTED", "float32, int8, uint8", import_tflite}};

}  // namespace

extern const Op dense_op{
    .name = "dense",
    .make_attrs = [] { return std::unique_ptr<Attrs>(std::make_unique<Dense>()); },
    .infer = infer,
    .macc = products,
    .eval = eval,
    .imports = imports,
    .kernels = kernels,
    .layer = [](const Node&) { return LayerType{"Dense", 0x104}; },
    .c_prefix = "dense",
    .channels = &dense_channels,
};

}  // namespace ew
