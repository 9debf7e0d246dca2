#include "ops/conv2d/plain_core.h"

#include <algorithm>

namespace ew {
namespace {

// Do the sums of this many consecutive products stay where the kernel can tell three of them apart, whatever the input?
bool chunks_fit(std::span<const int8_t> weights, int64_t k, int64_t chunk) {
  constexpr int64_t lowest = -1044480, highest = lowest + (int64_t{1} << 21) - 1;
  for (size_t channel = 0; channel < weights.size(); channel += static_cast<size_t>(k)) {
    for (int64_t first = 0; first < k; first += chunk) {
      int64_t low = 0, high = 0;
      for (int64_t i = first; i < std::min(first + chunk, k); ++i) {
        const int64_t w = weights[channel + static_cast<size_t>(i)];
        low += w > 0 ? -128 * w : 127 * w;
        high += w > 0 ? 127 * w : -128 * w;
      }
      if (low < lowest || high > highest) return false;
    }
  }
  return true;
}

}  // namespace

Tensor lane_weights(const Tensor& weights, int64_t out_channels, int64_t block) {
  const auto from = weights.as<int8_t>();
  const auto channels = static_cast<size_t>(out_channels), lanes = static_cast<size_t>(block), k = from.size() / channels;
  Tensor result = weights;
  const auto to = result.as<int8_t>();
  size_t at = 0;
  for (size_t c = 0; c + lanes <= channels; c += lanes)
    for (size_t i = 0; i < k; ++i)
      for (size_t j = 0; j < lanes; ++j) to[at++] = static_cast<int8_t>(from[(c + j) * k + i] ^ (j % 4 < 3 ? -128 : 0));  // ^ -128: plus 128
  return result;  // the last channels stay as they are
}

int64_t triple_chunk(const Tensor& weights, int64_t out_channels) {
  const auto values = weights.as<int8_t>();
  const int64_t k = static_cast<int64_t>(values.size()) / out_channels;
  for (int64_t parts = 1;; ++parts) {
    const int64_t chunk = (k + parts - 1) / parts;
    if (chunk <= 64 || chunks_fit(values, k, chunk)) return chunk;
  }
}

void add_triple_args(Lowering& to, Call& call, int64_t chunk, int64_t k, int64_t window_row) {
  call.args.push_back(number_arg(chunk));
  call.args.push_back(array_arg(to.scratch("scratch", 8 * (k + (k + chunk - 1) / chunk) + window_row), "void"));
}

bool has_no_vectors(const Node&, const Target& target) { return !target.features.dsp && !target.features.mve && !target.features.neon; }
bool output_is_wide(const Node& node, const Target&) { return node.out[0]->type.shape.at(2) > 1; }

}  // namespace ew
