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

// Layers with the same constants count together; what carries little of the work is left to the library.
TEST(Instances, AreChosenByTheWork) {
  Program program;
  const auto add = [&](int64_t width, int64_t macc, std::string body) {
    CNode node;
    node.macc = macc;
    node.calls.resize(1);
    node.calls[0].params = Params{"nn_conv2d_s8_params", {{"in_width", width}}};
    node.calls[0].body = std::move(body);
    program.nodes.push_back(node);
  };
  add(8, 20, "nn_conv2d_dsp_s8");
  add(9, 25, "nn_conv2d_dsp_s8");
  add(8, 20, "nn_conv2d_dsp_s8");
  add(10, 500, "nn_conv2d_dsp_s8");
  add(11, 435, "");
  choose_instances(program);
  std::vector<bool> chosen;
  for (const CNode& node : program.nodes) chosen.push_back(node.calls[0].instance);
  EXPECT_EQ(chosen, (std::vector<bool>{true, false, true, true, false}));
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

// ---- Whole programs ----

class ProgramMaker {
 public:
  int array(int64_t bytes) {
    Array a;
    a.id = static_cast<int>(program.arrays.size());
    a.name = "array_" + std::to_string(a.id);
    a.type = {DType::int8, {bytes}, {}};
    a.bytes = bytes;
    program.arrays.push_back(a);
    return a.id;
  }
  int input(int64_t bytes) {
    const int id = array(bytes);
    program.arrays[static_cast<size_t>(id)].input = static_cast<int>(program.inputs.size());
    program.inputs.push_back(id);
    return id;
  }
  CNode& node(std::vector<int> in, std::vector<int> out) {
    CNode& node = program.nodes.emplace_back();
    node.name = "node_" + std::to_string(program.nodes.size());
    node.inputs = std::move(in);
    node.outputs = std::move(out);
    return node;
  }
  void output(int id) {
    program.arrays[static_cast<size_t>(id)].output = static_cast<int>(program.outputs.size());
    program.outputs.push_back(id);
  }
  static Call copy(int from, int64_t at_from, int to, int64_t at_to, int64_t bytes) {
    Call call;
    call.function = "nn_copy";
    call.args = {{Arg::Kind::array, from, at_from, "const uint8_t"}, {Arg::Kind::array, to, at_to, "uint8_t"}, {Arg::Kind::number, 0, bytes, ""}};
    return call;
  }
  Program program;
};

TEST(Views, AConcatenationIsComputedInPlace) {
  ProgramMaker make;
  const int x = make.input(64), a = make.array(64), b = make.array(32), both = make.array(96), y = make.array(8);
  make.node({x}, {a});
  make.node({x}, {b});
  make.node({a, b}, {both}).calls = {ProgramMaker::copy(a, 0, both, 0, 64), ProgramMaker::copy(b, 0, both, 64, 32)};
  make.node({both}, {y});
  make.output(y);
  Program& p = make.program;
  plan(p, Objective::balanced);
  EXPECT_TRUE(p.nodes[2].calls.empty());
  EXPECT_EQ(p.arrays[static_cast<size_t>(a)].offset, p.arrays[static_cast<size_t>(both)].offset);
  EXPECT_EQ(p.arrays[static_cast<size_t>(b)].offset, p.arrays[static_cast<size_t>(both)].offset + 64);
  EXPECT_EQ(p.bytes(SegmentKind::activations), 64 + 96);
}

TEST(Views, AnInputOrAPartOfAnotherTensorIsCopied) {
  ProgramMaker make;
  const int x = make.input(64), a = make.array(64), both = make.array(128), y = make.array(8);
  make.node({x}, {a});
  make.node({x, a}, {both}).calls = {ProgramMaker::copy(x, 0, both, 0, 64), ProgramMaker::copy(a, 32, both, 64, 32), ProgramMaker::copy(a, 0, both, 96, 32)};
  make.node({both}, {y});
  make.output(y);
  plan(make.program, Objective::balanced);
  EXPECT_EQ(make.program.nodes[1].calls.size(), 3U);
}

TEST(Views, PartsAreReadWhereTheyLie) {
  ProgramMaker make;
  const int x = make.input(16), a = make.array(64), upper = make.array(32), lower = make.array(32), y = make.array(8), z = make.array(8);
  make.node({x}, {a});
  make.node({a}, {upper, lower}).calls = {ProgramMaker::copy(a, 0, upper, 0, 32), ProgramMaker::copy(a, 32, lower, 0, 32)};
  make.node({upper}, {y});
  make.node({lower}, {z});
  make.output(y);
  make.output(z);
  plan(make.program, Objective::balanced);
  EXPECT_TRUE(make.program.nodes[1].calls.empty());
  EXPECT_EQ(make.program.arrays[static_cast<size_t>(a)].last, 3);  // as long as its parts are read
}

// Three branches that grow before they shrink: run one after the other, only one is large at a time.
TEST(Order, BranchesAreFinishedBeforeOthersBegin) {
  ProgramMaker make;
  const int x = make.input(16);
  std::vector<int> big, small;
  for (int i = 0; i < 3; ++i) big.push_back(make.array(1000)), small.push_back(make.array(16));
  for (size_t i = 0; i < 3; ++i) make.node({x}, {big[i]});
  for (size_t i = 0; i < 3; ++i) make.node({big[i]}, {small[i]});
  const int y = make.array(16);
  make.node(small, {y});
  make.output(y);
  plan(make.program, Objective::balanced);
  EXPECT_LE(make.program.bytes(SegmentKind::activations), 1000 + 4 * 16);
  EXPECT_EQ(make.program.nodes[0].outputs[0], big[0]);
  EXPECT_EQ(make.program.nodes[1].outputs[0], small[0]);
}

TEST(Order, AnOrderThatIsBestStays) {
  ProgramMaker make;
  const int x = make.input(16), a = make.array(100), b = make.array(100), y = make.array(16);
  make.node({x}, {a});
  make.node({x}, {b});
  make.node({a, b}, {y});
  make.output(y);
  plan(make.program, Objective::balanced);
  EXPECT_EQ(make.program.nodes[0].outputs[0], a);
}

}  // namespace
}  // namespace ew
