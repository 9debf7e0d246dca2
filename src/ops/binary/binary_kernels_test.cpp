// Broadcasting, and the kernels of two operands against the operator's meaning on random shapes and quantisations, bit for bit.
#include "ops/binary/binary.h"

#include "ops/lowering.h"
#include "targets/target.h"

#include "nn_binary.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>

namespace ew {
namespace {

TEST(broadcast_walk, joins_what_is_contiguous) {
  const auto walk = [](Shape out, Shape a, Shape b) {
    const std::array operands{std::move(a), std::move(b)};
    return broadcast_walk(out, operands);
  };
  EXPECT_EQ(walk({2, 3, 4}, {2, 3, 4}, {2, 3, 4}).size, (std::vector<int64_t>{24}));
  const Walk bias = walk({1, 5, 6, 7}, {1, 5, 6, 7}, {7});
  EXPECT_EQ(bias.size, (std::vector<int64_t>{30, 7}));
  EXPECT_EQ(bias.stride[0], (std::vector<int64_t>{7, 1}));
  EXPECT_EQ(bias.stride[1], (std::vector<int64_t>{0, 1}));
  EXPECT_EQ(walk({3, 4}, {3, 4}, {}).stride[1], (std::vector<int64_t>{0}));
  EXPECT_EQ(walk({1, 1}, {1, 1}, {1}).size, (std::vector<int64_t>{1}));
}

// A node on values of its own, with what its lowering says.
struct Example {
  Value a, b, out;
  Node node;
  Program program;
  CNode cnode;

  Example(std::string kind, Activation activation, Type a_type, Type b_type, Type out_type) {
    a.type = std::move(a_type);
    b.type = std::move(b_type);
    out.type = std::move(out_type);
    auto attrs = std::make_unique<Binary>();
    attrs->kind = std::move(kind);
    attrs->activation = activation;
    node.op = find_op("binary");
    node.attrs = std::move(attrs);
    node.in = {&a, &b};
    node.out = {&out};
    out.type.shape = node.op->infer(node)[0].shape;
  }

  const Call& lower(std::string_view function, std::string_view series = "stm32f4") {
    const std::vector<std::pair<const Value*, int>> arrays{{&a, 0}, {&b, 1}, {&out, 2}};
    const Target& target = find_target(series);
    for (const Kernel& kernel : node.op->kernels) {
      if (kernel.function != function) continue;
      for (const Rule& rule : kernel.rules) EXPECT_TRUE(rule.holds(node, target)) << rule.text;
      Lowering lowering(program, cnode, target, node, arrays);
      kernel.lower(node, lowering);
    }
    return cnode.calls.at(0);
  }
};

int32_t number(const Call& call, std::string_view field) {
  for (const Field& f : call.params->fields)
    if (f.name == field) return static_cast<int32_t>(std::get<int64_t>(f.value));
  ADD_FAILURE() << field;
  return 0;
}

nn_broadcast shape_of(const Call& call) {
  nn_broadcast shape{};
  shape.rank = number(call, "shape.rank");
  for (const Field& f : call.params->fields) {
    const auto copy = [&](std::string_view name, int32_t* to) {
      if (f.name == name) std::ranges::copy(std::get<std::vector<int64_t>>(f.value), to);
    };
    copy("shape.size", shape.size);
    copy("shape.a_stride", shape.a_stride);
    copy("shape.b_stride", shape.b_stride);
  }
  return shape;
}

class Random {
 public:
  int64_t below(int64_t n) { return static_cast<int64_t>(engine_() % static_cast<uint64_t>(n)); }
  Quant quant() { return {{0.001F * static_cast<float>(1 + below(300))}, {static_cast<int32_t>(below(256)) - 128}}; }
  // Two shapes that go together.
  std::pair<Shape, Shape> shapes() {
    Shape a, b;
    for (int64_t rank = 1 + below(5); rank > 0; --rank) {
      const int64_t n = 1 + below(4), repeated = below(4);
      a.push_back(repeated == 1 ? 1 : n);
      b.push_back(repeated == 2 ? 1 : n);
    }
    b.erase(b.begin(), b.begin() + below(static_cast<int64_t>(b.size()) + 1));
    return {a, b};
  }
  Tensor tensor(const Type& type) {
    Tensor t(type);
    for (uint8_t& byte : t.data) byte = static_cast<uint8_t>(engine_());
    return t;
  }
  std::mt19937 engine_{7};
};

TEST(add_s8, equals_the_meaning) {
  Random random;
  for (int i = 0; i < 400; ++i) {
    const auto [a, b] = random.shapes();
    Example e(i % 2 == 0 ? "add" : "sub", i % 3 == 0 ? Activation::relu6 : Activation::none, {DType::int8, a, random.quant()},
              {DType::int8, b, random.quant()}, {DType::int8, {}, random.quant()});
    const bool helium = i % 4 < 2;
    const Call& call = helium ? e.lower("nn_add_mve_s8", "stm32n6") : e.lower("nn_add_s8");
    const nn_add_s8_params p{shape_of(call), number(call, "a_zero"), number(call, "b_zero"), number(call, "a_factor"), number(call, "b_sign"),
                             number(call, "b_multiplier"), number(call, "b_shift"), number(call, "out_multiplier"), number(call, "out_shift"),
                             number(call, "out_zero"), number(call, "low"), number(call, "high")};
    const std::array in{random.tensor(e.a.type), random.tensor(e.b.type)};
    const std::array<const Tensor*, 2> pointers{&in[0], &in[1]};
    std::vector<Tensor> expected{Tensor(e.out.type)};
    e.node.op->eval(e.node, pointers, expected);
    std::vector<int8_t> actual(expected[0].data.size());
    const auto function = helium ? nn_add_mve_s8 : nn_add_s8;
    function(&p, in[static_cast<size_t>(call.args[0].index)].as<int8_t>().data(), in[static_cast<size_t>(call.args[1].index)].as<int8_t>().data(),
             actual.data());
    ASSERT_TRUE(std::ranges::equal(actual, expected[0].as<int8_t>())) << text(e.a.type) << " " << text(e.b.type);
  }
}

// Scales as networks have them: the sum is affine for nearly all of them, and equal for every pair of operands.
TEST(add_affine_s8, equals_the_meaning) {
  Random random;
  int affine = 0;
  constexpr int nodes = 200;
  for (int i = 0; i < nodes; ++i) {
    auto [a, b] = random.shapes();
    if (i % 4 == 0) a = {256, 1}, b = {256};
    if (i % 4 == 1) a.push_back(2 + random.below(40)), b.push_back(a.back());
    const auto scale = [&] { return 0.01F + 0.0001F * static_cast<float>(random.below(1000)); };
    const auto zero = [&] { return static_cast<int32_t>(random.below(256)) - 128; };
    const float as = scale(), bs = scale();
    Example e(i % 2 == 0 ? "add" : "sub", i % 3 == 0 ? Activation::relu : Activation::none, {DType::int8, a, Quant{{as}, {zero()}}},
              {DType::int8, b, Quant{{bs}, {zero()}}}, {DType::int8, {}, Quant{{(as + bs) * (0.5F + 0.001F * static_cast<float>(random.below(900)))}, {zero()}}});
    if (!affine_sum(e.node)) continue;
    ++affine;
    const Call& call = e.lower("nn_add_affine_s8");
    const nn_add_affine_s8_params p{shape_of(call), number(call, "a_factor"), number(call, "b_factor"), number(call, "constant"), number(call, "low"),
                                    number(call, "high")};
    std::array in{random.tensor(e.a.type), random.tensor(e.b.type)};
    if (i % 4 == 0)
      for (Tensor& t : in)
        for (size_t k = 0; k < 256; ++k) t.data[k] = static_cast<uint8_t>(k);
    const std::array<const Tensor*, 2> pointers{&in[0], &in[1]};
    std::vector<Tensor> expected{Tensor(e.out.type)};
    e.node.op->eval(e.node, pointers, expected);
    std::vector<int8_t> actual(expected[0].data.size());
    nn_add_affine_s8(&p, in[0].as<int8_t>().data(), in[1].as<int8_t>().data(), actual.data());
    ASSERT_TRUE(std::ranges::equal(actual, expected[0].as<int8_t>())) << text(e.a.type) << " " << text(e.b.type);
  }
  EXPECT_GE(affine, nodes * 9 / 10);
}

TEST(mul_s8, equals_the_meaning) {
  Random random;
  for (int i = 0; i < 400; ++i) {
    const auto [a, b] = random.shapes();
    Example e("mul", i % 3 == 0 ? Activation::relu : Activation::none, {DType::int8, a, random.quant()}, {DType::int8, b, random.quant()},
              {DType::int8, {}, random.quant()});
    const bool helium = i % 4 < 2;
    const Call& call = helium ? e.lower("nn_mul_mve_s8", "stm32n6") : e.lower("nn_mul_s8");
    const nn_mul_s8_params p{shape_of(call), number(call, "a_zero"), number(call, "b_zero"), number(call, "multiplier"), number(call, "shift"),
                             number(call, "out_zero"), number(call, "low"), number(call, "high")};
    const std::array in{random.tensor(e.a.type), random.tensor(e.b.type)};
    const std::array<const Tensor*, 2> pointers{&in[0], &in[1]};
    std::vector<Tensor> expected{Tensor(e.out.type)};
    e.node.op->eval(e.node, pointers, expected);
    std::vector<int8_t> actual(expected[0].data.size());
    const auto function = helium ? nn_mul_mve_s8 : nn_mul_s8;
    function(&p, in[0].as<int8_t>().data(), in[1].as<int8_t>().data(), actual.data());
    ASSERT_TRUE(std::ranges::equal(actual, expected[0].as<int8_t>())) << text(e.a.type) << " " << text(e.b.type);
  }
}

}  // namespace
}  // namespace ew
