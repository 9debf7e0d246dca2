// Bounds hold what is computed, and channels go only where the outputs stay the same to the bit.
#include "passes/channel_bounds.h"
#include "passes/pass_test.h"
#include "passes/random_network.h"

namespace ew {
namespace {

constexpr uint32_t networks = 1500;

// Random inputs, and the two that drive sums to their ends.
std::vector<std::vector<Tensor>> several_inputs(const Graph& graph, uint32_t seed) {
  std::vector<std::vector<Tensor>> result{random_inputs(graph, seed), random_inputs(graph, seed + 1), random_inputs(graph, seed), random_inputs(graph, seed)};
  for (size_t k = 2; k < 4; ++k)
    for (Tensor& tensor : result[k]) std::ranges::fill(tensor.data, k == 2 ? uint8_t{0x80} : uint8_t{0x7f});
  return result;
}

TEST(ChannelBounds, HoldEveryValueOfRandomNetworks) {
  int64_t constant = 0, narrow = 0;
  for (uint32_t seed = 0; seed < networks; ++seed) {
    const Graph graph = RandomNetwork(seed).make();
    verify(graph);
    const auto bounds = channel_bounds(graph);
    for (const std::vector<Tensor>& inputs : several_inputs(graph, seed)) {
      std::vector<std::pair<const Value*, Tensor>> all;
      evaluate(graph, inputs, &all);
      for (const auto& [value, tensor] : all) {
        const Bounds& expected = bounds.at(value);
        const auto elements = tensor.as<int8_t>();
        for (size_t i = 0; i < elements.size(); ++i) {
          const Interval x = expected[i % expected.size()];
          ASSERT_TRUE(x.low <= elements[i] && elements[i] <= x.high)
              << "seed " << seed << ", '" << value->name << "', element " << i << " is " << int{elements[i]} << ", bounds " << x.low << " ... " << x.high;
        }
      }
    }
    for (const auto& [value, channels] : bounds)
      for (const Interval& x : channels) constant += !value->constant && x.low == x.high ? 1 : 0, narrow += x.low != x.high && x.high - x.low < 255 ? 1 : 0;
  }
  EXPECT_GT(constant, networks);                 // a test of wide bounds alone would be blind
  EXPECT_GT(narrow, networks);
}

int64_t removed_channels(const Graph& graph) {
  int64_t total = 0;
  for (const Value* value : graph.values())
    if (value->removed) total += value->removed->original - std::ssize(value->removed->kept);
  return total;
}

// What every inner value of the cut network is, put back among the original's channels.
void expect_same_values(const Graph& before, const Graph& after, const std::vector<Tensor>& inputs, uint32_t seed) {
  std::vector<std::pair<const Value*, Tensor>> wanted, got;
  evaluate(before, inputs, &wanted);
  evaluate(after, inputs, &got);
  ASSERT_EQ(wanted.size(), got.size());
  for (size_t i = 0; i < got.size(); ++i) {
    const auto& removed = got[i].first->removed;
    const Tensor whole = removed ? with_channels_back(got[i].second, *removed, wanted[i].second) : got[i].second;
    EXPECT_EQ(whole.data, wanted[i].second.data) << "seed " << seed << ", '" << got[i].first->name << "'";
  }
}

TEST(RemoveDeadChannels, RandomNetworksComputeTheSame) {
  int64_t removed = 0, folded = 0;
  for (uint32_t seed = 0; seed < networks; ++seed) {
    const Graph before = RandomNetwork(seed).make();
    Graph after = RandomNetwork(seed).make();
    const bool changed = remove_dead_channels(after);
    ASSERT_NO_THROW(verify(after)) << "seed " << seed;
    for (const std::vector<Tensor>& inputs : several_inputs(before, seed)) expect_same_values(before, after, inputs, seed);
    EXPECT_FALSE(remove_dead_channels(after)) << "seed " << seed << ": a second run changed something";
    EXPECT_EQ(changed, removed_channels(after) > 0);
    removed += removed_channels(after);
    for (const Value* value : after.values())
      if (value->removed && !value->users.empty())
        for (const auto& constant : value->removed->constants) folded += constant.value != value->type.quant->zero[0] ? 1 : 0;
    if (HasFailure()) return;
  }
  EXPECT_GT(removed, networks);
  EXPECT_GT(folded, 100);                        // with a value that had to go into a bias
}

// Channel 1 of the first layer is below the clamp whatever x is: its sum is at most 127 - 1000.
constexpr std::string_view head = R"(graph "g" {
  input %0 "x" int8[1x2x2x1] q(1,0)
  const %1 "w" int8[3x1x1x1] q(axis 0, 1:0 2:0 3:0) = 010102
  const %2 "b" int32[3] = 0000000018fcffff05000000
  %3 = conv2d(%0, %1, %2) {activation=relu} : int8[1x2x2x3] q(1,-128) "c" [0]
)";
constexpr std::string_view cut_head = R"(graph "g" {
  input %0 "x" int8[1x2x2x1] q(1,0)
  const %1 "w" int8[2x1x1x1] q(axis 0, 1:0 3:0) = 0102
  const %2 "b" int32[2] = 0000000005000000
  %3 = conv2d(%0, %1, %2) {activation=relu} : int8[1x2x2x2] q(1,-128) "c" [0]
)";

void check(std::string_view before_tail, std::string_view after_tail) {
  check_pass(remove_dead_channels, std::string(head) + std::string(before_tail), after_tail.empty() ? "" : std::string(cut_head) + std::string(after_tail));
}

TEST(RemoveDeadChannels, TheZeroPointIsNothingToAnybody) {
  check(R"(  const %4 "w2" int8[1x2x2x3] q(0.5,0) = 0102030405060708090a0b0c
  %5 = conv2d(%3, %4, -) {pad_top=1, pad_left=1} : int8[1x2x2x1] q(100,3) "d" [1]
  output %5
})", R"(  const %4 "w2" int8[1x2x2x2] q(0.5,0) = 0103040607090a0c
  %5 = conv2d(%3, %4, -) {pad_top=1, pad_left=1} : int8[1x2x2x1] q(100,3) "d" [1]
  output %5
})");
}

// The constant reaches the matrix as -128 + 2 * 2: its bias grows by 4 times the weights 2 and 5.
TEST(RemoveDeadChannels, DepthwiseLayersAndPoolsHandOn) {
  check(R"(  const %4 "w2" int8[1x1x1x3] q(axis 3, 1:0 2:0 3:0) = 010203
  const %5 "b2" int32[3] = 010000000200000003000000
  %6 = depthwise_conv2d(%3, %4, %5) {activation=relu} : int8[1x2x2x3] q(1,-128) "dw" [1]
  %7 = average_pool2d(%6) {kernel_h=2, kernel_w=2} : int8[1x1x1x3] q(1,-128) "p" [2]
  %8 = reshape(%7) {shape=[1 3]} : int8[1x3] q(1,-128) "r" [3]
  const %9 "w3" int8[2x3] q(0.5,0) = 010203040506
  const %10 "b3" int32[2] = 0000000000000000
  %11 = dense(%8, %9, %10) {} : int8[1x2] q(100,3) "d" [4]
  output %11
})", R"(  const %4 "w2" int8[1x1x1x2] q(axis 3, 1:0 3:0) = 0103
  const %5 "b2" int32[2] = 0100000003000000
  %6 = depthwise_conv2d(%3, %4, %5) {activation=relu} : int8[1x2x2x2] q(1,-128) "dw" [1]
  %7 = average_pool2d(%6) {kernel_h=2, kernel_w=2} : int8[1x1x1x2] q(1,-128) "p" [2]
  %8 = reshape(%7) {shape=[1 2]} : int8[1x2] q(1,-128) "r" [3]
  const %9 "w3" int8[2x2] q(0.5,0) = 01030406
  const %10 "b3" int32[2] = 0800000014000000
  %11 = dense(%8, %9, %10) {} : int8[1x2] q(100,3) "d" [4]
  output %11
})");
}

// Three columns a pixel: the cut goes through all pixels of the matrix.
TEST(RemoveDeadChannels, MatricesOverSeveralPixels) {
  check(R"(  const %4 "w2" int8[1x12] q(0.5,0) = 0102030405060708090a0b0c
  %5 = dense(%3, %4, -) {} : int8[1x1] q(100,3) "d" [1]
  output %5
})", R"(  const %4 "w2" int8[1x8] q(0.5,0) = 0103040607090a0c
  %5 = dense(%3, %4, -) {} : int8[1x1] q(100,3) "d" [1]
  output %5
})");
}

TEST(RemoveDeadChannels, BothSidesOfAnAdditionGoTogether) {
  check(R"(  const %4 "k" int8[1x1x1x3] q(1,-128) = 81f083
  %5 = binary(%3, %4) {} : int8[1x2x2x3] q(1,-128) "a" [1]
  const %6 "w2" int8[1x1x1x3] q(0.5,0) = 010203
  const %7 "b2" int32[1] = 00000000
  %8 = conv2d(%5, %6, %7) {} : int8[1x2x2x1] q(100,3) "d" [2]
  output %8
})", R"(  const %4 "k" int8[1x1x1x2] q(1,-128) = 8183
  %5 = binary(%3, %4) {} : int8[1x2x2x2] q(1,-128) "a" [1]
  const %6 "w2" int8[1x1x1x2] q(0.5,0) = 0103
  const %7 "b2" int32[1] = e0000000
  %8 = conv2d(%5, %6, %7) {} : int8[1x2x2x1] q(100,3) "d" [2]
  output %8
})");
}

TEST(RemoveDeadChannels, OutputsAndOperatorsThatMixChannelsKeepAll) {
  check("  output %3\n})", "");
  check("  %4 = softmax(%3) {} : int8[1x2x2x3] q(0.00390625,-128) \"s\" [1]\n  output %4\n}", "");
}

// A constant other than the zero point gives other sums where the window is partly outside: no bias says that.
TEST(RemoveDeadChannels, OtherConstantsNeedAWindowWithoutPadding) {
  constexpr std::string_view first = R"(graph "g" {
  input %0 "x" int8[1x2x2x1] q(1,0)
  const %1 "w" int8[2x1x1x1] q(axis 0, 1:0 1:0) = 0100
  const %2 "b" int32[2] = 0000000007000000
  %3 = conv2d(%0, %1, %2) {} : int8[1x2x2x2] q(1,0) "c" [0]
  const %4 "w2" int8[1x1x2x2] q(0.5,0) = 01020304
  const %5 "b2" int32[1] = 0a000000
)";
  check_pass(remove_dead_channels, std::string(first) + "  %6 = conv2d(%3, %4, %5) {pad_left=1} : int8[1x2x2x1] q(1,0) \"d\" [1]\n  output %6\n}", "");
  check_pass(remove_dead_channels, std::string(first) + "  %6 = conv2d(%3, %4, %5) {} : int8[1x2x1x1] q(1,0) \"d\" [1]\n  output %6\n}", R"(graph "g" {
  input %0 "x" int8[1x2x2x1] q(1,0)
  const %1 "w" int8[1x1x1x1] q(axis 0, 1:0) = 01
  const %2 "b" int32[1] = 00000000
  %3 = conv2d(%0, %1, %2) {} : int8[1x2x2x1] q(1,0) "c" [0]
  const %4 "w2" int8[1x1x2x1] q(0.5,0) = 0103
  const %5 "b2" int32[1] = 34000000
  %6 = conv2d(%3, %4, %5) {} : int8[1x2x1x1] q(1,0) "d" [1]
  output %6
})");
}

// At the edges the depthwise layer sees fewer 7s: 14 inside, 7 outside, unless the clamp brings both to one value.
TEST(ChannelBounds, TellTheEdgesFromTheMiddle) {
  Graph graph = parse_graph(R"(graph "g" {
  input %0 "x" int8[1x1x3x1] q(1,0)
  const %1 "w" int8[2x1x1x1] q(axis 0, 1:0 1:0) = 0000
  const %2 "b" int32[2] = 07000000f9ffffff
  %3 = conv2d(%0, %1, %2) {} : int8[1x1x3x2] q(1,0) "c" [0]
  const %4 "w2" int8[1x1x2x2] q(axis 3, 1:0 1:0) = 01010101
  %5 = depthwise_conv2d(%3, %4, -) {pad_left=1, activation=relu} : int8[1x1x3x2] q(1,0) "d" [1]
  output %5
})");
  const auto bounds = channel_bounds(graph);
  EXPECT_EQ(bounds.at(graph.outputs[0]), (Bounds{{7, 14}, {0, 0}}));
}

TEST(RemoveDeadChannels, WhatNothingReadsGoes) {
  check_pass(remove_dead_channels, R"(graph "g" {
  input %0 "x" int8[1x2x2x1] q(1,0)
  const %1 "w" int8[2x1x1x1] q(axis 0, 1:0 1:0) = 0102
  const %2 "b" int32[2] = 0000000007000000
  %3 = conv2d(%0, %1, %2) {} : int8[1x2x2x2] q(1,0) "c" [0]
  const %4 "w2" int8[2x1x1x2] q(0.5,0) = 01000300
  %5 = conv2d(%3, %4, -) {} : int8[1x2x2x2] q(1,0) "d" [1]
  output %5
})", R"(graph "g" {
  input %0 "x" int8[1x2x2x1] q(1,0)
  const %1 "w" int8[1x1x1x1] q(axis 0, 1:0) = 01
  const %2 "b" int32[1] = 00000000
  %3 = conv2d(%0, %1, %2) {} : int8[1x2x2x1] q(1,0) "c" [0]
  const %4 "w2" int8[2x1x1x1] q(0.5,0) = 0103
  %5 = conv2d(%3, %4, -) {} : int8[1x2x2x2] q(1,0) "d" [1]
  output %5
})");
}

TEST(RemoveDeadChannels, OneChannelStaysOfATensorThatIsConstant) {
  Graph graph = parse_graph(R"(graph "g" {
  input %0 "x" int8[1x2x2x1] q(1,0)
  const %1 "w" int8[3x1x1x1] q(1,0) = 000000
  %2 = conv2d(%0, %1, -) {} : int8[1x2x2x3] q(1,0) "c" [0]
  const %3 "w2" int8[1x1x1x3] q(0.5,0) = 010203
  %4 = conv2d(%2, %3, -) {} : int8[1x2x2x1] q(1,0) "d" [1]
  output %4
})");
  EXPECT_TRUE(remove_dead_channels(graph));
  verify(graph);
  const Value& cut = *graph.nodes()[0]->out[0];
  EXPECT_EQ(text(cut.type.shape), "1x2x2x1");
  ASSERT_TRUE(cut.removed);
  EXPECT_EQ(text(*cut.removed), "2 of 3");
  EXPECT_EQ(cut.removed->kept, (std::vector<int64_t>{0}));
  ASSERT_EQ(cut.removed->constants.size(), 2U);
  EXPECT_EQ(cut.removed->constants[1].channel, 2);
  EXPECT_EQ(cut.removed->constants[1].value, 0);
}

}  // namespace
}  // namespace ew
