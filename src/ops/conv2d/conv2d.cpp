// CONV_2D: inputs x [N,H,W,C], weights [O,kernel_h,kernel_w,C/groups], bias [O] or none.
//   out[y][x][o] = activation(bias[o] + sum over ky, kx, i of in[y*stride_h + ky*dilation_h - pad_top][x*stride_w + kx*dilation_w - pad_left][i] * w)
// int8: exact integers, `double` requantisation (LiteRT's reference kernel).
#include "ops/conv2d/convolution.h"
#include "ops/conv2d/eights.h"
#include "ops/conv2d/helium.h"
#include "ops/conv2d/packed.h"
#include "ops/conv2d/plain_core.h"
#include "ops/conv2d/window.h"

#include "base/error.h"

#include <algorithm>
#include <array>

namespace ew {

extern const Channels conv2d_channels;   // channels.cpp

namespace {

std::vector<Type> infer(const Node& node) {
  check_rank(node, 0, 4);
  check_rank(node, 1, 4);
  const Shape& x = node.in[0]->type.shape;
  const Shape& w = node.in[1]->type.shape;
  if (x[3] % w[3] != 0 || w[0] % (x[3] / w[3]) != 0)
    throw load_error(fmt::format("layer '{}': weights {} do not fit {} input channels", node.name, text(w), x[3]));
  if (node.in[0]->type.dtype != node.in[1]->type.dtype)
    throw load_error(fmt::format("layer '{}': {} input and {} weights", node.name, name(node.in[0]->type.dtype), name(node.in[1]->type.dtype)));
  check_bias(node, 2, w[0]);
  const Extent out = output_extent(node, node.as<Convolution>().sliding, image_of(node), kernel_of(node));
  return {{node.in[0]->type.dtype, {x[0], out.h, out.w, w[0]}, {}}};
}

void eval(const Node& node, std::span<const Tensor* const> in, std::span<Tensor> out) {
  const Shape& w = node.in[1]->type.shape;
  const int64_t channels = node.in[0]->type.shape[3], filters_of_group = w[0] / (channels / w[3]), taps = w[1] * w[2];
  evaluate_convolution(node, in, out[0], [&](int64_t n, int64_t y, int64_t x, int64_t o, auto add) {
    for_each_tap(node, n, y, x, [&](int64_t pixel, int64_t tap) {
      const int64_t from = pixel * channels + o / filters_of_group * w[3], weight = (o * taps + tap) * w[3];
      for (int64_t i = 0; i < w[3]; ++i) add(from + i, weight + i);
    });
  });
}

void import_tflite(TfliteContext& context) {
  auto attrs = imported_convolution(context, context.options<tflite::Conv2DOptions>());
  context.finish(*find_op("conv2d"), std::move(attrs), {context.inputs[0], context.inputs[1], context.has(2) ? context.inputs[2] : nullptr});
}

// The fields that the int8 and the float parameters share.
std::vector<Field> shape_fields(const Node& node) {
  const Sliding& s = node.as<Convolution>().sliding;
  const Shape& x = node.in[0]->type.shape;
  const Shape& w = node.in[1]->type.shape;
  const Shape& out = node.out[0]->type.shape;
  return {{"in_width", x[2]}, {"in_channels", x[3]}, {"in_pitch", x[3]}, {"out_width", out[2]}, {"out_channels", out[3]}, {"out_pitch", out[3]},
          {"kernel_h", w[1]}, {"kernel_w", w[2]}, {"stride_w", s.stride_w}, {"dilation_w", s.dilation_w}, {"pad_left", s.pad_left},
          {"groups", x[3] / w[3]}};
}

WeightedQuant quant_of(const Node& node) {
  const auto& attrs = node.as<Convolution>();
  return weighted_quant(node, node.in[1]->type.shape[0], attrs.activation, attrs.float_product);
}

Params int8_params(const Node& node, const WeightedQuant& quant) {
  std::vector<Field> fields = shape_fields(node);
  add_fields(fields, quant);
  return {"nn_conv2d_s8_params", std::move(fields)};
}

void lower_int8(const Node& node, Lowering& to, std::string_view function) {
  const auto& attrs = node.as<Convolution>();
  const Shape& w = node.in[1]->type.shape;
  const WeightedQuant q = quant_of(node);
  const bool helium_pointwise = function == "nn_conv2d_1x1_mve_s8_row", helium = helium_pointwise || function == "nn_conv2d_mve_s8_row";
  const bool pointwise = function == "nn_conv2d_1x1_s8_row" || helium_pointwise, triples = function == "nn_conv2d_triples_s8_row";
  const bool lanes = function == "nn_conv2d_lanes_s8_row";
  const FilterShape filters{w[0], w[1], w[2], w[3], node.in[0]->type.shape[3] / w[3]};
  const Tensor& weights = *node.in[1]->constant;
  Call call = convolution_call(node, to, kernel_of(node), function);
  if (!pointwise) add_pad_row(to, call.windows[0], call.out_rows, q.in_zero);
  call.params = int8_params(node, q);
  const int64_t k = w[1] * w[2] * w[3];
  const FactorTables tables = factor_tables(q.factors);
  call.args = {pointwise ? in_row_arg(0, "int8_t") : rows_arg(0, "int8_t"),
               array_arg(to.weights("weights", helium             ? helium_filters(weights, filters)
                                               : triples || lanes ? lane_weights(weights, w[0], triples ? 4 : 8)
                                                                  : weights), "const int8_t"),
               array_arg(to.bias("bias", folded_bias(node, q, {w[0], k, k, 1})), "const int32_t"),
               table_arg(to.table("multiplier", DType::int32, tables.multipliers), "int32_t"),
               table_arg(to.table("shift", DType::int8, tables.shifts), "int8_t")};
  if (triples) add_triple_args(to, call, triple_chunk(weights, w[0]), k, w[2] * w[3]);
  else if (!pointwise) {
    const int64_t strip = helium_strip(filters, attrs.sliding.stride_w, node.out[0]->type.shape[2]);
    call.args.push_back(array_arg(to.scratch("scratch", helium ? strip : function == "nn_conv2d_s8_row" ? 2 * k : k), "int8_t"));
  }
  call.args.push_back(out_row_arg("int8_t"));
  call_each_image(to, call, node.in[0]->type.shape[0]);
}

Filters filters_of(const Node& node) {
  const Shape& w = node.in[1]->type.shape;
  const int64_t k = w[1] * w[2] * w[3];
  return {{w[0], k, k, 1}, node.in[0]->type.shape[3] / w[3], w[1]};
}

void lower_paired(const Node& node, Lowering& to, std::string_view function) {
  const WeightedQuant q = quant_of(node);
  Call call = convolution_call(node, to, kernel_of(node), function);
  add_pad_row(to, call.windows[0], call.out_rows, q.in_zero);
  call.params = int8_params(node, q);
  add_paired_arguments(node, to, call, filters_of(node));
  call_each_image(to, call, node.in[0]->type.shape[0]);
}

// The pixels of all images one after the other. Row by row each comes alone and costs as much as two.
void lower_tall(const Node& node, Lowering& to) {
  const Shape& out = node.out[0]->type.shape;
  Call row = row_call(node, to, kernel_of(node), "nn_conv2d_tall_dsp_s8");
  row.params = int8_params(node, quant_of(node));
  add_paired_arguments(node, to, row, filters_of(node));
  row.row_cost = out[3] * node.in[0]->type.shape[3] * 85 / 100;        // instructions of a product (docs/decisions/0010-pairs-of-channels.md)
  if (out[0] == 1) to.cnode().row_form = {row};
  const int64_t pixels = out[0] * out[1];
  Call all;
  all.function = row.function;
  all.params = row.params;
  all.args = row.args;
  for (Field& field : all.params->fields)
    if (field.name == "in_width" || field.name == "out_width") field.value = pixels;
  all.args.front() = array_arg(to.input(0), "const int8_t");
  all.args.back() = array_arg(to.output(), "int8_t");
  to.call(std::move(all));
  // every second pixel must not start above its input
  to.overlap(0, std::max<int64_t>(0, (pixels - 1) / 2 * 2 * (out[3] - node.in[0]->type.shape[3])));
}

void lower_float(const Node& node, Lowering& to) {
  const RealRange range = activation_range(node.as<Convolution>().activation);
  Call call = convolution_call(node, to, kernel_of(node), "nn_conv2d_f32_row");
  std::vector<Field> fields = shape_fields(node);
  fields.push_back({"clamp_min", range.low});
  fields.push_back({"clamp_max", range.high});
  call.params = Params{"nn_conv2d_f32_params", std::move(fields)};
  const bool bias = node.in.size() > 2 && node.in[2] != nullptr;
  const int64_t groups = node.in[0]->type.shape[3] / node.in[1]->type.shape[3];
  call.args = {rows_arg(0, "float"), array_arg(to.weights("weights", filters_by_eights(*node.in[1]->constant, groups)), "const float"),
               bias ? array_arg(to.bias("bias", *node.in[2]->constant), "const float") : null_arg(), out_row_arg("float")};
  call_each_image(to, call, node.in[0]->type.shape[0]);
}

bool is_pointwise(const Node& node, const Target&) {
  const Sliding& s = node.as<Convolution>().sliding;
  const Shape& w = node.in[1]->type.shape;
  return w[1] == 1 && w[2] == 1 && w[3] == node.in[0]->type.shape[3] && s.pad_top + s.pad_bottom + s.pad_left + s.pad_right == 0;
}

bool is_one_group(const Node& node, const Target&) { return node.in[1]->type.shape[3] == node.in[0]->type.shape[3]; }

constexpr Rule one_group_rule{"one group", is_one_group};
constexpr Rule pointwise_rule{"kernel 1x1, no padding, one group", is_pointwise};
constexpr Rule paired_rule{paired_text, [](const Node& node, const Target& target) { return convolution_pairs(node, target, filters_of(node)); }};
constexpr Rule column_rule{"an output one pixel wide", [](const Node& node, const Target&) { return node.out[0]->type.shape[2] == 1; }};
constexpr Rule tall_rule{"an image one pixel wide, stride 1, channels multiples of 4", [](const Node& node, const Target&) {
                           const Shape& x = node.in[0]->type.shape;
                           return x[2] == 1 && node.as<Convolution>().sliding.stride_h == 1 && x[3] % 4 == 0 && node.out[0]->type.shape[3] % 4 == 0;
                         }};
constexpr Rule pixels_rule{"more than one pixel", [](const Node& node, const Target&) { return elements(node.out[0]->type.shape) > node.out[0]->type.shape[3]; }};
constexpr std::array pointwise_rules{int8_rule, batch_rule, constant_rule, zero_rule, multiplier_rule, pointwise_rule};
constexpr std::array paired_rules{int8_rule, batch_rule, constant_rule, zero_rule, wide_rule, paired_rule};
constexpr std::array column_rules{int8_rule, batch_rule, constant_rule, zero_rule, pointwise_rule, column_rule, paired_rule};
constexpr std::array tall_rules{int8_rule, batch_rule, constant_rule, zero_rule, pointwise_rule, tall_rule, pixels_rule, paired_rule};
constexpr std::array one_pixel_rules{int8_rule, batch_rule, constant_rule, zero_rule, pointwise_rule, tall_rule, paired_rule};
constexpr std::array pointwise_helium_rules{int8_rule, batch_rule, constant_rule, zero_rule, multiplier_rule, pointwise_rule, helium_rule};
constexpr std::array helium_rules{int8_rule, batch_rule, constant_rule, zero_rule, multiplier_rule, dilation_w_rule, helium_rule};
constexpr std::array int8_rules{int8_rule, batch_rule, constant_rule, zero_rule, multiplier_rule};
constexpr std::array any_int8_rules{int8_rule, batch_rule, constant_rule};
constexpr std::array triples_rules{int8_rule, batch_rule, constant_rule, zero_rule, multiplier_rule, plain_core_rule, wide_rule, one_group_rule};
constexpr std::array pointwise_triples_rules{int8_rule, batch_rule, constant_rule, zero_rule, multiplier_rule, plain_core_rule, wide_rule, pointwise_rule};
constexpr std::array lanes_rules{int8_rule, batch_rule, constant_rule, zero_rule, multiplier_rule, plain_core_rule, one_group_rule};
constexpr std::array float_rules{float_rule, batch_rule, constant_rule, tanh_rule};

constexpr std::array kernels{
    Kernel{"nn_conv2d_1x1_mve_s8_row", pointwise_helium_rules, nullptr, [](const Node& n, Lowering& to) { lower_int8(n, to, "nn_conv2d_1x1_mve_s8_row"); }},
    Kernel{"nn_conv2d_mve_s8_row", helium_rules, nullptr, [](const Node& n, Lowering& to) { lower_int8(n, to, "nn_conv2d_mve_s8_row"); }},
    Kernel{"nn_conv2d_dsp_s8_row", paired_rules, nullptr, [](const Node& n, Lowering& to) { lower_paired(n, to, "nn_conv2d_dsp_s8_row"); },
           1},
    Kernel{"nn_conv2d_tall_dsp_s8", tall_rules, nullptr, lower_tall},
    Kernel{"nn_conv2d_tall_dsp_s8", one_pixel_rules, nullptr, lower_tall, 0, 0.01},
    Kernel{"nn_conv2d_column_dsp_s8_row", column_rules, nullptr,
           [](const Node& n, Lowering& to) { lower_paired(n, to, "nn_conv2d_column_dsp_s8_row"); }, 1},
    Kernel{"nn_conv2d_triples_s8_row", pointwise_triples_rules, nullptr,
           [](const Node& n, Lowering& to) { lower_int8(n, to, "nn_conv2d_triples_s8_row"); }, 1},
    Kernel{"nn_conv2d_triples_s8_row", triples_rules, nullptr, [](const Node& n, Lowering& to) { lower_int8(n, to, "nn_conv2d_triples_s8_row"); }},
    Kernel{"nn_conv2d_lanes_s8_row", lanes_rules, nullptr, [](const Node& n, Lowering& to) { lower_int8(n, to, "nn_conv2d_lanes_s8_row"); }},
    Kernel{"nn_conv2d_1x1_s8_row", pointwise_rules, nullptr, [](const Node& n, Lowering& to) { lower_int8(n, to, "nn_conv2d_1x1_s8_row"); }},
    Kernel{"nn_conv2d_s8_row", int8_rules, nullptr, [](const Node& n, Lowering& to) { lower_int8(n, to, "nn_conv2d_s8_row"); }},
    Kernel{"nn_conv2d_any_s8_row", any_int8_rules, nullptr, [](const Node& n, Lowering& to) { lower_int8(n, to, "nn_conv2d_any_s8_row"); }},
    Kernel{"nn_conv2d_f32_row", float_rules, nullptr, lower_float, 1},
};

constexpr std::array imports{Import{"tflite", "CONV_2D", "float32, int8, uint8", import_tflite}};

}  // namespace

extern const Op conv2d_op{
    .name = "conv2d",
    .make_attrs = [] { return std::unique_ptr<Attrs>(std::make_unique<Convolution>()); },
    .infer = infer,
    .macc = convolution_macc,
    .eval = eval,
    .imports = imports,
    .kernels = kernels,
    .layer = [](const Node&) { return LayerType{"Conv2D", 0x103}; },
    .c_prefix = "conv2d",
    .channels = &conv2d_channels,
};

}  // namespace ew
