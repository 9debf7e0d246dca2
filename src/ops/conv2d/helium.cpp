#include "ops/conv2d/helium.h"

#include <algorithm>

namespace ew {
namespace {

// One output channel's weights in the order [kernel_w][kernel_h][channel]: that of the kernel's strip of columns.
std::vector<int8_t> by_columns(std::span<const int8_t> filter, const FilterShape& s) {
  std::vector<int8_t> result;
  result.reserve(filter.size());
  for (int64_t x = 0; x < s.kernel_w; ++x)
    for (int64_t y = 0; y < s.kernel_h; ++y) {
      const auto from = filter.begin() + (y * s.kernel_w + x) * s.channels;
      result.insert(result.end(), from, from + s.channels);
    }
  return result;
}

}  // namespace

Tensor helium_filters(const Tensor& weights, const FilterShape& s) {
  constexpr int64_t block = 4, vector = 16;
  const int64_t k = s.kernel_h * s.kernel_w * s.channels, in_group = s.out_channels / s.groups, rest = k % vector;
  const int64_t behind = rest == 0 ? 0 : vector - rest;              // a block's rest is loaded as whole vectors
  Tensor result = behind == 0 ? weights : Tensor({DType::int8, {s.out_channels * k + behind}, {}});
  const auto from = weights.as<int8_t>();
  auto to = result.as<int8_t>().begin();
  for (int64_t first = 0; first < s.out_channels; first += in_group) {
    for (int64_t o = first; o < first + in_group;) {
      const int64_t count = first + in_group - o >= block ? block : 1;
      std::vector<std::vector<int8_t>> filters;
      for (int64_t i = 0; i < count; ++i) filters.push_back(by_columns(from.subspan(static_cast<size_t>((o + i) * k), static_cast<size_t>(k)), s));
      const auto put = [&](int64_t at, int64_t length) {
        for (const auto& filter : filters) to = std::copy_n(filter.begin() + at, length, to);
      };
      if (rest != 0) put(0, rest);
      for (int64_t at = rest; at < k; at += vector) put(at, vector);
      o += count;
    }
  }
  return result;
}

int64_t helium_strip(const FilterShape& s, int64_t stride_w, int64_t out_width) {
  const int64_t column = s.kernel_h * s.channels, fit = (768 / column - s.kernel_w) / stride_w + 1;
  const int64_t pixels = std::min(std::clamp<int64_t>(fit & ~int64_t{1}, 4, 16), out_width);
  return ((pixels - 1) * stride_w + s.kernel_w) * column;
}

bool has_helium(const Node&, const Target& target) { return target.features.mve; }

bool columns_not_dilated(const Node& node, const Target&) { return node.as<Convolution>().sliding.dilation_w == 1; }

}  // namespace ew
