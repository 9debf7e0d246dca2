// The checks that every pass is put to.
#pragma once

#include "passes/passes.h"

#include <gtest/gtest.h>

#include <random>

namespace ew {

inline std::vector<Tensor> random_inputs(const Graph& graph, uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<Tensor> inputs;
  for (const Value* v : graph.inputs) {
    Tensor tensor(v->type);
    if (v->type.dtype == DType::float32)
      for (float& x : tensor.as<float>()) x = std::uniform_real_distribution<float>(-3, 3)(random);
    else
      for (uint8_t& x : tensor.data) x = static_cast<uint8_t>(random());
    inputs.push_back(std::move(tensor));
  }
  return inputs;
}

inline void expect_same_meaning(const Graph& before, const Graph& after) {
  for (uint32_t seed = 0; seed < 5; ++seed) {
    const std::vector<Tensor> inputs = random_inputs(before, seed);
    const auto wanted = evaluate(before, inputs), got = evaluate(after, inputs);
    ASSERT_EQ(wanted.size(), got.size());
    for (size_t i = 0; i < wanted.size(); ++i) EXPECT_EQ(wanted[i].data, got[i].data) << "output " << i << ", seed " << seed;
  }
}

// `after` empty: the pass must leave the graph alone.
inline void check_pass(bool (*pass)(Graph&), std::string_view before_text, std::string_view after_text) {
  const Graph before = parse_graph(before_text);
  verify(before);
  Graph graph = parse_graph(before_text);
  EXPECT_EQ(pass(graph), !after_text.empty());
  verify(graph);
  EXPECT_EQ(print(graph), print(parse_graph(after_text.empty() ? before_text : after_text)));
  expect_same_meaning(before, graph);
  EXPECT_FALSE(pass(graph)) << "a second run changed something";
}

}  // namespace ew
