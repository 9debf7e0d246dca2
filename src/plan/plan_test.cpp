#include "plan/plan.h"

#include <gtest/gtest.h>

#include <random>

namespace ew {
namespace {

struct Problem { std::vector<Block> blocks; std::vector<Allowance> allowances; };

// A random network's memory: blocks that live over a few nodes, some of which may share.
Problem random_problem(uint32_t seed) {
  std::mt19937 random(seed);
  const auto pick = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
  Problem p;
  const int nodes = pick(1, 30);
  for (int n = 0; n <= nodes; ++n) p.blocks.push_back({pick(1, 4000), 1 << pick(0, 5), n - 1, std::min(nodes, n + pick(0, 3))});
  for (int n = 1; n <= nodes; ++n)
    if (pick(0, 1) == 1 && p.blocks[static_cast<size_t>(n - 1)].last == n - 1)
      p.allowances.push_back({n - 1, n, pick(0, 1) == 1 ? pick(0, 500) : -1, pick(0, 1) == 1 ? pick(0, 500) : -1});
  return p;
}

int64_t largest_block(const Problem& p) {
  int64_t largest = 0;
  for (const Block& b : p.blocks) largest = std::max(largest, b.bytes);
  return largest;
}

TEST(Allocate, EveryPlanKeepsEveryByte) {
  for (uint32_t seed = 0; seed < 500; ++seed) {
    const Problem p = random_problem(seed);
    const Allocation a = allocate(p.blocks, p.allowances);
    EXPECT_EQ(check(p.blocks, p.allowances, a), "") << "seed " << seed;
    EXPECT_GE(a.bytes, largest_block(p)) << "seed " << seed;
  }
}

TEST(Allocate, IsDeterministic) {
  const Problem p = random_problem(77);
  EXPECT_EQ(allocate(p.blocks, p.allowances).offsets, allocate(p.blocks, p.allowances).offsets);
}

TEST(Allocate, ReachesTheFloorOfAChain) {
  // Sizes 100, 60, 80 in a chain: the largest neighbours together.
  const std::vector<Block> blocks{{100, 4, 0, 1}, {60, 4, 1, 2}, {80, 4, 2, 3}};
  EXPECT_EQ(allocate(blocks, {}).bytes, 160);
}

TEST(Allocate, AlternatingDirectionsDoNotDrift) {
  // Eight layers of 8000 bytes, each may overlap its input at a distance of 640: one distance suffices for all.
  std::vector<Block> blocks;
  std::vector<Allowance> allowances;
  for (int n = 0; n < 8; ++n) blocks.push_back({8000, 4, n, n + 1});
  for (int n = 1; n < 8; ++n) allowances.push_back({n - 1, n, 640, 640});
  EXPECT_EQ(allocate(blocks, allowances).bytes, 8640);
}

TEST(Check, FindsWhatIsWrong) {
  const std::vector<Block> blocks{{100, 4, 0, 1}, {60, 4, 1, 2}};
  EXPECT_NE(check(blocks, {}, {{0, 96}, 160}), "");                     // overlap
  EXPECT_NE(check(blocks, {}, {{0, 102}, 162}), "");                    // not aligned
  EXPECT_NE(check(blocks, {}, {{0, 100}, 159}), "");                    // outside
  EXPECT_NE(check(blocks, {}, {{0}, 160}), "");                         // one is missing
  EXPECT_EQ(check(blocks, {{0, 1, 40, -1}}, {{40, 0}, 140}), "");       // output below its input by the distance
  EXPECT_NE(check(blocks, {{0, 1, 44, -1}}, {{40, 0}, 140}), "");       // by less
  EXPECT_EQ(check(blocks, {{0, 1, -1, 40}}, {{0, 40}, 100}), "");       // above, rows run backwards
  EXPECT_NE(check(blocks, {{0, 1, 40, -1}}, {{0, 40}, 100}), "");       // above, but only forwards is allowed
}

}  // namespace
}  // namespace ew
