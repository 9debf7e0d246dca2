// How far the generated network's values are from the reference. Formulas: docs/validation.md; r is the reference, p the prediction.
#pragma once

#include "ir/tensor.h"

#include <optional>
#include <vector>

namespace ew {

struct Metrics {
  std::optional<double> acc;  // share of samples with argmax(r) == argmax(p) along the last axis, 0..1; none: not a classifier
  double rmse = 0;            // sqrt(mean((r - p)^2))
  double mae = 0;             // mean(|r - p|)
  double l2r = 0;             // |r - p| / (|p| + eps); the prediction is the denominator
  double mean = 0;            // mean(r - p)
  double std = 0;             // standard deviation of r - p, ddof 1
  double nse = 1;             // 1 - mean((r - p)^2) / (variance of r, ddof 1, + eps)
  double cos = 1;             // r . p / (|r| |p|)
};

// The values as real numbers in float32: integers with a quantisation are dequantised.
std::vector<float> real_values(const Tensor& tensor);

// Both tensors hold the same number of values; the last axis of `r` is the class axis. Two values that are the same NaN or infinity do not differ;
// a NaN or infinity on one side only makes the metrics NaN or infinite, never an error.
Metrics compute_metrics(const Tensor& r, const Tensor& p, bool classifier);

// Values that can be probabilities: at least two classes, all in [0, 1], each sample's sum 1 (tolerance 0.01 + half a quantisation step a class).
bool looks_like_classifier(const Tensor& r);

// counts[reference][prediction]; empty for more than 20 classes.
struct ConfusionMatrix {
  std::vector<std::vector<int64_t>> counts;
  int64_t samples = 0;
};
ConfusionMatrix confusion_matrix(const Tensor& r, const Tensor& p);

// What the reports print of a tensor's stored numbers: not dequantised. std with ddof 0, as numpy's default.
struct Statistics {
  double min = 0, max = 0, mean = 0, std = 0;
};
Statistics statistics(const Tensor& tensor);

}  // namespace ew
