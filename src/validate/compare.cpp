#include "validate/compare.h"

#include "base/error.h"
#include "validate/metrics.h"

#include <algorithm>
#include <cmath>

namespace ew {
namespace {

constexpr double float_tolerance = 1e-5;

bool is_real(const Tensor& tensor) { return tensor.type.dtype == DType::float32 || tensor.type.dtype == DType::float16; }

// The stored integers; uint8 as the int8 they become (zero point less by 128).
std::vector<int64_t> steps(const Tensor& tensor, bool signed_bytes) {
  std::vector<int64_t> values = integers(tensor);
  if (signed_bytes && tensor.type.dtype == DType::uint8) std::ranges::for_each(values, [](int64_t& v) { v -= 128; });
  return values;
}

Difference integer_difference(const Tensor& r, const Tensor& p) {
  const bool mixed = r.type.dtype != p.type.dtype;
  const std::vector<int64_t> a = steps(r, mixed), b = steps(p, mixed);
  Difference out;
  out.of = static_cast<int64_t>(a.size());
  for (size_t i = 0; i < a.size(); ++i) {
    if (a[i] == b[i]) continue;
    if (out.values++ == 0) out.first = static_cast<int64_t>(i);
    out.largest = std::max(out.largest, std::fabs(static_cast<double>(a[i]) - static_cast<double>(b[i])));
  }
  return out;
}

Difference real_difference(const Tensor& r, const Tensor& p) {
  const std::vector<float> a = real_values(r), b = real_values(p);
  double largest = 0;
  for (const float value : a) {
    if (std::isfinite(value)) largest = std::max<double>(largest, std::fabs(value));
  }
  Difference out;
  out.of = static_cast<int64_t>(a.size());
  for (size_t i = 0; i < a.size(); ++i) {
    if (a[i] == b[i] || (std::isnan(a[i]) && std::isnan(b[i]))) continue;
    const double off = std::fabs(static_cast<double>(a[i]) - b[i]);
    if (off <= float_tolerance * largest) continue;
    if (out.values++ == 0) out.first = static_cast<int64_t>(i);
    out.largest = std::isnan(off) ? off : std::max(out.largest, off);
  }
  return out;
}

// Channels that the network no longer computes are put back.
Tensor as_the_users(const Tensor& p, const Array& array, const Tensor& r) {
  const bool fits = array.removed && elements(p.type.shape) * array.removed->original ==
                                         elements(r.type.shape) * static_cast<int64_t>(array.removed->kept.size());
  return fits ? with_channels_back(p, *array.removed, r) : p;
}

}  // namespace

Difference difference(const Tensor& r, const Tensor& p) {
  if (elements(r.type.shape) != elements(p.type.shape)) throw internal_error("tensors of different sizes are compared");
  return is_real(r) || is_real(p) ? real_difference(r, p) : integer_difference(r, p);
}

std::vector<LayerComparison> compare_layers(const Program& program, const std::vector<NodeResult>& nodes, const std::vector<ReferenceLayer>& layers) {
  std::vector<LayerComparison> out;
  for (const NodeResult& node : nodes) {
    if (node.c_id < 0 || static_cast<size_t>(node.c_id) >= program.nodes.size()) continue;
    const CNode& c_node = program.nodes[static_cast<size_t>(node.c_id)];
    for (size_t k = 0; k < node.data.size() && k < c_node.outputs.size(); ++k) {
      const Array& array = program.arrays[static_cast<size_t>(c_node.outputs[k])];
      const auto layer = std::ranges::find(layers, array.value_name, &ReferenceLayer::name);
      if (layer == layers.end() || node.data[k].data.empty()) continue;
      const Tensor p = as_the_users(node.data[k], array, layer->value);
      if (elements(layer->value.type.shape) != elements(p.type.shape)) continue;
      LayerComparison& entry = out.emplace_back();
      entry.c_id = node.c_id;
      entry.name = c_node.name;
      entry.tensor = array.value_name;
      entry.m_id = layer->m_id;
      entry.difference = difference(layer->value, p);
      Tensor quantised = p;
      quantised.type.quant = array.type.quant;
      const Metrics metrics = compute_metrics(layer->value, quantised, false);
      entry.error = is_real(p) ? metrics.l2r : metrics.rmse;
    }
  }
  return out;
}

std::string difference_text(const LayerComparison& layer) {
  const std::string name = layer.group.empty() ? fmt::format("'{}'", layer.name) : fmt::format("'{}', layer '{}'", layer.group, layer.name);
  return fmt::format("c-node {} {} (m_id {}, tensor '{}'): {} of {} values differ, by at most {:g}, the first at index {}", layer.c_id, name,
                     layer.m_id, layer.tensor, layer.difference.values, layer.difference.of, layer.difference.largest, layer.difference.first);
}

}  // namespace ew
