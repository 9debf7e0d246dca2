#include "validate/metrics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace ew {
namespace {

#include "validate/recorded_vectors.inc"

Tensor floats(const std::vector<float>& values, Shape shape) {
  Tensor out(Type{DType::float32, std::move(shape), {}});
  std::ranges::copy(values, out.as<float>().begin());
  return out;
}

Tensor bytes(const std::vector<int>& values, Shape shape, float scale, int zero) {
  Tensor out(Type{DType::int8, std::move(shape), Quant{{scale}, {zero}, -1}});
  std::ranges::transform(values, out.as<int8_t>().begin(), [](int v) { return static_cast<int8_t>(v); });
  return out;
}

void expect_metrics(const Metrics& m, const std::vector<double>& expected) {
  const std::vector<double> got = {m.acc.value_or(-1), m.rmse, m.mae, m.l2r, m.mean, m.std, m.nse, m.cos};
  for (size_t i = 0; i < got.size(); ++i) EXPECT_NEAR(got[i], expected[i], 1e-9 + 1e-9 * std::fabs(expected[i])) << i;
}

TEST(Metrics, EqualNumpysFloat) {
  expect_metrics(compute_metrics(floats(float_r, {5, 1, 1, 4}), floats(float_p, {5, 1, 1, 4}), true), float_metrics);
}

TEST(Metrics, DequantiseFirst) {
  expect_metrics(compute_metrics(bytes(int8_r, {6, 3}, 0.0371f, 5), bytes(int8_p, {6, 3}, 0.0371f, 5), true), int8_metrics);
}

TEST(Metrics, EqualValuesArePerfectEvenWhenNotFinite) {
  const Tensor r = floats({NAN, INFINITY, -INFINITY, 0}, {1, 4});
  const Metrics m = compute_metrics(r, r, false);
  EXPECT_FALSE(m.acc.has_value());
  EXPECT_EQ(m.rmse, 0);
  EXPECT_EQ(m.l2r, 0);
  EXPECT_EQ(m.nse, 1);
  EXPECT_EQ(m.cos, 1);
}

TEST(Metrics, NanOnOneSideIsSeen) {
  const Metrics m = compute_metrics(floats({1, 2}, {1, 2}), floats({1, NAN}, {1, 2}), false);
  EXPECT_TRUE(std::isnan(m.l2r));
  EXPECT_TRUE(std::isnan(m.rmse));
}

TEST(Metrics, PerChannelDequantisation) {
  Tensor t(Type{DType::int8, {2, 2}, Quant{{0.5f, 2.0f}, {0, 1}, 1}});
  std::ranges::copy(std::vector<int8_t>{4, 4, -2, 3}, t.as<int8_t>().begin());
  EXPECT_EQ(real_values(t), (std::vector<float>{2, 6, -1, 4}));
}

TEST(Classifier, IsDetectedByProbabilities) {
  EXPECT_TRUE(looks_like_classifier(floats({0.2f, 0.8f, 0.5f, 0.5f}, {2, 2})));
  EXPECT_TRUE(looks_like_classifier(bytes({-128, 127, 0, 0}, {2, 2}, 1.0f / 256, -128)));
  EXPECT_FALSE(looks_like_classifier(floats({0.2f, 0.7f}, {1, 2})));
  EXPECT_FALSE(looks_like_classifier(floats({-0.2f, 1.2f}, {1, 2})));
  EXPECT_FALSE(looks_like_classifier(floats({1.0f, 1.0f}, {2, 1})));
}

TEST(Classifier, ConfusionMatrixCountsReferenceByPrediction) {
  const ConfusionMatrix cm = confusion_matrix(floats({1, 0, 1, 0, 0, 1}, {3, 2}), floats({1, 0, 0, 1, 0, 1}, {3, 2}));
  EXPECT_EQ(cm.counts, (std::vector<std::vector<int64_t>>{{1, 1}, {0, 1}}));
  EXPECT_EQ(cm.samples, 3);
  EXPECT_TRUE(confusion_matrix(Tensor(Type{DType::float32, {1, 21}, {}}), Tensor(Type{DType::float32, {1, 21}, {}})).counts.empty());
}

TEST(Statistics, AreOfTheStoredNumbers) {
  const Statistics s = statistics(bytes({-2, 2, 4, 0}, {1, 4}, 0.5f, 3));
  EXPECT_EQ(s.min, -2);
  EXPECT_EQ(s.max, 4);
  EXPECT_EQ(s.mean, 1);
  EXPECT_DOUBLE_EQ(s.std, std::sqrt(5.0));
}

}  // namespace
}  // namespace ew
