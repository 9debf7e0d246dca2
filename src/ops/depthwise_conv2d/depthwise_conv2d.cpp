// DEPTHWISE_CONV_2D: inputs x [N,H,W,C], weights [1,kernel_h,kernel_w,C*M], bias [C*M] or none. Output channel o = c*M + j reads input channel c:
//   out[y][x][o] = activation(bias[o] + sum over ky, kx of in[y*stride_h + ky*dilation_h - pad_top][x*stride_w + kx*dilation_w - pad_left][c] * w)
// int8: exact integers, `double` requantisation (LiteRT's reference kernel).
#include "ops/depthwise_conv2d/depthwise_conv2d.h"

#include "base/error.h"
#include "ops/conv2d/convolution.h"
#include "ops/conv2d/eights.h"
#include "ops/conv2d/packed.h"
#include "ops/conv2d/plain_core.h"
#include "ops/depthwise_conv2d/helium.h"
#include "ops/movement/repeat_channels.h"

#include <algorithm>
#include <array>

namespace ew {

extern const Channels depthwise_conv2d_channels;   // channels.cpp

namespace {

int64_t depth_multiplier(const Node& node) { return node.in[1]->type.shape[3] / node.in[0]->type.shape[3]; }

}  // namespace

std::vector<Field> depthwise_fields(const Node& node) {
  const Sliding& s = node.as<Convolution>().sliding;
  const Shape& x = node.in[0]->type.shape;
  const Shape& w = node.in[1]->type.shape;
  const Shape& out = node.out[0]->type.shape;
  return {{"in_width", x[2]}, {"in_channels", x[3]}, {"in_pitch", x[3]}, {"out_width", out[2]}, {"out_pitch", out[3]},
          {"kernel_h", w[1]}, {"kernel_w", w[2]}, {"stride_w", s.stride_w}, {"dilation_w", s.dilation_w}, {"pad_left", s.pad_left}};
}

Call depthwise_call(const Node& node, Lowering& to, std::string_view function) { return convolution_call(node, to, kernel_of(node), function); }

bool depth_multiplier_is_1(const Node& node, const Target&) { return depth_multiplier(node) == 1; }

namespace {

std::vector<Type> infer(const Node& node) {
  check_rank(node, 0, 4);
  check_rank(node, 1, 4);
  const Shape& x = node.in[0]->type.shape;
  const Shape& w = node.in[1]->type.shape;
  if (w[0] != 1 || w[3] % x[3] != 0)
    throw load_error(fmt::format("layer '{}': depthwise weights {} do not fit {} input channels", node.name, text(w), x[3]));
  if (node.in[0]->type.dtype != node.in[1]->type.dtype)
    throw load_error(fmt::format("layer '{}': {} input and {} weights", node.name, name(node.in[0]->type.dtype), name(node.in[1]->type.dtype)));
  check_bias(node, 2, w[3]);
  const Extent out = output_extent(node, node.as<Convolution>().sliding, image_of(node), kernel_of(node));
  return {{node.in[0]->type.dtype, {x[0], out.h, out.w, w[3]}, {}}};
}

void eval(const Node& node, std::span<const Tensor* const> in, std::span<Tensor> out) {
  const int64_t channels = node.in[0]->type.shape[3], filters = node.in[1]->type.shape[3];
  evaluate_convolution(node, in, out[0], [&](int64_t n, int64_t y, int64_t x, int64_t o, auto add) {
    for_each_tap(node, n, y, x, [&](int64_t pixel, int64_t tap) { add(pixel * channels + o / depth_multiplier(node), tap * filters + o); });
  });
}

// The input with as many channels as there are filters; a single one is left as it is, for it makes an ordinary convolution.
Value* channel_for_each_filter(TfliteContext& context) {
  Value* input = context.input(0);
  const Shape& x = input->type.shape;
  const int64_t filters = context.input(1)->type.shape[3];
  if (x[3] <= 1 || filters % x[3] != 0 || filters == x[3]) return input;
  Type type = input->type;
  type.shape[3] = filters;
  return context.add(*find_op("repeat_channels"), std::make_unique<RepeatChannels>(filters / x[3]), {input}, std::move(type));
}

void import_tflite(TfliteContext& context) {
  auto attrs = imported_convolution(context, context.options<tflite::DepthwiseConv2DOptions>());
  context.finish(*find_op("depthwise_conv2d"), std::move(attrs), {channel_for_each_filter(context), context.inputs[1], context.has(2) ? context.inputs[2] : nullptr});
}

// The same node as a convolution: one input channel, as many filters as output channels.
void convolution_fields(const Node& node, std::vector<Field>& fields) {
  fields.push_back({"out_channels", node.in[1]->type.shape[3]});
  fields.push_back({"groups", int64_t{1}});
}

// Weights in the order of nn_dwconv2d_s8_row (runtime/include/nn_dwconv2d.h): blocks of four channels, in them pairs of taps.
Tensor packed(const Tensor& weights) {
  const Shape& shape = weights.type.shape;
  const int64_t taps = shape[1] * shape[2], channels = shape[3];
  const auto from = weights.as<int8_t>();
  Tensor result = weights;
  size_t at = 0;
  const auto put = [&](int64_t tap, int64_t channel) { result.as<int8_t>()[at++] = from[static_cast<size_t>(tap * channels + channel)]; };
  int64_t c = 0;
  for (; c + 3 < channels; c += 4) {
    int64_t t = 0;
    for (; t + 1 < taps; t += 2)
      for (const auto& [tap, channel] : {std::pair{0, 0}, {0, 1}, {1, 0}, {1, 1}, {0, 2}, {0, 3}, {1, 2}, {1, 3}}) put(t + tap, c + channel);
    for (int64_t i = 0; t < taps && i < 4; ++i) put(t, c + i);
  }
  for (int64_t t = 0; t < taps; ++t)
    for (int64_t i = c; i < channels; ++i) put(t, i);
  return result;
}

// Weights [tap][channel] as [channel][tap].
Tensor channel_first(const Tensor& weights) {
  const auto channels = static_cast<size_t>(weights.type.shape[3]), taps = static_cast<size_t>(weights.type.shape[1] * weights.type.shape[2]);
  Tensor result = weights;
  for (size_t c = 0; c < channels; ++c)
    for (size_t t = 0; t < taps; ++t) result.as<int8_t>()[c * taps + t] = weights.as<int8_t>()[t * channels + c];
  return result;
}

// Bytes of scratch: pointers of up to 8 bytes (the host's too), which the kernel aligns itself (activations promise 4), and a pixel.
int64_t scratch_bytes(const Node& node, std::string_view function) {
  const bool strips = function == "nn_dwconv2d_strips_s8_row";
  const Sliding& s = node.as<Convolution>().sliding;
  const Shape& w = node.in[1]->type.shape;
  const bool shared = w[2] == 3 && s.stride_w == 1 && s.dilation_w == 1;
  if (function == "nn_dwconv2d_s8_row" && w[2] == 1 && s.pad_left + s.pad_right == 0) return 4;   // the rows themselves are the list
  const int64_t pointers = !strips ? w[1] * w[2] : shared ? w[1] * 7 : w[1] * w[2] * 4;
  return pointers * 8 + 4 + node.in[0]->type.shape[3];
}

void lower_int8(const Node& node, Lowering& to, std::string_view function) {
  const bool pack = function == "nn_dwconv2d_s8_row", strips = function == "nn_dwconv2d_strips_s8_row";
  const bool blocks = function == "nn_dwconv2d_mve_s8_row", thin = function == "nn_dwconv2d_thin_mve_s8_row";
  const auto& attrs = node.as<Convolution>();
  const Shape& w = node.in[1]->type.shape;
  const int64_t taps = w[1] * w[2], channels = w[3];
  const WeightedQuant q = weighted_quant(node, channels, attrs.activation, attrs.float_product);
  Call call = depthwise_call(node, to, function);
  add_pad_row(to, call.windows[0], call.out_rows, q.in_zero);
  std::vector<Field> fields = depthwise_fields(node);
  add_fields(fields, q);
  call.params = Params{"nn_dwconv2d_s8_params", std::move(fields)};
  DepthwiseParameters p{*node.in[1]->constant, folded_bias(node, q, {channels, taps, 1, channels}), factor_tables(q.factors)};
  if (pack) p.weights = packed(p.weights);
  if (strips) p.weights = channel_first(p.weights);
  if (blocks) p = in_blocks_of_16(p);
  if (thin) p = wrapped(p);
  call.args = {rows_arg(0, "int8_t"), array_arg(to.weights("weights", std::move(p.weights)), "const int8_t"),
               array_arg(to.bias("bias", std::move(p.bias)), "const int32_t"),
               table_arg(to.table("multiplier", DType::int32, p.tables.multipliers), "int32_t"),
               table_arg(to.table("shift", DType::int8, p.tables.shifts), "int8_t")};
  call.args.push_back(array_arg(to.scratch("scratch", scratch_bytes(node, function)), "void"));
  call.args.push_back(out_row_arg("int8_t"));
  call_each_image(to, call, node.in[0]->type.shape[0]);
}

// `function`: nn_dwconv2d_f32_row or, for one input channel, nn_conv2d_f32_row.
void lower_float(const Node& node, Lowering& to, std::string_view function) {
  const RealRange range = activation_range(node.as<Convolution>().activation);
  const bool as_convolution = function == "nn_conv2d_f32_row";
  Call call = depthwise_call(node, to, function);
  std::vector<Field> fields = depthwise_fields(node);
  if (as_convolution) convolution_fields(node, fields);
  fields.push_back({"clamp_min", range.low});
  fields.push_back({"clamp_max", range.high});
  call.params = Params{as_convolution ? "nn_conv2d_f32_params" : "nn_dwconv2d_f32_params", std::move(fields)};
  const Tensor& weights = *node.in[1]->constant;
  const bool bias = node.in.size() > 2 && node.in[2] != nullptr;
  call.args = {rows_arg(0, "float"),
               array_arg(to.weights("weights", as_convolution ? filters_by_eights(filters_of_one_channel(weights)) : channels_by_eights(weights)),
                         "const float"),
               bias ? array_arg(to.bias("bias", *node.in[2]->constant), "const float") : null_arg(), out_row_arg("float")};
  call_each_image(to, call, node.in[0]->type.shape[0]);
}

// One input channel: a convolution with as many filters as output channels, whose weights only stand in another order.
Filters filters_of(const Node& node) {
  const Shape& w = node.in[1]->type.shape;
  return {{w[3], w[1] * w[2], 1, w[3]}, 1, w[1]};
}

void lower_one_channel(const Node& node, Lowering& to, std::string_view function) {
  const bool triples = function == "nn_conv2d_triples_s8_row", helium = function == "nn_conv2d_mve_s8_row";
  const auto& attrs = node.as<Convolution>();
  const Shape& w = node.in[1]->type.shape;
  const int64_t taps = w[1] * w[2], channels = w[3];
  const WeightedQuant q = weighted_quant(node, channels, attrs.activation, attrs.float_product);
  Call call = depthwise_call(node, to, function);
  add_pad_row(to, call.windows[0], call.out_rows, q.in_zero);
  std::vector<Field> fields = depthwise_fields(node);
  convolution_fields(node, fields);
  add_fields(fields, q);
  call.params = Params{"nn_conv2d_s8_params", std::move(fields)};
  if (function == "nn_conv2d_dsp_s8_row") {
    add_paired_arguments(node, to, call, filters_of(node));
    return call_each_image(to, call, node.in[0]->type.shape[0]);
  }
  Tensor weights = channel_first(*node.in[1]->constant);
  int64_t scratch = 2 * taps;
  if (helium) {
    const FilterShape filters{channels, w[1], w[2], 1, 1};
    weights = helium_filters(weights, filters);
    scratch = helium_strip(filters, attrs.sliding.stride_w, node.out[0]->type.shape[2]);
  }
  const FactorTables tables = factor_tables(q.factors);
  call.args = {rows_arg(0, "int8_t"), array_arg(to.weights("weights", triples ? lane_weights(weights, channels, 4) : weights), "const int8_t"),
               array_arg(to.bias("bias", folded_bias(node, q, {channels, taps, 1, channels})), "const int32_t"),
               table_arg(to.table("multiplier", DType::int32, tables.multipliers), "int32_t"),
               table_arg(to.table("shift", DType::int8, tables.shifts), "int8_t")};
  if (triples) add_triple_args(to, call, triple_chunk(weights, channels), taps, w[2]);
  else call.args.push_back(array_arg(to.scratch("scratch", scratch), "int8_t"));
  call.args.push_back(out_row_arg("int8_t"));
  call_each_image(to, call, node.in[0]->type.shape[0]);
}

bool one_input_channel(const Node& node, const Target&) { return node.in[0]->type.shape[3] == 1; }
bool has_neon(const Node&, const Target& target) { return target.features.neon; }
bool no_weight_is_least(const Node& node, const Target&) {
  const auto weights = node.in[1]->constant->as<int8_t>();
  return std::find(weights.begin(), weights.end(), -128) == weights.end();
}

constexpr Rule neon_rule{"a core with NEON", has_neon}, least_rule{"no weight of -128", no_weight_is_least};
constexpr Rule one_channel_rule{"one input channel", one_input_channel};
constexpr Rule paired_rule{paired_text, [](const Node& node, const Target& target) { return convolution_pairs(node, target, filters_of(node)); }};
constexpr std::array paired_rules{int8_rule, batch_rule, constant_rule, zero_rule, one_channel_rule, wide_rule, paired_rule};
constexpr std::array one_channel_helium_rules{int8_rule, batch_rule, constant_rule, zero_rule, multiplier_rule, one_channel_rule, dilation_w_rule,
                                              helium_rule};
constexpr std::array one_channel_rules{int8_rule, batch_rule, constant_rule, zero_rule, multiplier_rule, one_channel_rule};
constexpr std::array triples_rules{int8_rule, batch_rule, constant_rule, zero_rule, multiplier_rule, one_channel_rule, plain_core_rule, wide_rule};
constexpr std::array neon_rules{int8_rule, batch_rule, constant_rule, zero_rule, depth_rule, multiplier_rule, neon_rule, least_rule};
constexpr std::array thin_helium_rules{int8_rule, batch_rule, constant_rule, zero_rule, depth_rule, multiplier_rule, helium_rule, least_rule, thin_rule};
constexpr std::array helium_rules{int8_rule, batch_rule, constant_rule, zero_rule, depth_rule, multiplier_rule, helium_rule, least_rule};
constexpr std::array int8_rules{int8_rule, batch_rule, constant_rule, zero_rule, depth_rule, multiplier_rule};
constexpr std::array strips_rules{int8_rule, batch_rule, constant_rule, zero_rule, depth_rule, multiplier_rule, plain_core_rule, wide_rule};
constexpr std::array any_one_channel_rules{int8_rule, batch_rule, constant_rule, one_channel_rule};
constexpr std::array any_int8_rules{int8_rule, batch_rule, constant_rule, depth_rule};
constexpr std::array one_channel_float_rules{float_rule, batch_rule, constant_rule, tanh_rule, one_channel_rule};
constexpr std::array float_rules{float_rule, batch_rule, constant_rule, tanh_rule, depth_rule};

constexpr std::array kernels{
    Kernel{"nn_conv2d_mve_s8_row", one_channel_helium_rules, nullptr, [](const Node& n, Lowering& to) { lower_one_channel(n, to, "nn_conv2d_mve_s8_row"); }},
    Kernel{"nn_conv2d_dsp_s8_row", paired_rules, nullptr, [](const Node& n, Lowering& to) { lower_one_channel(n, to, "nn_conv2d_dsp_s8_row"); }, 1},
    Kernel{"nn_conv2d_triples_s8_row", triples_rules, nullptr, [](const Node& n, Lowering& to) { lower_one_channel(n, to, "nn_conv2d_triples_s8_row"); }},
    Kernel{"nn_conv2d_s8_row", one_channel_rules, nullptr, [](const Node& n, Lowering& to) { lower_one_channel(n, to, "nn_conv2d_s8_row"); }},
    Kernel{"nn_dwconv2d_thin_mve_s8_row", thin_helium_rules, nullptr, [](const Node& n, Lowering& to) { lower_int8(n, to, "nn_dwconv2d_thin_mve_s8_row"); }},
    Kernel{"nn_dwconv2d_mve_s8_row", helium_rules, nullptr, [](const Node& n, Lowering& to) { lower_int8(n, to, "nn_dwconv2d_mve_s8_row"); }, 3},
    Kernel{"nn_dwconv2d_plain_s8_row", neon_rules, nullptr, [](const Node& n, Lowering& to) { lower_int8(n, to, "nn_dwconv2d_plain_s8_row"); }},
    Kernel{"nn_dwconv2d_3x3_thirds_affine_dsp_s8_row", depthwise_3x3_thirds_affine_dsp_rules, nullptr,
           [](const Node& n, Lowering& to) { lower_depthwise_3x3_affine_dsp(n, to, "nn_dwconv2d_3x3_thirds_affine_dsp_s8_row"); }},
    Kernel{"nn_dwconv2d_3x3_affine_dsp_s8_row", depthwise_3x3_affine_dsp_rules, nullptr,
           [](const Node& n, Lowering& to) { lower_depthwise_3x3_affine_dsp(n, to, "nn_dwconv2d_3x3_affine_dsp_s8_row"); }},
    Kernel{"nn_dwconv2d_3x3s2_affine_dsp_s8_row", depthwise_3x3s2_affine_dsp_rules, nullptr,
           [](const Node& n, Lowering& to) { lower_depthwise_3x3_affine_dsp(n, to, "nn_dwconv2d_3x3s2_affine_dsp_s8_row"); }},
    Kernel{"nn_dwconv2d_3x3_dsp_s8_row", depthwise_3x3_dsp_rules, nullptr,
           [](const Node& n, Lowering& to) { lower_depthwise_3x3_dsp(n, to, "nn_dwconv2d_3x3_dsp_s8_row"); }},
    Kernel{"nn_dwconv2d_3x3s2_dsp_s8_row", depthwise_3x3s2_dsp_rules, nullptr,
           [](const Node& n, Lowering& to) { lower_depthwise_3x3_dsp(n, to, "nn_dwconv2d_3x3s2_dsp_s8_row"); }},
    Kernel{"nn_dwconv2d_strips_s8_row", strips_rules, nullptr, [](const Node& n, Lowering& to) { lower_int8(n, to, "nn_dwconv2d_strips_s8_row"); }},
    Kernel{"nn_dwconv2d_s8_row", int8_rules, nullptr, [](const Node& n, Lowering& to) { lower_int8(n, to, "nn_dwconv2d_s8_row"); }},
    Kernel{"nn_conv2d_any_s8_row", any_one_channel_rules, nullptr, [](const Node& n, Lowering& to) { lower_one_channel(n, to, "nn_conv2d_any_s8_row"); }},
    Kernel{"nn_dwconv2d_any_s8_row", any_int8_rules, nullptr, [](const Node& n, Lowering& to) { lower_int8(n, to, "nn_dwconv2d_any_s8_row"); }},
    Kernel{"nn_conv2d_f32_row", one_channel_float_rules, nullptr, [](const Node& n, Lowering& to) { lower_float(n, to, "nn_conv2d_f32_row"); }, 1},
    Kernel{"nn_dwconv2d_f32_row", float_rules, nullptr, [](const Node& n, Lowering& to) { lower_float(n, to, "nn_dwconv2d_f32_row"); }, 3},
};

constexpr std::array imports{Import{"tflite", "DEPTHWISE_CONV_2D", "float32, int8, uint8", import_tflite}};

}  // namespace

extern const Op depthwise_conv2d_op{
    .name = "depthwise_conv2d",
    .make_attrs = [] { return std::unique_ptr<Attrs>(std::make_unique<Convolution>()); },
    .infer = infer,
    .macc = convolution_macc,
    .eval = eval,
    .imports = imports,
    .kernels = kernels,
    .layer = [](const Node&) { return LayerType{"Conv2D", 0x103}; },
    .c_prefix = "conv2d",
    .channels = &depthwise_conv2d_channels,
};

}  // namespace ew
