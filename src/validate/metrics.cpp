#include "validate/metrics.h"

#include "base/error.h"
#include "validate/half.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ew {
namespace {

constexpr double eps = std::numeric_limits<float>::epsilon();
constexpr int64_t max_classes = 20;

template <class T> std::vector<float> to_real(const Tensor& tensor) {
  const auto values = tensor.as<T>();
  std::vector<float> out(values.size());
  const std::optional<Quant>& quant = tensor.type.quant;
  if (!quant || quant->scale.empty()) {
    std::ranges::transform(values, out.begin(), [](T v) { return static_cast<float>(v); });
    return out;
  }
  int64_t inner = static_cast<int64_t>(values.size());
  if (quant->axis >= 0 && quant->scale.size() > 1) {
    inner = 1;
    for (size_t d = static_cast<size_t>(quant->axis) + 1; d < tensor.type.shape.size(); ++d) inner *= tensor.type.shape[d];
  }
  for (size_t i = 0; i < values.size(); ++i) {
    const size_t channel = (i / static_cast<size_t>(inner)) % quant->scale.size();
    const int32_t zero = channel < quant->zero.size() ? quant->zero[channel] : 0;
    out[i] = quant->scale[channel] * static_cast<float>(static_cast<int64_t>(values[i]) - zero);
  }
  return out;
}

bool same(float a, float b) { return a == b || (std::isnan(a) && std::isnan(b)); }

double norm(const std::vector<float>& values) {
  double sum = 0;
  for (const float v : values) sum += static_cast<double>(v) * v;
  return std::sqrt(sum);
}

// Variance with ddof 1; 0 for a single value.
double variance(const std::vector<float>& values) {
  if (values.size() < 2) return 0;
  double mean = 0, sum = 0;
  for (const float v : values) mean += v;
  mean /= static_cast<double>(values.size());
  for (const float v : values) sum += (v - mean) * (v - mean);
  return sum / static_cast<double>(values.size() - 1);
}

double cosine(const std::vector<float>& r, const std::vector<float>& p) {
  double dot = 0;
  for (size_t i = 0; i < r.size(); ++i) dot += static_cast<double>(r[i]) * p[i];
  const double norms = norm(r) * norm(p);
  if (std::fabs(dot - norms) <= eps) return 1.0;
  return dot / norms;
}

int64_t classes_of(const Tensor& tensor) { return tensor.type.shape.empty() ? 1 : tensor.type.shape.back(); }

// argmax along the last axis, for each row.
std::vector<size_t> argmax_rows(const std::vector<float>& values, int64_t classes) {
  std::vector<size_t> out;
  const auto width = static_cast<std::ptrdiff_t>(classes);
  for (auto row = values.begin(); width > 0 && values.end() - row >= width; row += width) {
    out.push_back(static_cast<size_t>(std::max_element(row, row + width) - row));
  }
  return out;
}

double accuracy(const std::vector<float>& r, const std::vector<float>& p, int64_t classes) {
  const std::vector<size_t> expected = argmax_rows(r, classes), predicted = argmax_rows(p, classes);
  if (expected.empty()) return 1.0;
  size_t equal = 0;
  for (size_t i = 0; i < expected.size(); ++i) equal += expected[i] == predicted[i];
  return static_cast<double>(equal) / static_cast<double>(expected.size());
}

}  // namespace

std::vector<float> real_values(const Tensor& tensor) {
  switch (tensor.type.dtype) {
    case DType::float32: return {tensor.as<float>().begin(), tensor.as<float>().end()};
    case DType::float16: {
      const auto bits = tensor.as<uint16_t>();
      std::vector<float> out(bits.size());
      std::ranges::transform(bits, out.begin(), float_from_half);
      return out;
    }
    case DType::int8: return to_real<int8_t>(tensor);
    case DType::uint8:
    case DType::boolean: return to_real<uint8_t>(tensor);
    case DType::int16: return to_real<int16_t>(tensor);
    case DType::int32: return to_real<int32_t>(tensor);
    case DType::int64: return to_real<int64_t>(tensor);
  }
  return {};
}

Metrics compute_metrics(const Tensor& r_tensor, const Tensor& p_tensor, bool classifier) {
  const std::vector<float> r = real_values(r_tensor), p = real_values(p_tensor);
  if (r.size() != p.size()) throw internal_error(fmt::format("metrics of {} reference values against {} values", r.size(), p.size()));
  Metrics out;
  if (classifier) out.acc = accuracy(r, p, classes_of(r_tensor));
  std::vector<float> difference(r.size());
  bool equal = true;
  double squares = 0, absolutes = 0, sum = 0;
  for (size_t i = 0; i < r.size(); ++i) {
    if (same(r[i], p[i])) continue;
    equal = false;
    const float d = r[i] - p[i];
    difference[i] = d;
    squares += static_cast<double>(d) * d;
    absolutes += std::fabs(d);
    sum += d;
  }
  if (equal) return out;  // also spares us 0 / NaN when the values themselves are not finite
  const auto count = static_cast<double>(r.size());
  out.rmse = std::sqrt(squares / count);
  out.mae = absolutes / count;
  out.l2r = std::sqrt(squares) / (norm(p) + eps);
  out.mean = sum / count;
  out.std = std::sqrt(variance(difference));
  out.nse = 1.0 - squares / count / (variance(r) + eps);
  out.cos = cosine(r, p);
  return out;
}

bool looks_like_classifier(const Tensor& r) {
  const int64_t classes = classes_of(r);
  const std::vector<float> values = real_values(r);
  if (classes < 2 || values.empty()) return false;
  const float step = r.type.quant && !r.type.quant->scale.empty() ? r.type.quant->scale[0] : 0.0f;
  const float tolerance = 0.01f + 0.5f * step * static_cast<float>(classes);
  float sum = 0;
  for (size_t i = 0; i < values.size(); ++i) {
    if (!(values[i] >= -1e-6f && values[i] <= 1.0f + 1e-6f)) return false;
    sum += values[i];
    if ((i + 1) % static_cast<size_t>(classes) != 0) continue;
    if (std::fabs(sum - 1.0f) > tolerance) return false;
    sum = 0;
  }
  return true;
}

ConfusionMatrix confusion_matrix(const Tensor& r, const Tensor& p) {
  ConfusionMatrix out;
  const int64_t classes = classes_of(r);
  if (classes > max_classes) return out;
  const std::vector<size_t> expected = argmax_rows(real_values(r), classes), predicted = argmax_rows(real_values(p), classes);
  out.counts.assign(static_cast<size_t>(classes), std::vector<int64_t>(static_cast<size_t>(classes), 0));
  for (size_t i = 0; i < expected.size() && i < predicted.size(); ++i) ++out.counts[expected[i]][predicted[i]];
  out.samples = static_cast<int64_t>(expected.size());
  return out;
}

Statistics statistics(const Tensor& tensor) {
  Tensor plain;
  plain.type = {tensor.type.dtype, tensor.type.shape, {}};
  plain.data = tensor.data;
  const std::vector<float> values = real_values(plain);
  Statistics out;
  if (values.empty()) return out;
  out.min = values[0];
  out.max = values[0];
  double squares = 0;
  for (const float v : values) {
    out.min = std::min<double>(out.min, v);
    out.max = std::max<double>(out.max, v);
    out.mean += v;
  }
  const auto count = static_cast<double>(values.size());
  out.mean /= count;
  for (const float v : values) squares += (v - out.mean) * (v - out.mean);
  out.std = std::sqrt(squares / count);
  return out;
}

}  // namespace ew
