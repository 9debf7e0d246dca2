#include "ops/conv2d/eights.h"

namespace ew {

Tensor filters_by_eights(const Tensor& weights, int64_t groups) {
  const int64_t filters = weights.type.shape.at(0), terms = elements(weights.type.shape) / filters, size = filters / groups;
  const auto from = weights.as<float>();
  Tensor result = weights;
  size_t at = 0;
  const auto put = [&](int64_t filter, int64_t term) { result.as<float>()[at++] = from[static_cast<size_t>(filter * terms + term)]; };
  for (int64_t first = 0; first < filters; first += size) {
    int64_t f = first;
    for (; f + 8 <= first + size; f += 8)
      for (int64_t t = 0; t < terms; ++t)
        for (int64_t i = 0; i < 8; ++i) put(f + i, t);
    for (; f < first + size; ++f)
      for (int64_t t = 0; t < terms; ++t) put(f, t);
  }
  return result;
}

Tensor channels_by_eights(const Tensor& weights) {
  const int64_t channels = weights.type.shape.back(), taps = elements(weights.type.shape) / channels;
  const auto from = weights.as<float>();
  Tensor result = weights;
  size_t at = 0;
  for (int64_t first = 0; first < channels;) {
    const int64_t count = first + 8 <= channels ? 8 : channels - first;
    for (int64_t t = 0; t < taps; ++t)
      for (int64_t i = 0; i < count; ++i) result.as<float>()[at++] = from[static_cast<size_t>(t * channels + first + i)];
    first += count;
  }
  return result;
}

Tensor filters_of_one_channel(const Tensor& weights) {
  const int64_t filters = weights.type.shape.back(), taps = elements(weights.type.shape) / filters;
  Tensor result(Type{weights.type.dtype, {filters, taps}, {}});
  for (int64_t f = 0; f < filters; ++f)
    for (int64_t t = 0; t < taps; ++t)
      result.as<float>()[static_cast<size_t>(f * taps + t)] = weights.as<float>()[static_cast<size_t>(t * filters + f)];
  return result;
}

}  // namespace ew
