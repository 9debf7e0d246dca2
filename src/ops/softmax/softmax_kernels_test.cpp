// The int8 kernel that computes its exponentials, against the meaning, which looks them up: random scales from far too fine to far too coarse.
#include "nn_softmax.h"
#include "ops/lowering.h"
#include "run_calls.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace ew {
namespace {

Graph softmax(int64_t rows, int64_t depth, float scale, double beta) {
  Graph graph;
  graph.inputs = {graph.add_value("x", {DType::int8, {rows, depth}, Quant{{scale}, {0}, -1}})};
  const Op& op = *find_op("softmax");
  auto attrs = op.make_attrs();
  attrs->parse("beta", fmt::format("{}", beta));
  graph.outputs = graph.add_node(op, "s", std::move(attrs), graph.inputs, {{DType::int8, {rows, depth}, Quant{{1.0F / 256}, {-128}, -1}}}, {0})->out;
  return graph;
}

TEST(SoftmaxKernels, FewElementsEqualTheTable) {
  test::Machine machine;
  using P = nn_softmax_few_s8_params;
  machine.add("nn_softmax_few_s8", nn_softmax_few_s8, {FIELD(P, multiplier), FIELD(P, left), FIELD(P, radius)});
  std::mt19937 random(1);
  const auto between = [&](double low, double high) { return std::uniform_real_distribution<double>(low, high)(random); };
  for (int i = 0; i < 3000; ++i) {
    const auto depth = static_cast<int64_t>(between(1, 65));
    const auto rows = static_cast<int64_t>(between(1, static_cast<double>(64 / depth) + 1));
    const Graph graph = softmax(rows, depth, static_cast<float>(std::exp(between(-9, 4))), between(0.1, 2));
    Tensor input(graph.inputs[0]->type);
    const int64_t spread = static_cast<int64_t>(between(1, 129));
    for (int8_t& v : input.as<int8_t>()) v = static_cast<int8_t>(static_cast<int64_t>(random()) % spread);
    const Tensor expected = evaluate(graph, std::span(&input, 1)).at(0);

    const Node& node = *graph.nodes().at(0);
    const Target target{};
    const Kernel& kernel = node.op->kernels[0];
    ASSERT_EQ(kernel.function, "nn_softmax_few_s8");
    for (const Rule& rule : kernel.rules) ASSERT_TRUE(rule.holds(node, target)) << rule.text;
    Program program;
    program.arrays.resize(2);
    program.arrays[1].id = 1;
    for (Array& array : program.arrays) array.bytes = rows * depth;
    CNode cnode;
    const std::vector<std::pair<const Value*, int>> arrays{{node.in[0], 0}, {node.out[0], 1}};
    Lowering lowering(program, cnode, target, node, arrays);
    kernel.lower(node, lowering);
    std::map<int, std::vector<uint8_t>> memory{{0, input.data}};
    machine.run(program, cnode, memory);
    ASSERT_EQ(memory.at(1), expected.data) << "run " << i;
  }
}

}  // namespace
}  // namespace ew
