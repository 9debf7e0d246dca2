#include "plan/stream.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace ew {
namespace {

StreamLayer layer(int input, int64_t height, int64_t kernel, int64_t stride, int64_t pad, int output) {
  return {{{input, kernel, stride, -pad, 1, height, {}}}, {{output, {}}}, (height + 2 * pad - kernel) / stride + 1};
}

TEST(Stream, AChainOfThreeByThreesKeepsThreeRowsEach) {
  const std::vector<StreamLayer> layers{layer(0, 20, 3, 1, 1, 1), layer(1, 20, 3, 1, 1, 2), layer(2, 20, 1, 1, 0, 3), layer(3, 20, 3, 1, 1, 4)};
  const auto found = schedule(layers);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->rings.at(1).rows, 3);
  EXPECT_EQ(found->rings.at(2).rows, 1);
  EXPECT_TRUE(found->rings.at(2).transient);
  EXPECT_EQ(found->rings.at(3).rows, 3);
  EXPECT_FALSE(found->rings.at(3).transient);
  EXPECT_EQ(found->ticks, 22);
  EXPECT_EQ(check(layers, *found), "");
}

TEST(Stream, StridesSlowDownWhatFollows) {
  const std::vector<StreamLayer> layers{layer(0, 32, 3, 1, 1, 1), layer(1, 32, 3, 2, 1, 2), layer(2, 16, 3, 2, 1, 3)};
  const auto found = schedule(layers);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->paces[1].period, 2);
  EXPECT_EQ(found->paces[2].period, 4);
  EXPECT_EQ(found->rings.at(1).rows, 3);
  EXPECT_EQ(found->rings.at(2).rows, 3);
  EXPECT_EQ(check(layers, *found), "");
}

// A residual block: the branch that skips two 3x3 layers must wait for them.
TEST(Stream, ASkippingBranchIsALongerRing) {
  std::vector<StreamLayer> layers{layer(0, 16, 3, 1, 1, 1), layer(1, 16, 3, 1, 1, 2), layer(2, 16, 3, 1, 1, 3)};
  layers.push_back({{{1, 1, 1, 0, 1, 16, {}}, {3, 1, 1, 0, 1, 16, {}}}, {{4, {}}}, 16});
  const auto found = schedule(layers);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->rings.at(1).rows, 3);  // row y is added two ticks after it was made
  EXPECT_EQ(found->rings.at(2).rows, 3);
  EXPECT_TRUE(found->rings.at(3).transient);
  EXPECT_EQ(check(layers, *found), "");
}

TEST(Stream, PathsOfDifferentRatesDoNotMeet) {
  std::vector<StreamLayer> layers{layer(0, 16, 1, 1, 0, 1), layer(1, 16, 1, 2, 0, 2)};
  layers.push_back({{{1, 1, 1, 0, 1, 8, {}}, {2, 1, 1, 0, 1, 8, {}}}, {{3, {}}}, 8});
  EXPECT_FALSE(schedule(layers));
}

TEST(Stream, LayersWithoutAConnectionAreNoRun) {
  EXPECT_FALSE(schedule({layer(0, 16, 3, 1, 1, 1), layer(2, 16, 3, 1, 1, 3)}));
}

// A concatenation: a 1x1 and a 3x3 layer write the two halves of its rows, a 3x3 layer reads both.
TEST(Stream, SeveralLayersWriteOneRing) {
  const RowPart left{8, 0, 4}, right{8, 4, 8};
  std::vector<StreamLayer> layers{layer(0, 16, 3, 1, 1, 1), layer(1, 16, 1, 1, 0, 2), layer(1, 16, 3, 1, 1, 2), layer(2, 16, 3, 1, 1, 3)};
  layers[1].outputs[0].part = left;
  layers[2].outputs[0].part = right;
  const auto found = schedule(layers);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->paces[2].delay, 1);
  EXPECT_EQ(found->rings.at(2).rows, 4);           // the left half is a row ahead
  EXPECT_EQ(check(layers, *found), "");
  auto shorter = *found;
  --shorter.rings.at(2).rows;
  EXPECT_NE(check(layers, shorter), "");
  layers[3].inputs[0].part = left;                 // alone it needs no more than three
  EXPECT_EQ(schedule(layers)->rings.at(2).rows, 3);
  layers[2].outputs[0].part = {8, 3, 8};
  EXPECT_NE(check(layers, *schedule(layers)), ""); // both write byte 3
}

TEST(Stream, NobodyReadsWhatALaterLayerWrites) {
  std::vector<StreamLayer> layers{layer(0, 16, 1, 1, 0, 1), layer(2, 16, 1, 1, 0, 3), layer(1, 16, 1, 1, 0, 2)};
  EXPECT_FALSE(schedule(layers));
}

TEST(Stream, ALayerWithoutRowsTakesNoTime) {
  std::vector<StreamLayer> layers{layer(0, 16, 3, 1, 1, 1), {{}, {}, 0}, layer(1, 16, 3, 1, 1, 2)};
  const auto found = schedule(layers);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->ticks, 17);
  EXPECT_EQ(check(layers, *found), "");
}

// When row y of the last layer is written, the first layer has made row 2y + 1 and will read on from input row 2y + 1.
TEST(Stream, OutputsOverwriteWhatWasRead) {
  const std::vector<StreamLayer> layers{layer(0, 32, 3, 1, 1, 1), layer(1, 32, 3, 2, 1, 2)};
  const auto found = schedule(layers);
  ASSERT_TRUE(found);
  EXPECT_EQ(stream_overlap(layers, *found, 0, 100, 2, 100), 0);
  EXPECT_EQ(stream_overlap(layers, *found, 0, 100, 2, 150), 50);                    // the first row
  EXPECT_EQ(stream_overlap(layers, *found, 0, 100, 2, 300), 15 * 300 - 29 * 100);   // grows faster than the input is used up: a late row
}

// Layers that read one or two of the arrays before them, with kernels, strides, paddings and dilations.
std::vector<StreamLayer> random_run(uint32_t seed) {
  std::mt19937 random(seed);
  const auto pick = [&](int low, int high) { return std::uniform_int_distribution<int64_t>(low, high)(random); };
  std::vector<int64_t> height{pick(1, 40)};
  std::vector<StreamLayer> layers;
  const int64_t count = pick(1, 8);
  for (int n = 0; n < count; ++n) {
    StreamLayer next;
    const auto from = static_cast<size_t>(pick(std::max(0, n - 2), n));
    StreamInput in{static_cast<int>(from), pick(1, 4), pick(1, 3), 0, pick(1, 2), height[from], {}};
    const int64_t reach = (in.kernel - 1) * in.dilation;
    const int64_t pads = std::max<int64_t>(reach + 1 - in.height, 0) + pick(0, static_cast<int>(reach));
    in.first = -pick(0, static_cast<int>(pads));
    next.rows = (in.height + pads - reach - 1) / in.stride + 1;
    next.inputs.push_back(in);
    const auto other = static_cast<size_t>(pick(0, n));
    if (height[other] == next.rows && other != from) next.inputs.push_back({static_cast<int>(other), 1, 1, 0, 1, next.rows, {}});
    next.outputs.push_back({n + 1, {}});
    height.push_back(next.rows);
    const bool second = n > 0 && pick(0, 2) == 0 && height[static_cast<size_t>(n)] == next.rows && from != static_cast<size_t>(n) &&
                        other != static_cast<size_t>(n) && layers.back().outputs.size() == 1 && layers.back().outputs[0].part.pitch == 0;
    if (second) {                                  // both halves of one array
      layers.back().outputs[0].part = {2, 0, 1};
      next.outputs.push_back({n, {2, 1, 2}});
    }
    layers.push_back(std::move(next));
  }
  return layers;
}

TEST(Stream, EveryScheduleKeepsWhatIsRead) {
  int streamed = 0, shrunk = 0, shared = 0;
  for (uint32_t seed = 0; seed < 3000; ++seed) {
    const std::vector<StreamLayer> layers = random_run(seed);
    std::optional<Schedule> found = schedule(layers);
    if (!found) continue;
    ++streamed;
    shared += std::ranges::any_of(layers, [](const StreamLayer& l) { return l.outputs.size() > 1; }) ? 1 : 0;
    EXPECT_EQ(check(layers, *found), "") << "seed " << seed;
    for (auto& [array, ring] : found->rings) {     // no ring is larger than it must be
      const bool read = std::ranges::any_of(layers, [&](const StreamLayer& l) {
        return std::ranges::any_of(l.inputs, [&](const StreamInput& in) { return in.array == array; });
      });
      if (ring.rows == 1 || !read) continue;
      ++shrunk;
      --ring.rows;
      EXPECT_NE(check(layers, *found), "") << "seed " << seed << ", array " << array;
      ++ring.rows;
    }
  }
  EXPECT_GT(streamed, 1000);
  EXPECT_GT(shrunk, 1000);
  EXPECT_GT(shared, 100);
}

}  // namespace
}  // namespace ew
