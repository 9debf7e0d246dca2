#include "ops/affine_output.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace ew {
namespace {

// What the kernels compute, and what it must equal (a clamp narrower than int8 is a second step of the kernels).
int8_t affine(const AffineChannel& channel, const WeightedQuant& quant, int64_t sum) {
  const int64_t scaled = ((sum + channel.bias) * channel.multiplier + channel.offset * (int64_t{1} << 32)) >> 32;
  return static_cast<int8_t>(std::clamp<int64_t>(std::clamp<int64_t>(scaled, -128, 127), quant.clamp.low, quant.clamp.high));
}

// Random channels as they occur behind a ReLU: for nearly all of them constants are found, and they are exact for every sum.
TEST(AffineOutput, EqualsTheRequantisation) {
  std::mt19937 random(1);
  const auto draw = [&](int64_t low, int64_t high) { return std::uniform_int_distribution<int64_t>(low, high)(random); };
  int found = 0;
  constexpr int channels = 300;
  for (int i = 0; i < channels; ++i) {
    WeightedQuant quant;
    quant.out_zero = i % 3 == 0 ? static_cast<int32_t>(draw(-128, 0)) : -128;
    quant.clamp = {quant.out_zero, i % 5 == 0 ? static_cast<int32_t>(draw(1, 127)) : 127};
    quant.factors = {quantize_multiplier(std::exp2(-std::uniform_real_distribution<double>(3, 10)(random)))};
    const int64_t least = draw(-150000, 1000), most = least + draw(0, 300000);
    const auto channel = affine_channel(quant, 0, least, most);
    if (!channel) continue;
    ++found;
    for (int64_t sum = least; sum <= most; ++sum)
      if (const int8_t expected = requantised(sum, quant, 0); affine(*channel, quant, sum) != expected) {
        ADD_FAILURE() << "sum " << sum << " of [" << least << ", " << most << "], factor " << quant.factors[0].value << " " << quant.factors[0].shift;
        break;
      }
  }
  EXPECT_GE(found, channels * 95 / 100);
}

// Ties of negative values go the other way: behind no activation there are no such constants where results of both signs occur.
TEST(AffineOutput, IsRefusedWhereTiesDiffer) {
  WeightedQuant quant;
  quant.clamp = {-128, 127};
  quant.factors = {quantize_multiplier(1.0 / 256)};
  EXPECT_FALSE(affine_channel(quant, 0, -30000, 30000));
  EXPECT_TRUE(affine_channel(quant, 0, 0, 30000));
}

TEST(AffineOutput, KnowsConstantChannels) {
  WeightedQuant quant;
  quant.out_zero = 5;
  quant.clamp = {5, 127};
  quant.factors = {Multiplier{}};
  const auto channel = affine_channel(quant, 0, -1000, 1000);
  ASSERT_TRUE(channel);
  for (const int64_t sum : {-1000, 0, 1000}) EXPECT_EQ(affine(*channel, quant, sum), 5);
  quant.factors = {quantize_multiplier(0.1)};
  const auto never_active = affine_channel(quant, 0, -100000, -10);
  ASSERT_TRUE(never_active);
  for (const int64_t sum : {-100000, -10}) EXPECT_EQ(affine(*never_active, quant, sum), 5);
}

}  // namespace
}  // namespace ew
