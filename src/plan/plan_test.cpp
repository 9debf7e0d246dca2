#include "plan/plan.h"

#include <gtest/gtest.h>

#include <algorithm>
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
    node.calls[0].work = static_cast<double>(macc);
    program.nodes.push_back(node);
  };
  add(8, 20, "nn_conv2d_dsp_s8");
  add(9, 25, "nn_conv2d_dsp_s8");
  add(8, 20, "nn_conv2d_dsp_s8");
  add(10, 500, "nn_conv2d_dsp_s8");
  add(11, 360, "");
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

// An image of 4 rows of 3 pixels.
int image(ProgramMaker& make, int64_t channels) {
  const int id = make.array(12 * channels);
  make.program.arrays[static_cast<size_t>(id)].type.shape = {1, 4, 3, channels};
  return id;
}

// A kernel that works row by row; `pitches`: on pixels that lie apart too.
Call row_call(const Program& p, int from, int to, bool pitches) {
  const auto row = [&](int id) { return p.arrays[static_cast<size_t>(id)].bytes / 4; };
  Call call;
  call.function = "nn_conv2d_s8_row";
  call.params = Params{"nn_conv2d_s8_params", {}};
  if (pitches) call.params->fields = {{"in_pitch", row(from) / 3}, {"out_pitch", row(to) / 3}};
  call.out_rows = 4;
  call.out_row_bytes = row(to);
  call.out_array = to;
  RowWindow window;
  window.array = from;
  window.height = 4;
  window.row_bytes = row(from);
  call.windows = {window};
  call.args = {{Arg::Kind::in_row, 0, 0, "const int8_t"}, {Arg::Kind::out_row, 0, 0, "int8_t"}};
  return call;
}

Call channel_copy(int from, int to, int64_t offset, int64_t channels, int64_t all) {
  Call call;
  call.function = "nn_copy_nd";
  const auto last = [](int64_t n, int64_t other) { return std::vector<int64_t>{other, other, other, other, other, n}; };
  call.params = Params{"nn_copy_nd_params", {{"size", last(12, 1)}, {"in_stride", last(channels, 0)}, {"out_stride", last(all, 0)}, {"unit", channels}}};
  call.args = {{Arg::Kind::array, from, 0, "const uint8_t"}, {Arg::Kind::array, to, offset, "uint8_t"}};
  return call;
}

int64_t pitch(const Call& call, std::string_view name) {
  return std::get<int64_t>(std::ranges::find(call.params->fields, name, &Field::name)->value);
}

TEST(Views, PiecesAlongTheChannelsWhereAllKernelsCanStep) {
  ProgramMaker make;
  Program& p = make.program;
  const int x = image(make, 2), a = image(make, 5), b = image(make, 3), both = image(make, 8), y = image(make, 1), z = image(make, 1);
  p.arrays[static_cast<size_t>(x)].input = 0;
  p.inputs.push_back(x);
  make.node({x}, {a}).calls = {row_call(p, x, a, true)};
  make.node({x}, {b}).calls = {row_call(p, x, b, false)};
  make.node({a, b}, {both}).calls = {channel_copy(a, both, 0, 5, 8), channel_copy(b, both, 5, 3, 8)};
  make.node({both}, {y}).calls = {row_call(p, both, y, true)};
  make.node({a}, {z}).calls = {row_call(p, a, z, true)};
  make.output(y);
  make.output(z);
  make_views(p, std::vector<bool>(p.nodes.size(), true));
  EXPECT_EQ(p.arrays[static_cast<size_t>(a)].view_of, both);
  EXPECT_EQ(p.arrays[static_cast<size_t>(a)].view_run, 5);
  EXPECT_EQ(p.arrays[static_cast<size_t>(a)].view_pitch, 8);
  EXPECT_EQ(p.arrays[static_cast<size_t>(b)].view_of, -1);               // its kernel knows no pitch
  ASSERT_EQ(p.nodes[2].calls.size(), 1U);
  EXPECT_EQ(p.nodes[2].calls[0].args[0].index, b);
  EXPECT_EQ(p.nodes[2].row_form.size(), 1U);                             // the copy that stays goes by rows
  EXPECT_EQ(pitch(p.nodes[0].calls[0], "out_pitch"), 8);
  EXPECT_EQ(p.nodes[0].calls[0].out_row_bytes, 24);
  EXPECT_EQ(pitch(p.nodes[4].calls[0], "in_pitch"), 8);
  EXPECT_EQ(p.nodes[4].calls[0].windows[0].row_bytes, 24);
  EXPECT_EQ(pitch(p.nodes[3].calls[0], "in_pitch"), 8);
}

TEST(Views, ElementwiseCallsAreMadeForEveryPixel) {
  ProgramMaker make;
  Program& p = make.program;
  const int x = image(make, 5), a = image(make, 5), b = image(make, 3), both = image(make, 8);
  p.arrays[static_cast<size_t>(x)].input = 0;
  p.inputs.push_back(x);
  CNode& table = make.node({x}, {a});
  table.calls.emplace_back().function = "nn_lut_s8";
  Call row = row_call(p, x, a, false);
  row.function = "nn_lut_s8";
  row.params.reset();
  row.row_elements = 15;
  row.args.push_back({Arg::Kind::number, 0, 15, ""});
  table.row_form = {row};
  make.node({x}, {b}).calls = {row_call(p, x, b, true)};
  make.node({a, b}, {both}).calls = {channel_copy(a, both, 0, 5, 8), channel_copy(b, both, 5, 3, 8)};
  make.output(both);
  make_views(p, std::vector<bool>(p.nodes.size(), true));
  EXPECT_TRUE(p.nodes[2].calls.empty());
  const Call& call = p.nodes[0].calls.at(0);
  EXPECT_EQ(call.pixels, 3);
  EXPECT_EQ(call.windows[0].pixel_bytes, 5);
  EXPECT_EQ(call.out_pixel_bytes, 8);
  EXPECT_EQ(call.args.back().byte_offset, 5);
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
