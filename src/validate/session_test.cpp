// A whole validation against networks that only pretend to run: what is computed, written and said.
#include "base/error.h"
#include "validate/compare.h"
#include "validate/npy.h"
#include "validate/session.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace ew {
namespace {

// y = 2 x on two float values, in one c-node.
class Doubler : public Runner {
 public:
  Doubler() {
    info_.name = "network";
    info_.inputs = {{"x", {DType::float32, {1, 2}, {}}, true}};
    info_.outputs = {{"y", {DType::float32, {1, 2}, {}}, true}};
    info_.protocol = "pretended";
    info_.macc = 2;
    info_.nodes = 1;
  }
  const ModelDescription& info() override { return info_; }
  RunResult run(const std::vector<Tensor>& inputs, const RunOptions& options) override {
    RunResult result;
    const int64_t samples = count_samples(inputs, info_.inputs);
    Tensor output(batched(info_.outputs[0].type, samples));
    std::ranges::transform(inputs[0].as<float>(), output.as<float>().begin(), [](float v) { return 2 * v; });
    result.outputs.push_back(std::move(output));
    result.unit = Unit::instructions;
    result.whole.counts.assign(static_cast<size_t>(samples), 1000);
    if (options.per_layer) {
      NodeResult node;
      node.type_name = "Dense";
      node.layer_type = 0x104;
      node.name = "ai_node_0";
      node.m_id = 3;
      node.measured.counts.assign(static_cast<size_t>(samples), 900);
      result.nodes.push_back(node);
    }
    return result;
  }
  ModelDescription info_;
};

Program doubling_program() {
  Program program;
  program.model.hash = "0x12";
  for (const char* name : {"x", "y"}) {
    Array array;
    array.id = static_cast<int>(program.arrays.size());
    array.value_name = name;
    array.type = {DType::float32, {1, 2}, {}};
    array.m_id = 3;
    program.arrays.push_back(array);
  }
  program.arrays[0].input = 0;
  program.arrays[1].output = 0;
  program.inputs = {0};
  program.outputs = {1};
  CNode node;
  node.name = "dense_3";
  node.inputs = {0};
  node.outputs = {1};
  node.macc = 2;
  program.nodes = {node};
  return program;
}

class Session : public testing::Test {
 protected:
  ValidationResult run(Validation v) {
    v.program = &program_;
    v.runner = &runner_;
    v.output = folder_.path() / "out";
    v.date = "2026-04-04 23:37:12";
    OutputFiles files;
    ValidationResult result = validate(v, files);
    files.commit();
    return result;
  }
  std::filesystem::path write(const std::string& name, const std::vector<float>& values) {
    Tensor tensor(Type{DType::float32, {static_cast<int64_t>(values.size()) / 2, 2}, {}});
    std::ranges::copy(values, tensor.as<float>().begin());
    write_npy(folder_.path() / name, tensor);
    return folder_.path() / name;
  }
  Program program_ = doubling_program();
  Doubler runner_;
  TemporaryFolder folder_;
};

TEST_F(Session, ComparesWithTheUsersValues) {
  Validation v;
  v.no_exec_model = true;
  v.data.inputs = {write("x.npy", {1, 2, 3, 4})};
  v.data.outputs = {write("y.npy", {2, 4, 6, 9})};
  const ValidationResult result = run(v);
  ASSERT_TRUE(result.entry.has_value());
  ASSERT_EQ(result.entry->val_metrics.size(), 1U);
  EXPECT_DOUBLE_EQ(result.entry->val_metrics[0].rmse, 0.5);
  EXPECT_EQ(result.entry->val_error_desc, "c-model (l2r) #1");
  EXPECT_NE(result.blocks.after_complexity.find("HOST c-model #1"), std::string::npos);
  EXPECT_EQ(result.blocks.after_complexity.find("X-cross"), std::string::npos);
  EXPECT_NE(result.blocks.after_complexity.find("'y', 2 x f32(1x2), m_id=[3]"), std::string::npos) << result.blocks.after_complexity;
}

TEST_F(Session, WritesItsData) {
  Validation v;
  v.no_exec_model = true;
  v.data.batches = 3;
  run(v);
  const NamedArrays arrays = read_npz(folder_.path() / "out" / "network_val_io.npz");
  ASSERT_EQ(arrays.size(), 3U);
  EXPECT_EQ(arrays[0].first, "m_inputs_1");
  EXPECT_EQ(arrays[0].second.tensor.type.shape, (Shape{3, 2}));
  EXPECT_EQ(arrays[1].first, "c_inputs_1");
  EXPECT_EQ(arrays[1].second.tensor.type.shape, (Shape{3, 1, 1, 2}));
  EXPECT_EQ(arrays[2].first, "c_outputs_1");
  EXPECT_EQ(arrays[2].second.tensor.as<float>()[5], 2 * arrays[0].second.tensor.as<float>()[5]);
  for (const char* file : {"network_val_m_inputs_1.npy", "network_val_c_outputs_1.npy", "network_val_c_outputs_1.csv"}) {
    EXPECT_TRUE(std::filesystem::exists(folder_.path() / "out" / file)) << file;
  }
}

TEST_F(Session, AVirtualBoardCountsInstructionsAndHasNoTime) {
  Validation v;
  v.no_exec_model = true;
  v.target = true;
  const ValidationResult result = run(v);
  const std::string& text = result.blocks.after_c_layers;
  EXPECT_NE(text.find("mode=TARGET"), std::string::npos);
  EXPECT_NE(text.find("instructions/MACC   :   500.00\n"), std::string::npos) << text;
  EXPECT_NE(text.find("instructions        :   [1,000]\n"), std::string::npos) << text;
  EXPECT_NE(text.find("Dense (0x104)   90.0%    90.0%"), std::string::npos) << text;
  EXPECT_EQ(text.find("ms by sample"), std::string::npos) << text;
  EXPECT_EQ(result.blocks.c_durations, std::vector<double>{900});
}

TEST_F(Session, RefusesAnotherNetworkOnTheBoard) {
  Validation v;
  v.no_exec_model = true;
  runner_.info_.hash = "0x34";
  EXPECT_THROW(run(v), Error);
  runner_.info_.hash = "";
  runner_.info_.outputs[0].type.shape = {1, 3};
  EXPECT_THROW(run(v), Error);
}

TEST(Difference, IntegersMustBeEqual) {
  Tensor r(Type{DType::uint8, {1, 3}, Quant{{0.5f}, {130}, -1}}), p(Type{DType::int8, {1, 3}, Quant{{0.5f}, {2}, -1}});
  std::ranges::copy(std::vector<uint8_t>{128, 130, 255}, r.as<uint8_t>().begin());
  std::ranges::copy(std::vector<int8_t>{0, 2, 127}, p.as<int8_t>().begin());
  EXPECT_FALSE(difference(r, p).any());
  p.as<int8_t>()[1] = 5;
  const Difference d = difference(r, p);
  EXPECT_EQ(d.values, 1);
  EXPECT_EQ(d.first, 1);
  EXPECT_EQ(d.largest, 3);
}

TEST(Difference, RealNumbersMayDifferByALittle) {
  Tensor r(Type{DType::float32, {1, 2}, {}}), p = r;
  r.as<float>()[0] = 100.0f;
  p.as<float>()[0] = 100.0005f;
  EXPECT_FALSE(difference(r, p).any());
  p.as<float>()[1] = 0.01f;
  EXPECT_EQ(difference(r, p).first, 1);
  p.as<float>()[1] = NAN;
  EXPECT_TRUE(difference(r, p).any());
}

TEST(Layers, TheFirstThatDiffersIsNamed) {
  Program program = doubling_program();
  NodeResult node;
  node.data = {Tensor(Type{DType::float32, {1, 2}, {}})};
  node.data[0].as<float>()[1] = 3.0f;
  ReferenceLayer layer{5, "y", Tensor(Type{DType::float32, {1, 2}, {}})};
  layer.value.as<float>()[0] = 1.0f;
  layer.value.as<float>()[1] = 3.0f;
  const std::vector<LayerComparison> layers = compare_layers(program, {node}, {layer});
  ASSERT_EQ(layers.size(), 1U);
  EXPECT_EQ(difference_text(layers[0]), "c-node 0 'dense_3' (m_id 5, tensor 'y'): 1 of 2 values differ, by at most 1, the first at index 0");
  EXPECT_TRUE(compare_layers(program, {node}, {{5, "another", layer.value}}).empty());
}

// Channel 0 of 3 is read by nobody, channel 2 is always 5: what the network computes is channel 1.
TEST(Layers, RemovedChannelsArePutBack) {
  Program program = doubling_program();
  program.arrays[static_cast<size_t>(program.nodes[0].outputs[0])].removed = RemovedChannels{3, {1}, {{2, 5}}};
  NodeResult node;
  node.data = {Tensor(Type{DType::int8, {1, 2, 1}, {}})};
  node.data[0].data = {10, 20};
  ReferenceLayer layer{5, "y", Tensor(Type{DType::int8, {1, 2, 3}, {}})};
  layer.value.data = {1, 10, 5, 2, 20, 5};
  std::vector<LayerComparison> layers = compare_layers(program, {node}, {layer});
  ASSERT_EQ(layers.size(), 1U);
  EXPECT_EQ(layers[0].difference.of, 6);
  EXPECT_FALSE(layers[0].difference.any());
  layer.value.data = {1, 10, 5, 2, 20, 6};       // a constant that is none
  layers = compare_layers(program, {node}, {layer});
  EXPECT_EQ(layers[0].difference.first, 5);
  layer.value = Tensor(Type{DType::uint8, {1, 2, 3}, {}});
  layer.value.data = {129, 138, 133, 130, 148, 133};
  EXPECT_FALSE(compare_layers(program, {node}, {layer})[0].difference.any());
}

// x -> +1 -> a -> *2 -> b -> -3 -> y, on one value. As streamed, the first two are a group and what they make is never seen.
class Chain : public Runner {
 public:
  Chain(bool opened, float factor) : opened_(opened), factor_(factor) {
    info_.inputs = {{"x", one_, true}};
    info_.outputs = {{"y", one_, true}};
    info_.capabilities = {"IO_ONLY", "PER_LAYER", "PER_LAYER_WITH_DATA"};
  }
  const ModelDescription& info() override { return info_; }
  RunResult run(const std::vector<Tensor>& inputs, const RunOptions& options) override {
    RunResult result;
    const int64_t samples = count_samples(inputs, info_.inputs);
    const auto map = [&](const Tensor& from, auto f) {
      Tensor to(batched(one_, samples));
      std::ranges::transform(from.as<float>(), to.as<float>().begin(), f);
      return to;
    };
    const Tensor a = map(inputs[0], [](float v) { return v + 1; });
    const Tensor b = map(a, [&](float v) { return factor_ * v; });
    const Tensor y = map(b, [](float v) { return v - 3; });
    result.outputs = {y};
    if (!options.per_layer) return result;
    for (const Tensor& tensor : opened_ ? std::vector{a, b, y} : std::vector{b, y}) {
      NodeResult& node = result.nodes.emplace_back();
      node.c_id = static_cast<int>(result.nodes.size()) - 1;
      if (options.with_data) node.data = {tensor};
    }
    ++runs_with_layers_;
    return result;
  }
  int runs_with_layers_ = 0;

 private:
  Type one_{DType::float32, {1, 1}, {}};
  ModelDescription info_;
  bool opened_;
  float factor_;
};

Program chain_program(bool opened) {
  Program program;
  for (const char* name : {"x", "a", "b", "y"}) {
    Array array;
    array.id = static_cast<int>(program.arrays.size());
    array.value_name = name;
    array.type = {DType::float32, {1, 1}, {}};
    program.arrays.push_back(array);
  }
  program.arrays[0].input = 0;
  program.arrays[3].output = 0;
  program.inputs = {0};
  program.outputs = {3};
  for (const int made : {1, 2, 3}) {
    CNode node;
    node.name = "layer_" + std::to_string(made - 1);
    node.inputs = {made - 1};
    node.outputs = {made};
    program.nodes.push_back(node);
  }
  if (opened) return program;
  CNode group;
  group.name = "stream_0";
  group.inputs = {0};
  group.outputs = {2};
  group.steps = {program.nodes[0], program.nodes[1]};
  program.nodes = {group, program.nodes[2]};
  return program;
}

class OpenedSession : public testing::Test {
 protected:
  // The original model computes `a` and `b` with these; the opened build multiplies by `opened_factor`.
  ValidationResult run(float addend, float factor, float opened_factor, bool full = false) {
    Chain shipped(false, 2), opened(true, opened_factor);
    Validation v;
    v.program = &shipped_program_;
    v.runner = &shipped;
    v.open = [&] {
      ++opened_times_;
      return OpenedNetwork{&opened_program_, &opened};
    };
    v.reference = [=](const ReferenceRequest& request) {
      const Tensor& x = request.inputs[0];
      const auto layer = [&](int m_id, const char* name, auto f) {
        Tensor value = x;
        std::ranges::transform(x.as<float>(), value.as<float>().begin(), f);
        return ReferenceLayer{m_id, name, value};
      };
      ReferenceResult result;
      result.layers = {layer(0, "a", [=](float t) { return t + addend; }), layer(1, "b", [=](float t) { return factor * (t + addend); }),
                       layer(2, "y", [=](float t) { return factor * (t + addend) - 3; })};
      result.outputs = {result.layers[2].value};
      return result;
    };
    v.full = full;
    v.output = folder_.path() / "out";
    OutputFiles files;
    return validate(v, files);
  }
  Program shipped_program_ = chain_program(false), opened_program_ = chain_program(true);
  TemporaryFolder folder_;
  int opened_times_ = 0;
};

TEST_F(OpenedSession, IsNotMadeWhenTheOutputsAreEqual) {
  const ValidationResult result = run(1, 2, 2);
  EXPECT_FALSE(result.differs);
  EXPECT_EQ(opened_times_, 0);
}

TEST_F(OpenedSession, NamesTheLayerInsideAGroup) {
  const std::string last = run(1, 2.5F, 2).blocks.after_c_layers;
  EXPECT_NE(last.find("Its outputs equal the network's"), std::string::npos) << last;
  EXPECT_NE(last.find("The first layer that differs: c-node 0 'stream_0', layer 'layer_1' (m_id 1, tensor 'b')"), std::string::npos) << last;
  const std::string first = run(1.5F, 2, 2).blocks.after_c_layers;
  EXPECT_NE(first.find("The first layer that differs: c-node 0 'stream_0', layer 'layer_0' (m_id 0, tensor 'a')"), std::string::npos) << first;
  EXPECT_EQ(opened_times_, 2);
}

TEST_F(OpenedSession, SaysWhenStreamingChangesTheResult) {
  const std::string text = run(1, 2.5F, 2.5F).blocks.after_c_layers;
  EXPECT_NE(text.find("ITS OUTPUTS DIFFER FROM THE NETWORK'S in 1 values"), std::string::npos) << text;
  EXPECT_NE(text.find("None of the 3 layers that can be compared differs"), std::string::npos) << text;
}

TEST_F(OpenedSession, FullGivesTheErrorsOfLayersInsideAGroup) {
  const ValidationResult result = run(1, 2, 2, true);
  EXPECT_EQ(opened_times_, 1);
  EXPECT_EQ(result.blocks.errors.size(), 3U);
  EXPECT_EQ(result.blocks.errors.at("layer_0"), 0);
  const ValidationResult off = run(1.5F, 2, 2, true);
  EXPECT_GT(off.blocks.errors.at("layer_0"), 0.01);
  EXPECT_EQ(opened_times_, 2);
}

}  // namespace
}  // namespace ew
