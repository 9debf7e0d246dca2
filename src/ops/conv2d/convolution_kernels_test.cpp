// Convolutions, dense layers and poolings: the kernels, called as lowered, against the operators' meaning; random shapes and values.
// Built twice: with the portable kernels and with the DSP-shaped ones (tests/CMakeLists.txt).
#include "ops/conv2d/window.h"
#include "ops/lowering.h"
#include "run_calls.h"

#include "nn_conv2d.h"
#include "nn_dense.h"
#include "nn_dwconv2d.h"
#include "nn_pool2d.h"
#include "nn_transpose_conv.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

namespace ew {
namespace {

test::Machine machine() {
  test::Machine m;
#define WINDOW_FIELDS(T) FIELD(T, in_width), FIELD(T, in_pitch), FIELD(T, out_width), FIELD(T, out_pitch), FIELD(T, kernel_w), FIELD(T, stride_w), \
                         FIELD(T, pad_left), FIELD(T, clamp_min), FIELD(T, clamp_max)
#define CONV_FIELDS(T) WINDOW_FIELDS(T), FIELD(T, in_channels), FIELD(T, kernel_h), FIELD(T, dilation_w)
#define ZERO_FIELDS(T) FIELD(T, weight_zero), FIELD(T, out_zero)
  using Conv = nn_conv2d_s8_params;
  using ConvF = nn_conv2d_f32_params;
  using Depthwise = nn_dwconv2d_s8_params;
  using DepthwiseF = nn_dwconv2d_f32_params;
  using Pool = nn_pool2d_s8_params;
  using PoolF = nn_pool2d_f32_params;
  using Dense = nn_dense_s8_params;
  using DenseF = nn_dense_f32_params;
  const std::vector<test::StructField> conv{CONV_FIELDS(Conv), ZERO_FIELDS(Conv), FIELD(Conv, in_zero), FIELD(Conv, out_channels), FIELD(Conv, groups)};
  m.add("nn_conv2d_s8_row", nn_conv2d_s8_row, conv);
  m.add("nn_conv2d_dsp_s8_row", nn_conv2d_dsp_s8_row, conv);
  m.add("nn_conv2d_column_dsp_s8_row", nn_conv2d_column_dsp_s8_row, conv);
  m.add("nn_conv2d_tall_dsp_s8", nn_conv2d_tall_dsp_s8, conv);
  m.add("nn_conv2d_triples_s8_row", nn_conv2d_triples_s8_row, conv);
  m.add("nn_conv2d_lanes_s8_row", nn_conv2d_lanes_s8_row, conv);
  m.add("nn_conv2d_any_s8_row", nn_conv2d_any_s8_row, conv);
  m.add("nn_conv2d_1x1_s8_row", nn_conv2d_1x1_s8_row, conv);
  m.add("nn_conv2d_mve_s8_row", nn_conv2d_mve_s8_row, conv);
  m.add("nn_conv2d_1x1_mve_s8_row", nn_conv2d_1x1_mve_s8_row, conv);
  m.add("nn_conv2d_f32_row", nn_conv2d_f32_row, {CONV_FIELDS(ConvF), FIELD(ConvF, out_channels), FIELD(ConvF, groups)});
  const std::vector<test::StructField> depthwise{CONV_FIELDS(Depthwise), ZERO_FIELDS(Depthwise), FIELD(Depthwise, in_zero)};
  m.add("nn_dwconv2d_s8_row", nn_dwconv2d_s8_row, depthwise);
  m.add("nn_dwconv2d_strips_s8_row", nn_dwconv2d_strips_s8_row, depthwise);
  m.add("nn_dwconv2d_plain_s8_row", nn_dwconv2d_plain_s8_row, depthwise);
  m.add("nn_dwconv2d_mve_s8_row", nn_dwconv2d_mve_s8_row, depthwise);
  m.add("nn_dwconv2d_thin_mve_s8_row", nn_dwconv2d_thin_mve_s8_row, depthwise);
  m.add("nn_dwconv2d_any_s8_row", nn_dwconv2d_any_s8_row, depthwise);
  m.add("nn_dwconv2d_f32_row", nn_dwconv2d_f32_row, {CONV_FIELDS(DepthwiseF)});
  m.add("nn_dwconv2d_3x3_dsp_s8_row", nn_dwconv2d_3x3_dsp_s8_row, depthwise);
  m.add("nn_dwconv2d_3x3s2_dsp_s8_row", nn_dwconv2d_3x3s2_dsp_s8_row, depthwise);
  m.add("nn_dwconv2d_3x3_thirds_affine_dsp_s8_row", nn_dwconv2d_3x3_thirds_affine_dsp_s8_row, depthwise);
  m.add("nn_dwconv2d_3x3_affine_dsp_s8_row", nn_dwconv2d_3x3_affine_dsp_s8_row, depthwise);
  m.add("nn_dwconv2d_3x3s2_affine_dsp_s8_row", nn_dwconv2d_3x3s2_affine_dsp_s8_row, depthwise);
  const std::vector<test::StructField> pool{WINDOW_FIELDS(Pool), FIELD(Pool, channels)}, pool_float{WINDOW_FIELDS(PoolF), FIELD(PoolF, channels)};
  m.add("nn_avgpool_s8_row", nn_avgpool_s8_row, pool);
  m.add("nn_avgpool_u8_row", nn_avgpool_u8_row, pool);
  m.add("nn_maxpool_s8_row", nn_maxpool_s8_row, pool);
  m.add("nn_avgpool_mve_s8_row", nn_avgpool_mve_s8_row, pool);
  m.add("nn_maxpool_mve_s8_row", nn_maxpool_mve_s8_row, pool);
  m.add("nn_avgpool_f32_row", nn_avgpool_f32_row, pool_float);
  m.add("nn_maxpool_f32_row", nn_maxpool_f32_row, pool_float);
  const std::vector<test::StructField> dense{ZERO_FIELDS(Dense), FIELD(Dense, rows), FIELD(Dense, in_channels), FIELD(Dense, out_channels),
                                             FIELD(Dense, multiplier), FIELD(Dense, shift), FIELD(Dense, clamp_min), FIELD(Dense, clamp_max)};
  m.add("nn_dense_s8", nn_dense_s8, dense);
  m.add("nn_dense_few_s8", nn_dense_few_s8, dense);
  m.add("nn_dense_dsp_s8", nn_dense_dsp_s8, dense);
  m.add("nn_dense_lanes_s8", nn_dense_lanes_s8, dense);
  m.add("nn_dense_mve_s8", nn_dense_mve_s8, dense);
  m.add("nn_dense_wz_s8", nn_dense_wz_s8, dense);
  m.add("nn_dense_f32", nn_dense_f32, {FIELD(DenseF, rows), FIELD(DenseF, in_channels), FIELD(DenseF, out_channels), FIELD(DenseF, clamp_min),
                                       FIELD(DenseF, clamp_max)});
#define TRANSPOSE_FIELDS(T) FIELD(T, in_height), FIELD(T, in_width), FIELD(T, in_channels), FIELD(T, in_pitch), FIELD(T, out_pitch), FIELD(T, out_height), FIELD(T, out_width), \
                            FIELD(T, out_channels), FIELD(T, kernel_h), FIELD(T, kernel_w), FIELD(T, stride_h), FIELD(T, stride_w), \
                            FIELD(T, pad_top), FIELD(T, pad_left), FIELD(T, clamp_min), FIELD(T, clamp_max)
  using Transpose = nn_transpose_conv_s8_params;
  using TransposeF = nn_transpose_conv_f32_params;
  m.add("nn_transpose_conv_s8", nn_transpose_conv_s8, {TRANSPOSE_FIELDS(Transpose), ZERO_FIELDS(Transpose), FIELD(Transpose, in_zero)});
  m.add("nn_transpose_conv_f32", nn_transpose_conv_f32, {TRANSPOSE_FIELDS(TransposeF)});
  return m;
}

struct Random {
  std::mt19937 engine;
  int64_t operator()(int64_t low, int64_t high) { return std::uniform_int_distribution<int64_t>(low, high)(engine); }
  float real(double low, double high) { return static_cast<float>(std::uniform_real_distribution<double>(low, high)(engine)); }

  Quant quant(double low, double high, bool with_zero) {
    return {{real(low, high)}, {with_zero ? static_cast<int32_t>((*this)(-128, 127)) : 0}, -1};
  }
  Tensor tensor(Type type) {
    Tensor t(std::move(type));
    if (t.type.dtype == DType::float32)
      for (float& v : t.as<float>()) v = real(-1, 1);
    else if (t.type.dtype == DType::int32)
      for (int32_t& v : t.as<int32_t>()) v = static_cast<int32_t>((*this)(-5000, 5000));
    else
      for (int8_t& v : t.as<int8_t>()) v = static_cast<int8_t>((*this)(-128, 127));
    return t;
  }
};

enum class Kind { float32, int8, int8_channel, uint8 };   // uint8: as imported, weights with a zero point

struct Network { Graph graph; Node* node = nullptr; };

using AttrTexts = std::vector<std::pair<std::string, std::string>>;

// One node on random constants. `weights` empty: no weights. channel_axis: of the weights' output channels.
Network network(Random& random, std::string_view op_name, Kind kind, Shape x, const Shape& weights, int channel_axis, const AttrTexts& attrs, double terms) {
  Network n;
  const Op& op = *find_op(op_name);
  const DType dtype = kind == Kind::float32 ? DType::float32 : DType::int8;
  const bool quantised = kind != Kind::float32;
  Type in{dtype, std::move(x), {}}, out{dtype, {}, {}};
  if (quantised) in.quant = random.quant(0.01, 0.03, true);
  Value* input = n.graph.add_value("x", in);
  n.graph.inputs.push_back(input);
  std::vector<Value*> inputs{input};
  if (!weights.empty()) {
    const int64_t channels = weights[static_cast<size_t>(channel_axis)];
    Type w{dtype, weights, {}};
    if (quantised) w.quant = random.quant(0.005, 0.02, false);
    if (kind == Kind::uint8) w.quant->zero[0] = static_cast<int32_t>(random(0, 1) != 0 ? random(1, 127) : random(-128, -1));
    if (kind == Kind::int8_channel) {
      w.quant = Quant{{}, std::vector<int32_t>(static_cast<size_t>(channels), 0), channel_axis};
      for (int64_t i = 0; i < channels; ++i) w.quant->scale.push_back(random.real(0.0005, 0.05));
    }
    inputs.push_back(n.graph.add_constant("w", random.tensor(w)));
    if (random(0, 3) != 0)
      inputs.push_back(n.graph.add_constant("b", random.tensor({quantised ? DType::int32 : DType::float32, {channels}, {}})));
    else
      inputs.push_back(nullptr);
  }
  if (quantised) out.quant = weights.empty() ? in.quant : random.quant(0.005 * std::sqrt(terms), 0.03 * std::sqrt(terms), true);
  auto a = op.make_attrs();
  for (const auto& [field, value] : attrs) a->parse(field, value);
  constexpr std::string_view activations[] = {"none", "relu", "relu6", "relu_n1_to_1"};
  a->parse("activation", activations[random(0, 3)]);
  n.node = n.graph.add_node(op, "node", std::move(a), inputs, {out}, {0});
  infer_types(*n.node);
  n.graph.outputs.push_back(n.node->out[0]);
  return n;
}

// share: of the layer in its network's multiplications.
const Kernel* choose_by_rules(const Node& node, const Target& target, double share = 1) {
  for (const Kernel& k : node.op->kernels)
    if (share <= k.most_share && std::all_of(k.rules.begin(), k.rules.end(), [&](const Rule& r) { return r.holds(node, target); })) return &k;
  return nullptr;
}

// The lowered node on an input against its meaning. Returns the function called.
std::string check_on(const Tensor& input, const Network& n, std::string_view function, Features features = {}, double share = 1) {
  const Node& node = *n.node;
  const Tensor expected = evaluate(n.graph, std::span(&input, 1)).at(0);

  Target target{};
  target.features = features;
  const Kernel* kernel = choose_by_rules(node, target, share);
  if (kernel == nullptr) throw internal_error("no kernel");
  Program program;
  CNode cnode;
  for (const Value* v : {node.in[0], node.out[0]}) {
    Array array;
    array.id = static_cast<int>(program.arrays.size());
    array.bytes = bytes(v->type);
    program.arrays.push_back(array);
  }
  const std::vector<std::pair<const Value*, int>> arrays{{node.in[0], 0}, {node.out[0], 1}};
  Lowering lowering(program, cnode, target, node, arrays);
  kernel->lower(node, lowering);
  std::string called = cnode.calls.at(0).function;
  if (!function.empty()) {
    EXPECT_EQ(called, function);
  }

  std::map<int, std::vector<uint8_t>> memory{{0, input.data}};
  machine().run(program, cnode, memory);
  if (node.in[0]->type.dtype != DType::float32) {
    EXPECT_EQ(memory.at(1), expected.data) << called << "\n" << print(n.graph, false);
    if (cnode.row_form.empty()) return called;
    cnode.calls = cnode.row_form;
    std::map<int, std::vector<uint8_t>> by_rows{{0, input.data}};
    machine().run(program, cnode, by_rows);
    EXPECT_EQ(by_rows.at(1), expected.data) << called << ", row by row\n" << print(n.graph, false);
    return called;
  }
  Tensor got(expected.type);
  got.data = memory.at(1);
  float largest = 0;
  for (const float v : expected.as<float>()) largest = std::max(largest, std::abs(v));
  for (size_t i = 0; i < got.as<float>().size(); ++i) EXPECT_NEAR(got.as<float>()[i], expected.as<float>()[i], 1e-6 * largest + 1e-9);
  return called;
}

std::string check(Random& random, const Network& n, std::string_view function, Features features = {}, double share = 1) {
  return check_on(random.tensor(n.node->in[0]->type), n, function, features, share);
}

// The same for a core with Helium; leaves `random` as it is.
void check_helium(Random random, const Network& n, std::string_view function) { check(random, n, function, {.mve = true}); }

AttrTexts random_window(Random& random, int64_t kernel_h, int64_t kernel_w, bool dilated) {
  AttrTexts a{{"stride_h", std::to_string(random(1, 3))}, {"stride_w", std::to_string(random(1, 3))}};
  if (random(0, 2) != 0)
    for (const auto& [name, most] : {std::pair{"pad_top", kernel_h}, {"pad_bottom", kernel_h}, {"pad_left", kernel_w}, {"pad_right", kernel_w}})
      a.emplace_back(name, std::to_string(random(0, most - 1)));
  if (dilated && random(0, 3) == 0) a.emplace_back("dilation_h", "2"), a.emplace_back("dilation_w", "2");
  return a;
}

// The core of a target that takes the kernels made for no class of cores; without a word: a plain one.
constexpr Features neon{.neon = true};
constexpr Features dsp{.dsp = true};

// The function that a plain core takes for a convolution in place of the other.
std::string plain_convolution(const Node& node, const std::string& other) {
  const bool one_group = node.op->name != "conv2d" || node.in[1]->type.shape[3] == node.in[0]->type.shape[3];
  if (one_group && node.out[0]->type.shape[2] > 1) return "nn_conv2d_triples_s8_row";
  return one_group && node.op->name == "conv2d" ? "nn_conv2d_lanes_s8_row" : other;
}

bool dilated(const Network& n) { return n.node->as<Convolution>().sliding.dilation_w != 1; }

constexpr Kind kinds[] = {Kind::float32, Kind::int8, Kind::int8_channel, Kind::uint8};

TEST(ConvolutionKernels, Conv2d) {
  Random random{std::mt19937(1)};
  for (int i = 0; i < 400; ++i) {
    const Kind kind = kinds[i % 4];
    const int64_t kh = random(1, 4), kw = random(1, 4), groups = random(0, 4) == 0 ? 2 : 1, cin = random(1, 9), cout = random(1, 25) * groups;
    const Shape x{random(0, 9) == 0 ? 3 : 1, random(7, 10), random(7, 12), cin * groups};
    const Network n = network(random, "conv2d", kind, x, {cout, kh, kw, cin}, 0, random_window(random, kh, kw, true), static_cast<double>(kh * kw * cin));
    const bool pointwise = kh * kw == 1 && groups == 1;
    const std::string function = kind == Kind::float32 ? "nn_conv2d_f32_row" : kind == Kind::uint8 ? "nn_conv2d_any_s8_row"
                                 : pointwise ? "nn_conv2d_1x1_s8_row" : "nn_conv2d_s8_row";
    check(random, n, function, neon);
    Random more = random;  // the networks to come stay the same
    if (kind == Kind::int8 || kind == Kind::int8_channel) check(more, n, plain_convolution(*n.node, function));
    if (kind == Kind::float32 || kind == Kind::uint8) continue;
    check_helium(random, n, pointwise ? "nn_conv2d_1x1_mve_s8_row" : dilated(n) ? "nn_conv2d_s8_row" : "nn_conv2d_mve_s8_row");
  }
}

TEST(ConvolutionKernels, Pointwise) {
  Random random{std::mt19937(2)};
  for (int i = 0; i < 200; ++i) {
    const int64_t cin = random(1, 70), cout = random(1, 20);
    const Network n = network(random, "conv2d", kinds[1 + i % 2], {1, random(1, 3), random(1, 9), cin}, {cout, 1, 1, cin}, 0,
                              {{"stride_h", std::to_string(random(1, 2))}, {"stride_w", std::to_string(random(1, 2))}}, static_cast<double>(cin));
    check(random, n, "nn_conv2d_1x1_s8_row", neon);
    check(random, n, plain_convolution(*n.node, "nn_conv2d_1x1_s8_row"));
    check_helium(random, n, "nn_conv2d_1x1_mve_s8_row");
  }
}

// Sums as large as they get, over chunks and their ends.
TEST(ConvolutionKernels, ExtremeSums) {
  Random random{std::mt19937(7)};
  for (const int64_t k : {1, 3, 63, 64, 65, 127, 128, 129, 200}) {
    for (const int weight : {-128, -127, 127, 0}) {
      const Network n = network(random, "conv2d", Kind::int8, {1, 1, 5, k}, {9, 1, 1, k}, 0, {}, 400.0 * static_cast<double>(k * k));
      auto& weights = const_cast<Tensor&>(*n.node->in[1]->constant);
      for (int8_t& w : weights.as<int8_t>()) w = static_cast<int8_t>(weight != 0 ? weight : random(0, 1) != 0 ? 127 : -128);
      Tensor input(n.node->in[0]->type);
      for (const int value : {-128, 127, 0}) {
        for (int8_t& x : input.as<int8_t>()) x = static_cast<int8_t>(value != 0 ? value : random(0, 1) != 0 ? 127 : -128);
        check_on(input, n, "nn_conv2d_triples_s8_row");
      }
    }
  }
}

// Layers whose factors suit the pairs of channels of cores with SMLAD; `extreme`: weights at the ends of int8.
Network paired_network(Random& random, std::string_view op, const Shape& x, const Shape& weights, const AttrTexts& attrs, bool extreme) {
  const auto terms = static_cast<double>(elements(weights) / weights[0]);
  Network n = network(random, op, random(0, 1) != 0 ? Kind::int8 : Kind::int8_channel, x, weights, 0, attrs, terms);
  Value& w = *n.node->in[1];
  Tensor values = *w.constant;
  for (int8_t& v : values.as<int8_t>()) {
    if (extreme && random(0, 1) != 0) v = random(0, 1) != 0 ? int8_t{127} : int8_t{-128};
    if (v == -128 && random(0, 9) != 0) v = -127;
  }
  w.constant = std::make_shared<const Tensor>(values);
  const bool per_channel = w.type.quant->scale.size() > 1;
  for (float& scale : w.type.quant->scale) scale = per_channel ? random.real(0.001, 0.01) : 0.004F;
  return n;
}

// Checks the layer if its kernel for cores with SMLAD may be taken. Returns whether it may.
bool check_paired(Random& random, const Network& n, std::string_view function) {
  Target m4{};
  m4.features.dsp = true;
  if (choose_by_rules(*n.node, m4)->function != function) return false;
  check(random, n, function, m4.features);
  return true;
}

TEST(ConvolutionKernels, PairsOfChannels) {
  Random random{std::mt19937(7)};
  int taken = 0;
  for (int i = 0; i < 600; ++i) {
    const bool pointwise = i % 3 == 0;
    const int64_t kh = pointwise ? 1 : random(1, 5), kw = pointwise ? 1 : random(1, 5), groups = random(0, 4) == 0 ? 2 : 1;
    const int64_t cin = random(1, 3) == 1 ? random(1, 3) : random(1, 40), cout = random(1, 9) * groups;
    const Shape x{random(0, 9) == 0 ? 2 : 1, random(9, 11), random(9, 14), cin * groups};
    const Network n = paired_network(random, "conv2d", x, {cout, kh, kw, cin}, random_window(random, kh, kw, true), random(0, 5) == 0);
    taken += check_paired(random, n, "nn_conv2d_dsp_s8_row") ? 1 : 0;
  }
  EXPECT_GT(taken, 300);
}

TEST(ConvolutionKernels, PairsOfChannelsOfOnePixel) {
  Random random{std::mt19937(8)};
  int taken = 0, tall_taken = 0;
  for (int i = 0; i < 200; ++i) {
    const int64_t cin = random(1, 70), cout = random(1, 35), even = 4 * random(1, 20), quads = 4 * random(1, 9);
    const Network column = paired_network(random, "conv2d", {1, random(1, 4), 1, cin}, {cout, 1, 1, cin}, {}, random(0, 5) == 0);
    taken += check_paired(random, column, "nn_conv2d_column_dsp_s8_row") ? 1 : 0;
    const Network tall = paired_network(random, "conv2d", {random(1, 2), random(2, 9), 1, even}, {quads, 1, 1, even}, {}, random(0, 5) == 0);
    tall_taken += check_paired(random, tall, "nn_conv2d_tall_dsp_s8") ? 1 : 0;
    const Network dense = paired_network(random, "dense", {random(1, 3), cin}, {cout, cin}, {}, random(0, 5) == 0);
    taken += check_paired(random, dense, "nn_dense_dsp_s8") ? 1 : 0;
  }
  EXPECT_GT(taken, 200);
  EXPECT_GT(tall_taken, 120);
}

TEST(ConvolutionKernels, OnePixelWide) {
  Random random{std::mt19937(8)};
  for (int i = 0; i < 100; ++i) {
    const int64_t kh = random(1, 4), cin = random(1, 40), cout = random(1, 20);
    const Network n = network(random, "conv2d", kinds[1 + i % 2], {1, random(4, 7), 1, cin}, {cout, kh, 1, cin}, 0, {}, static_cast<double>(kh * cin));
    check(random, n, "nn_conv2d_lanes_s8_row");
  }
}

TEST(ConvolutionKernels, DepthwiseConv2d) {
  Random random{std::mt19937(3)};
  for (int i = 0; i < 600; ++i) {
    const Kind kind = kinds[i % 4];
    const int64_t kh = i % 3 == 0 ? 3 : random(1, 4), kw = i % 3 == 0 ? 3 : random(1, 4), cin = random(0, 9) == 0 ? 1 : random(1, 37), m = cin == 1 ? random(1, 5) : 1;
    const Shape x{random(0, 9) == 0 ? 2 : 1, random(7, 10), random(7, 12), cin};
    const Network n = network(random, "depthwise_conv2d", kind, x, {1, kh, kw, cin * m}, 3, random_window(random, kh, kw, true), static_cast<double>(kh * kw));
    const std::string function = kind == Kind::float32 ? (cin == 1 ? "nn_conv2d_f32_row" : "nn_dwconv2d_f32_row")
                                 : kind == Kind::uint8 ? (cin == 1 ? "nn_conv2d_any_s8_row" : "nn_dwconv2d_any_s8_row")
                                 : cin == 1 ? "nn_conv2d_s8_row" : "nn_dwconv2d_s8_row";
    if (function != "nn_dwconv2d_s8_row") {
      check(random, n, function, function == "nn_conv2d_s8_row" ? neon : dsp);
      if (function == "nn_conv2d_s8_row") check(random, n, plain_convolution(*n.node, function));
      if (function == "nn_conv2d_s8_row") check_helium(random, n, dilated(n) ? function : "nn_conv2d_mve_s8_row");
      continue;
    }
    check(random, n, "", dsp);
    check(random, n, n.node->out[0]->type.shape[2] > 1 ? "nn_dwconv2d_strips_s8_row" : function);
    const auto weights = n.node->in[1]->constant->as<int8_t>();
    const bool least = std::find(weights.begin(), weights.end(), -128) != weights.end();
    Random more = random;
    check(more, n, least ? function : "nn_dwconv2d_plain_s8_row", neon);
    const bool thin = cin < 16 && n.node->as<Convolution>().sliding.stride_w == 1;
    check_helium(random, n, least ? function : thin ? "nn_dwconv2d_thin_mve_s8_row" : "nn_dwconv2d_mve_s8_row");
  }
}

// 3x3 for cores with DSP: every width of strips, both strides, edges, channels that are no multiple of four.
TEST(ConvolutionKernels, Depthwise3x3) {
  Random random{std::mt19937(7)};
  std::map<std::string, int> called;
  for (int i = 0; i < 400; ++i) {
    AttrTexts attrs = random_window(random, 3, 3, false);
    std::erase_if(attrs, [](const auto& a) { return a.first == "stride_w" || a.first == "pad_left"; });
    attrs.emplace_back("stride_w", std::to_string(random(1, 2)));
    attrs.emplace_back("pad_left", std::to_string(random(0, 1)));
    const int64_t channels = random(4, 21);
    const Network n = network(random, "depthwise_conv2d", kinds[1 + i % 2], {1, random(3, 6), random(7, 40), channels}, {1, 3, 3, channels}, 3, attrs, 9);
    ++called[check(random, n, "", {.dsp = true})];
  }
  for (const std::string_view function : {"nn_dwconv2d_3x3_dsp_s8_row", "nn_dwconv2d_3x3s2_dsp_s8_row", "nn_dwconv2d_3x3_thirds_affine_dsp_s8_row", "nn_dwconv2d_3x3_affine_dsp_s8_row", "nn_dwconv2d_3x3s2_affine_dsp_s8_row"})
    EXPECT_GT(called[std::string(function)], 20) << function;
  EXPECT_EQ(called.size(), 5U);
}

TEST(ConvolutionKernels, Dense) {
  Random random{std::mt19937(4)};
  for (int i = 0; i < 300; ++i) {
    const Kind kind = kinds[i % 4];
    const int64_t cin = random(1, 70), cout = random(1, 20);
    const Network n = network(random, "dense", kind, {random(1, 3), cin}, {cout, cin}, 0, {}, static_cast<double>(cin));
    
    check(random, n, kind == Kind::float32 ? "nn_dense_f32" : kind == Kind::uint8 ? "nn_dense_wz_s8" : "nn_dense_s8", neon);
    check(random, n, "", dsp);
    Random more = random;
    if (kind == Kind::int8 || kind == Kind::int8_channel) check(more, n, "nn_dense_lanes_s8");
    if (kind == Kind::int8 || kind == Kind::int8_channel) check(more, n, "nn_dense_few_s8", dsp, 0.0005);
    if (kind == Kind::float32 || kind == Kind::uint8) continue;
    const std::vector<int8_t> shifts = factor_tables(weighted_quant(*n.node, cout, n.node->attrs->fused(), kind == Kind::int8).factors).shifts;
    check_helium(random, n, std::ranges::max(shifts) <= -2 ? "nn_dense_mve_s8" : "nn_dense_s8");
  }
}

TEST(ConvolutionKernels, TransposeConv) {
  Random random{std::mt19937(6)};
  for (int i = 0; i < 200; ++i) {
    const Kind kind = kinds[i % 4];
    const int64_t kh = random(1, 5), kw = random(1, 5), cin = random(1, 7), cout = random(1, 6);
    AttrTexts attrs;
    for (const auto& [name, low, high] : {std::tuple{"stride_h", 1, 3}, {"stride_w", 1, 3}, {"pad_top", 0, 3}, {"pad_left", 0, 3}, {"out_h", 1, 12}, {"out_w", 1, 12}})
      attrs.emplace_back(name, std::to_string(random(low, high)));
    const Network n = network(random, "transpose_conv", kind, {random(1, 2), random(1, 5), random(1, 5), cin}, {cout, kh, kw, cin}, 0, attrs, static_cast<double>(kh * kw * cin));
    check(random, n, kind == Kind::float32 ? "nn_transpose_conv_f32" : "nn_transpose_conv_s8");
  }
}

TEST(ConvolutionKernels, Pool2d) {
  Random random{std::mt19937(5)};
  for (int i = 0; i < 400; ++i) {
    const Kind kind = kinds[i % 4];
    const bool average = random(0, 1) != 0;
    const int64_t kh = random(1, 4), kw = random(1, 4);
    AttrTexts attrs = random_window(random, kh, kw, false);
    attrs.insert(attrs.end(), {{"kernel_h", std::to_string(kh)}, {"kernel_w", std::to_string(kw)}, {"was_uint8", kind == Kind::uint8 ? "true" : "false"}});
    std::erase_if(attrs, [](const auto& a) { return a.first == "pad_bottom" || a.first == "pad_right"; });
    const Network n = network(random, average ? "average_pool2d" : "max_pool2d", kind, {random(1, 2), random(4, 9), random(4, 9), random(1, 21)}, {}, 0, attrs, 1);
    const std::string type = kind == Kind::float32 ? "f32" : average && kind == Kind::uint8 ? "u8" : "s8";
    check(random, n, (average ? "nn_avgpool_" : "nn_maxpool_") + type + "_row");
    if (type == "s8") check_helium(random, n, average ? "nn_avgpool_mve_s8_row" : "nn_maxpool_mve_s8_row");
  }
}

// Every count that the kernel divides by multiplication, and some that it does not, at the sums where the mean changes.
TEST(ConvolutionKernels, AveragesAreExact) {
  for (int32_t count = 1; count <= 260; ++count) {
    std::vector<int32_t> sums;
    for (int32_t mean = -128; mean < 128; ++mean)
      for (int32_t near = -2; near <= 2; ++near) sums.push_back(std::clamp(mean * count + count / 2 + near, -128 * count, 127 * count));
    const auto channels = static_cast<int32_t>(sums.size());
    std::vector<int8_t> in(static_cast<size_t>(count * channels)), out(sums.size());
    for (int32_t c = 0; c < channels; ++c) {
      const int32_t sum = sums[static_cast<size_t>(c)], least = (sum + 128 * count) / count - 128, more = sum - least * count;
      for (int32_t i = 0; i < count; ++i) in[static_cast<size_t>(i * channels + c)] = static_cast<int8_t>(least + (i < more ? 1 : 0));
    }
    const nn_pool2d_s8_params p{count, channels, channels, 1, channels, count, 1, 0, -128, 127};
    const int8_t* const row = in.data();
    nn_avgpool_s8_row(&p, &row, 1, out.data());
    for (size_t c = 0; c < sums.size(); ++c)
      ASSERT_EQ(out[c], (sums[c] + (sums[c] > 0 ? count / 2 : -(count / 2))) / count) << sums[c] << " / " << count;
    nn_avgpool_u8_row(&p, &row, 1, out.data());
    for (size_t c = 0; c < sums.size(); ++c) ASSERT_EQ(out[c], (sums[c] + 128 * count + count / 2) / count - 128) << sums[c] << " / " << count;
  }
}

}  // namespace
}  // namespace ew
