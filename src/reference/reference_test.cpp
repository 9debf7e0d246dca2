#include "reference/reference.h"

#include "base/error.h"
#include "base/files.h"
#include "base/process.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace ew {
namespace {

namespace fs = std::filesystem;

// Small models made by make_test_models.py beside this file.
class Reference : public testing::Test {
 protected:
  void SetUp() override {
    if (!reference_python()) GTEST_SKIP() << "no Python environment: run ./check";
    const fs::path script = fs::path(EDGEWRIGHT_SOURCE_DIR) / "src/reference/make_test_models.py";
    run_tool({reference_python()->string(), script.string(), folder_.path().string()}, "run ./check");
  }
  ReferenceResult run(const std::string& name, const std::vector<float>& values, int64_t samples, bool layers = false) {
    ReferenceRequest request{folder_.path() / (name + ".tflite"), {}, layers, std::chrono::seconds(60)};
    Tensor input(Type{DType::float32, {samples, static_cast<int64_t>(values.size()) / samples}, {}});
    std::ranges::copy(values, input.as<float>().begin());
    request.inputs.push_back(std::move(input));
    return run_reference(request);
  }
  static std::vector<float> values(const Tensor& tensor) { return {tensor.as<float>().begin(), tensor.as<float>().end()}; }
  TemporaryFolder folder_;
};

TEST_F(Reference, RunsEverySampleAndGivesTheLayers) {
  const ReferenceResult result = run("relu_then_dense", {1, -1, 2, 3}, 2, true);
  ASSERT_EQ(result.outputs.size(), 1U);
  EXPECT_EQ(result.outputs[0].type, (Type{DType::float32, {2, 2}, {}}));
  EXPECT_EQ(values(result.outputs[0]), (std::vector<float>{1, 3, 8, 18}));
  ASSERT_EQ(result.layers.size(), 2U);
  EXPECT_EQ(result.layers[0].name, "rectified");
  EXPECT_EQ(result.layers[0].m_id, 0);
  EXPECT_EQ(values(result.layers[0].value), (std::vector<float>{1, 0, 2, 3}));
  EXPECT_TRUE(result.framework.ends_with("(BUILTIN_REF)")) << result.framework;
  EXPECT_TRUE(result.notes.empty());
}

TEST_F(Reference, DequantisesTheWeightsOfHybridModels) {
  const ReferenceResult result = run("hybrid_dense", {0.3f, 0.7f}, 1);
  EXPECT_FLOAT_EQ(values(result.outputs[0])[0], 0.3f + 2 * 0.7f);  // quantised activations would be off by about 0.002
  ASSERT_EQ(result.notes.size(), 1U);
  EXPECT_NE(result.notes[0].find("hybrid"), std::string::npos);
}

TEST_F(Reference, TakesTheOptimisedKernelsWhereTheReferenceOnesRefuse) {
  const ReferenceResult result = run("elu", {-1, 2}, 1);
  EXPECT_FLOAT_EQ(values(result.outputs[0])[0], std::expm1(-1.0f));
  EXPECT_TRUE(result.framework.ends_with("(BUILTIN_WITHOUT_DEFAULT_DELEGATES)")) << result.framework;
  EXPECT_EQ(result.notes.size(), 1U);
}

TEST_F(Reference, SaysWhatIsWrong) {
  for (const auto& [name, message] : {std::pair{"no_such_model", "No such file"}, std::pair{"relu_then_dense", "bytes per sample"}}) {
    try {
      run(name, {1, 2, 3}, 1);
      FAIL() << name;
    } catch (const Error& error) {
      EXPECT_EQ(error.category(), Category::tools);
      EXPECT_NE(error.text().find(message), std::string::npos) << error.text();
      EXPECT_NE(error.text().find("--no-exec-model"), std::string::npos);
    }
  }
}

TEST(ReferenceEnvironment, MissingInterpreterNamesTheRemedy) {
  const char* before = std::getenv("EDGEWRIGHT_PYTHON");
  const std::string kept = before == nullptr ? "" : before;
  setenv("EDGEWRIGHT_PYTHON", "/nonexistent/python", 1);
  try {
    run_reference({"x.tflite", {}, false, std::chrono::seconds(1)});
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.category(), Category::tools);
    EXPECT_NE(error.text().find("./check"), std::string::npos) << error.text();
  }
  if (kept.empty()) unsetenv("EDGEWRIGHT_PYTHON");
  else setenv("EDGEWRIGHT_PYTHON", kept.c_str(), 1);
}

}  // namespace
}  // namespace ew
