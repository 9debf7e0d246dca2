#include "validate/convert.h"

#include "base/error.h"
#include "validate/half.h"
#include "validate/metrics.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ew {
namespace {

template <class T> void store_integers(const std::vector<float>& real, Tensor& out) {
  const float scale = out.type.quant && !out.type.quant->scale.empty() ? out.type.quant->scale[0] : 1.0f;
  const int32_t zero = out.type.quant && !out.type.quant->zero.empty() ? out.type.quant->zero[0] : 0;
  constexpr auto low = static_cast<double>(std::numeric_limits<T>::min()), high = static_cast<double>(std::numeric_limits<T>::max());
  std::ranges::transform(real, out.as<T>().begin(), [&](float value) {
    if (std::isnan(value)) return static_cast<T>(zero);
    return static_cast<T>(std::clamp(static_cast<double>(std::round(value / scale)) + zero, low, high));
  });
}

}  // namespace

Shape c_shape(const Shape& one, int64_t samples) {
  Shape inner = one;
  if (!inner.empty() && inner[0] == 1) inner.erase(inner.begin());
  Shape out = {samples};
  if (inner.size() < 3) {
    const int64_t height = inner.size() == 2 ? inner[0] : 1, channels = inner.empty() ? 1 : inner.back();
    out.insert(out.end(), {height, 1, channels});
  } else {
    out.insert(out.end(), inner.begin(), inner.end());
  }
  return out;
}

Tensor reshaped(Tensor tensor, Shape shape) {
  if (elements(shape) != elements(tensor.type.shape)) {
    throw internal_error(fmt::format("shape {} cannot become {}", tuple_text(tensor.type.shape), tuple_text(shape)));
  }
  tensor.type.shape = std::move(shape);
  if (tensor.type.quant && tensor.type.quant->axis >= 0) tensor.type.quant->axis = static_cast<int>(tensor.type.shape.size()) - 1;
  return tensor;
}

Tensor converted(const Tensor& tensor, const Type& type) {
  if (tensor.type.dtype == type.dtype && (tensor.type.quant == type.quant || !tensor.type.quant)) {
    Tensor same = tensor;
    same.type.quant = type.quant;
    return same;
  }
  Tensor out(Type{type.dtype, tensor.type.shape, type.quant});
  const std::vector<float> real = real_values(tensor);
  switch (type.dtype) {
    case DType::float32: std::ranges::copy(real, out.as<float>().begin()); break;
    case DType::float16: std::ranges::transform(real, out.as<uint16_t>().begin(), half_from_float); break;
    case DType::int8: store_integers<int8_t>(real, out); break;
    case DType::uint8: store_integers<uint8_t>(real, out); break;
    case DType::int16: store_integers<int16_t>(real, out); break;
    case DType::int32: store_integers<int32_t>(real, out); break;
    case DType::int64: std::ranges::copy(integers(tensor), out.as<int64_t>().begin()); break;
    case DType::boolean: std::ranges::transform(real, out.as<uint8_t>().begin(), [](float v) { return static_cast<uint8_t>(v != 0); }); break;
  }
  return out;
}

Tensor samples_of(const Tensor& tensor, int64_t from, int64_t count) {
  Tensor out;
  out.type = tensor.type;
  const int64_t size = static_cast<int64_t>(tensor.data.size()) / std::max<int64_t>(tensor.type.shape[0], 1);
  out.type.shape[0] = count;
  out.data.assign(tensor.data.begin() + from * size, tensor.data.begin() + (from + count) * size);
  return out;
}

std::string tuple_text(const Shape& shape) {
  return fmt::format("({}{})", fmt::join(shape, ", "), shape.size() == 1 ? "," : "");
}

std::string data_text(const Tensor& tensor, const std::string& name) {
  const Statistics s = statistics(tensor);
  const bool real = tensor.type.dtype == DType::float32 || tensor.type.dtype == DType::float16;
  std::string text = fmt::format("{}/{}, ", tuple_text(tensor.type.shape), ew::name(tensor.type.dtype));
  if (real) text += fmt::format("min/max=[{:.6f}, {:.6f}], ", s.min, s.max);
  else text += fmt::format("min/max=[{:.0f}, {:.0f}], ", s.min, s.max);
  text += fmt::format("mean/std=[{:.6f}, {:.6f}]", s.mean, s.std);
  if (!real && tensor.type.quant && !tensor.type.quant->scale.empty()) {
    text += fmt::format(", scale={:.8f} zp={}", tensor.type.quant->scale[0], tensor.type.quant->zero.empty() ? 0 : tensor.type.quant->zero[0]);
  }
  return name.empty() ? text : text + ", " + name;
}

}  // namespace ew
