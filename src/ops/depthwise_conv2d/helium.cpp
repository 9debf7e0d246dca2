#include "ops/depthwise_conv2d/helium.h"

#include <algorithm>

namespace ew {
namespace {

// values[from[i]] for every i.
template <class T>
std::vector<T> picked(std::span<const T> values, const std::vector<int64_t>& from) {
  std::vector<T> result;
  result.reserve(from.size());
  for (const int64_t i : from) result.push_back(values[static_cast<size_t>(i)]);
  return result;
}

template <class T>
Tensor tensor_of(DType dtype, const std::vector<T>& values) {
  Tensor tensor({dtype, {static_cast<int64_t>(values.size())}, {}});
  std::copy(values.begin(), values.end(), tensor.as<T>().begin());
  return tensor;
}

// `weights_from`, `tables_from`: which element stands at each place.
DepthwiseParameters reordered(const DepthwiseParameters& p, const std::vector<int64_t>& weights_from, const std::vector<int64_t>& tables_from) {
  const std::span<const int32_t> multipliers = p.tables.multipliers;
  const std::span<const int8_t> shifts = p.tables.shifts;
  return {tensor_of(DType::int8, picked(p.weights.as<int8_t>(), weights_from)), tensor_of(DType::int32, picked(p.bias.as<int32_t>(), tables_from)),
          {picked(multipliers, tables_from), picked(shifts, tables_from)}};
}

// The taps kernel column after kernel column, as places in the weights.
std::vector<int64_t> taps_by_columns(const Shape& weights) {
  std::vector<int64_t> taps;
  for (int64_t x = 0; x < weights[2]; ++x)
    for (int64_t y = 0; y < weights[1]; ++y) taps.push_back((y * weights[2] + x) * weights[3]);
  return taps;
}

}  // namespace

DepthwiseParameters in_blocks_of_16(const DepthwiseParameters& p) {
  constexpr int64_t block = 16;
  const int64_t channels = p.weights.type.shape[3];
  std::vector<int64_t> weights, tables;
  for (int64_t first = 0; first < channels; first += block) {
    const int64_t count = std::min(block, channels - first);
    for (const int64_t tap : taps_by_columns(p.weights.type.shape))
      for (int64_t i = 0; i < count; ++i) weights.push_back(tap + first + i);
    for (int64_t i = 0; i < count; ++i) tables.push_back(first + (count == block ? i % 4 * 4 + i / 4 : i));
  }
  return reordered(p, weights, tables);
}

DepthwiseParameters wrapped(const DepthwiseParameters& p) {
  const int64_t channels = p.weights.type.shape[3], length = channels + 15;
  std::vector<int64_t> weights, tables;
  for (const int64_t tap : taps_by_columns(p.weights.type.shape))
    for (int64_t i = 0; i < length; ++i) weights.push_back(tap + i % channels);
  for (int64_t i = 0; i < length; ++i) tables.push_back(i % channels);
  return reordered(p, weights, tables);
}

bool thin_and_dense(const Node& node, const Target&) { return node.in[0]->type.shape[3] < 16 && node.as<Convolution>().sliding.stride_w == 1; }

}  // namespace ew
