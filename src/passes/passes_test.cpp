// Every pass: text before -> text after, the graph stays well formed, the network's outputs stay what they were.
#include "base/error.h"
#include "passes/io_types.h"
#include "passes/pass_test.h"

namespace ew {
namespace {

TEST(FoldPad, ZeroPaddingGoesIntoTheConvolution) {
  check_pass(fold_pad, R"(graph "g" {
  input %0 "x" float32[1x4x4x1]
  const %1 "w" float32[1x2x2x1] = 0000803f0000004000004040000080bf
  %2 = pad(%0) {before=[0 1 0 0], after=[0 1 2 0]} : float32[1x6x6x1] "p" [0]
  %3 = conv2d(%2, %1, -) {} : float32[1x5x5x1] "c" [1]
  output %3
})", R"(graph "g" {
  input %0 "x" float32[1x4x4x1]
  const %1 "w" float32[1x2x2x1] = 0000803f0000004000004040000080bf
  %2 = conv2d(%0, %1, -) {pad_top=1, pad_bottom=1, pad_right=2} : float32[1x5x5x1] "c" [1]
  output %2
})");
}

TEST(FoldPad, OtherValuesAndOtherDimensionsStay) {
  check_pass(fold_pad, R"(graph "g" {
  input %0 "x" float32[1x4x4x1]
  const %1 "w" float32[1x2x2x1] = 0000803f0000004000004040000080bf
  %2 = pad(%0) {before=[0 1 0 0], after=[0 1 0 0], value=1} : float32[1x6x4x1] "p" [0]
  %3 = conv2d(%2, %1, -) {} : float32[1x5x3x1] "c" [1]
  output %3
})", "");
  check_pass(fold_pad, R"(graph "g" {
  input %0 "x" float32[1x4x4x1]
  const %1 "w" float32[1x1x1x2] = 0000803f00000040
  %2 = pad(%0) {before=[0 0 0 1], after=[0 0 0 0]} : float32[1x4x4x2] "p" [0]
  %3 = conv2d(%2, %1, -) {} : float32[1x4x4x1] "c" [1]
  output %3
})", "");
}

TEST(FoldPad, Int8NeedsTheZeroPoint) {
  const std::string head = R"(graph "g" {
  input %0 "x" int8[1x3x3x1] q(0.5,-7)
  const %1 "w" int8[1x2x2x1] q(axis 0, 0.25:0) = 01fe037f
)";
  check_pass(fold_pad, head + R"(  %2 = pad(%0) {before=[0 1 1 0], after=[0 0 0 0], value=-7} : int8[1x4x4x1] q(0.5,-7) "p" [0]
  %3 = conv2d(%2, %1, -) {} : int8[1x3x3x1] q(2,3) "c" [1]
  output %3
})", head + R"(  %2 = conv2d(%0, %1, -) {pad_top=1, pad_left=1} : int8[1x3x3x1] q(2,3) "c" [1]
  output %2
})");
  check_pass(fold_pad, head + R"(  %2 = pad(%0) {before=[0 1 1 0], after=[0 0 0 0], value=0} : int8[1x4x4x1] q(0.5,-7) "p" [0]
  %3 = conv2d(%2, %1, -) {} : int8[1x3x3x1] q(2,3) "c" [1]
  output %3
})", "");
}

TEST(FoldDilation, SpaceToBatchAroundAConvolution) {
  check_pass(fold_dilation, R"(graph "g" {
  input %0 "x" float32[1x5x5x1]
  const %1 "w" float32[1x3x3x1] = 0000803f0000004000004040000080bf0000803f0000004000004040000080bf0000803f
  %2 = space_to_batch(%0) {block_h=2, block_w=2, top=2, bottom=3, left=2, right=3} : float32[4x5x5x1] "s" [0]
  %3 = conv2d(%2, %1, -) {} : float32[4x3x3x1] "c" [1]
  %4 = batch_to_space(%3) {block_h=2, block_w=2, bottom=1, right=1} : float32[1x5x5x1] "b" [2]
  output %4
})", R"(graph "g" {
  input %0 "x" float32[1x5x5x1]
  const %1 "w" float32[1x3x3x1] = 0000803f0000004000004040000080bf0000803f0000004000004040000080bf0000803f
  %2 = conv2d(%0, %1, -) {dilation_h=2, dilation_w=2, pad_top=2, pad_bottom=2, pad_left=2, pad_right=2} : float32[1x5x5x1] "c" [1]
  output %2
})");
}

TEST(FuseActivations, ReluAfterAConvolution) {
  check_pass(fuse_activations, R"(graph "g" {
  input %0 "x" float32[1x2x2x1]
  const %1 "w" float32[1x1x1x1] = 000000c0
  %2 = conv2d(%0, %1, -) {} : float32[1x2x2x1] "c" [0]
  %3 = unary(%2) {kind=relu6} : float32[1x2x2x1] "r" [1]
  output %3
})", R"(graph "g" {
  input %0 "x" float32[1x2x2x1]
  const %1 "w" float32[1x1x1x1] = 000000c0
  %2 = conv2d(%0, %1, -) {activation=relu6} : float32[1x2x2x1] "c" [0 1]
  output %2
})");
}

TEST(FuseActivations, NotWhenTheValueIsUsedTwice) {
  check_pass(fuse_activations, R"(graph "g" {
  input %0 "x" float32[1x2x2x1]
  const %1 "w" float32[1x1x1x1] = 000000c0
  %2 = conv2d(%0, %1, -) {} : float32[1x2x2x1] "c" [0]
  %3 = unary(%2) {kind=relu} : float32[1x2x2x1] "r" [1]
  output %2
  output %3
})", "");
}

TEST(RemoveIdentities, ShapesThatStayAndFullSlices) {
  check_pass(remove_identities, R"(graph "g" {
  input %0 "x" float32[1x2x3]
  %1 = unary(%0) {kind=neg} : float32[1x2x3] "n" [0]
  %2 = reshape(%1) {shape=[1 2 3]} : float32[1x2x3] "r" [1]
  %3 = slice(%2) {begin=[0 0 0], size=[1 2 3], stride=[1 1 1]} : float32[1x2x3] "s" [2]
  %4 = unary(%3) {kind=abs} : float32[1x2x3] "a" [3]
  output %4
})", R"(graph "g" {
  input %0 "x" float32[1x2x3]
  %1 = unary(%0) {kind=neg} : float32[1x2x3] "n" [0]
  %2 = unary(%1) {kind=abs} : float32[1x2x3] "a" [3]
  output %2
})");
}

TEST(FoldConstants, KnownOperandsBecomeValues) {
  check_pass(fold_constants, R"(graph "g" {
  input %0 "x" float32[2]
  const %1 "k" float32[2] = 000080400000803f
  %2 = unary(%1) {kind=sqrt} : float32[2] "q" [0]
  %3 = binary(%0, %2) {kind=add} : float32[2] "s" [1]
  output %3
})", R"(graph "g" {
  input %0 "x" float32[2]
  const %1 "q" float32[2] = 000000400000803f
  %2 = binary(%0, %1) {kind=add} : float32[2] "s" [1]
  output %2
})");
}

TEST(GatherReductions, ATransposeBringsTheDimensionsTogether) {
  check_pass(gather_reductions, R"(graph "g" {
  input %0 "x" float32[1x2x3x4]
  %1 = reduce(%0) {kind=reduce_max, axes=[1 3], keep_dims=true} : float32[1x1x3x1] "m" [0]
  output %1
})", R"(graph "g" {
  input %0 "x" float32[1x2x3x4]
  %1 = transpose(%0) {permutation=[0 2 1 3]} : float32[1x3x2x4] "m_transposed" [0]
  %2 = reduce(%1) {kind=reduce_max, axes=[2 3]} : float32[1x3] "m" [0]
  %3 = reshape(%2) {shape=[1 1 3 1]} : float32[1x1x3x1] "m_shaped" [0]
  output %3
})");
}

TEST(RemoveDeadNodes, ChainsGoInOneSweep) {
  check_pass(remove_dead_nodes, R"(graph "g" {
  input %0 "x" float32[2]
  %1 = unary(%0) {kind=neg} : float32[2] "n" [0]
  %2 = unary(%1) {kind=abs} : float32[2] "a" [1]
  %3 = unary(%0) {kind=relu} : float32[2] "r" [2]
  output %3
})", R"(graph "g" {
  input %0 "x" float32[2]
  %1 = unary(%0) {kind=relu} : float32[2] "r" [2]
  output %1
})");
}

TEST(IoTypes, ConvertersStandAtTheBorder) {
  Graph graph = parse_graph(R"(graph "g" {
  input %0 "x" int8[1x4] q(0.5,-3)
  %1 = unary(%0) {kind=relu} : int8[1x4] q(0.5,-3) "r" [0]
  output %1
})");
  const std::vector<DType> uint8{DType::uint8}, float32{DType::float32};
  change_io_types(graph, uint8, float32);
  verify(graph);
  EXPECT_EQ(text(graph.inputs[0]->type), "uint8[1x4] q(0.5,125)");
  EXPECT_EQ(text(graph.outputs[0]->type), "float32[1x4]");
  Tensor input(graph.inputs[0]->type);
  input.data = {0, 125, 127, 255};   // -62.5, 0, 1, 65
  const std::vector<Tensor> outputs = evaluate(graph, std::span(&input, 1));
  EXPECT_EQ(std::vector<float>(outputs[0].as<float>().begin(), outputs[0].as<float>().end()), (std::vector<float>{0, 0, 1, 65}));
}

TEST(IoTypes, WhatCannotBeIsRefused) {
  Graph graph = parse_graph("graph \"g\" {\n  input %0 \"x\" float32[4]\n  %1 = unary(%0) {kind=relu} : float32[4] \"r\" [0]\n  output %1\n}");
  const std::vector<DType> int8{DType::int8}, three(3, DType::float32);
  EXPECT_THROW(change_io_types(graph, int8, {}), Error);
  EXPECT_THROW(change_io_types(graph, three, {}), Error);
}

TEST(GraphText, WrongTextsAreLoadErrors) {
  for (const std::string_view wrong : {"%0 = nonsense() {} : float32[1] \"x\"", "input %0 \"x\" float33[1]", "input %0 \"x\" float32[1", "output %7",
                                       "const %0 \"x\" float32[1] = 00", "input %0 x float32[1]", "input %0 \"x\" int8[2] q(a,0)"}) {
    EXPECT_THROW(parse_graph(wrong), Error) << wrong;
  }
}

}  // namespace
}  // namespace ew
