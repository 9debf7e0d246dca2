#include "ops/quantization.h"

#include "nn_requantize.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace ew {
namespace {

TEST(quantize_multiplier, normalises_to_31_bits) {
  EXPECT_EQ(quantize_multiplier(0), (Multiplier{0, 0}));
  EXPECT_EQ(quantize_multiplier(1), (Multiplier{1 << 30, 1}));
  EXPECT_EQ(quantize_multiplier(0.5), (Multiplier{1 << 30, 0}));
  EXPECT_EQ(quantize_multiplier(0.75), (Multiplier{3 << 29, 0}));
  EXPECT_EQ(quantize_multiplier(1.0 - 1e-12), (Multiplier{1 << 30, 1}));  // rounds up to the next power of two
  EXPECT_EQ(quantize_multiplier(std::ldexp(1, -40)), (Multiplier{0, 0}));
  EXPECT_EQ(quantize_multiplier(6), (Multiplier{3 << 29, 3}));
}

TEST(rounding, ties) {
  EXPECT_EQ(rounding_divide_by_power_of_two(3, 1), 2);
  EXPECT_EQ(rounding_divide_by_power_of_two(-3, 1), -2);  // away from zero
  EXPECT_EQ(rounding_divide_by_power_of_two(-5, 0), -5);
  EXPECT_EQ(rounding_divide_by_power_of_two(-2147483647 - 1, 31), -1);
  EXPECT_EQ(doubling_high_multiply(1 << 30, 3), 2);       // 1.5 -> 2
  EXPECT_EQ(doubling_high_multiply(-(1 << 30), 3), -1);   // -1.5 -> -1: up
  EXPECT_EQ(multiply_single_rounding(-3, {1 << 30, 0}), -1);
  EXPECT_EQ(multiply_double_rounding(-3, {1 << 30, 0}), -1);
  EXPECT_EQ(multiply_double_rounding(-5, {1 << 30, -1}), -1);   // -2.5 -> -2 -> -1
  EXPECT_EQ(multiply_double_rounding(-3, {1 << 30, 1}), -3);
}

TEST(rounding, near_the_real_product) {
  std::mt19937 random(1);
  for (int i = 0; i < 100000; ++i) {
    const auto x = static_cast<int32_t>(random()) >> (random() % 16);
    const double factor = std::ldexp(0.5 + 0.0005 * static_cast<double>(random() % 1000), -static_cast<int>(random() % 20));
    const Multiplier m = quantize_multiplier(factor);
    EXPECT_NEAR(multiply_double_rounding(x, m), x * factor, 1.75);
    EXPECT_NEAR(multiply_single_rounding(x, m), x * factor, 1.25);
  }
}

TEST(rounding, the_runtime_computes_the_same) {
  std::mt19937 random(2);
  for (int i = 0; i < 100000; ++i) {
    const auto x = static_cast<int32_t>(random()) >> (random() % 24);
    const Multiplier m{static_cast<int32_t>((1u << 30) | (random() >> 2)), static_cast<int>(random() % 40) - 31};
    ASSERT_EQ(multiply_double_rounding(x, m), nn_multiply_double(x, m.value, m.shift)) << x << " " << m.value << " " << m.shift;
    if (m.shift < 1) {
      ASSERT_EQ(multiply_single_rounding(x, m), nn_multiply_single(x, m.value, m.shift)) << x << " " << m.value << " " << m.shift;
    }
  }
}

TEST(rounding, four_products_of_halves_make_the_high_product) {
  std::mt19937 random(3);
  constexpr int32_t most = (1 << 30) - 1;
  const auto same = [](int32_t x, int32_t m) { ASSERT_EQ(doubling_high_multiply(x, m), nn_doubling_high_multiply_halves(x, m)) << x << " " << m; };
  for (const int32_t x : {-most, -most + 0x7fff, -most + 0x8000, -0x18000, -0x8000, -1, 0, 1, 0x7fff, 0x8000, most - 0xffff, most - 0x8000, most})
    for (const int32_t m : {1 << 30, (1 << 30) + 0x7fff, 0x7fff0000, 0x7fff7fff, 0x7fff8000, 0x7fffffff}) same(x, m);
  for (int i = 0; i < 300000; ++i)
    same((static_cast<int32_t>(random()) >> 1) >> (random() % 24), static_cast<int32_t>((1u << 30) | (random() >> 2)));
}

TEST(activation_range, int8) {
  const Type type{DType::int8, {1, 4}, Quant{{0.05f}, {-10}}};
  EXPECT_EQ(activation_range(Activation::none, type), (IntegerRange{-128, 127}));
  EXPECT_EQ(activation_range(Activation::relu, type), (IntegerRange{-10, 127}));
  EXPECT_EQ(activation_range(Activation::relu6, type), (IntegerRange{-10, 110}));
  EXPECT_EQ(activation_range(Activation::relu_n1_to_1, type), (IntegerRange{-30, 10}));
  const Type coarse{DType::int8, {1, 4}, Quant{{10.0f}, {-128}}};
  EXPECT_EQ(activation_range(Activation::relu6, coarse), (IntegerRange{-128, -127}));
}

}  // namespace
}  // namespace ew
