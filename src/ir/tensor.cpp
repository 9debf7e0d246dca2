#include "ir/tensor.h"

#include "base/error.h"

#include <algorithm>

namespace ew {
namespace {

template <class T, class To>
void append(const Tensor& tensor, std::vector<To>& out) {
  for (T v : tensor.as<T>()) out.push_back(static_cast<To>(v));
}

// IEEE binary16 to binary32.
float half_to_float(uint16_t h) {
  const uint32_t sign = static_cast<uint32_t>(h & 0x8000u) << 16;
  uint32_t exponent = (h >> 10) & 0x1f, fraction = h & 0x3ff;
  uint32_t bits;
  if (exponent == 0x1f) {
    bits = sign | 0x7f800000u | (fraction << 13);
  } else if (exponent != 0) {
    bits = sign | ((exponent + 112) << 23) | (fraction << 13);
  } else if (fraction == 0) {
    bits = sign;
  } else {  // subnormal: normalise
    exponent = 113;
    while ((fraction & 0x400) == 0) { fraction <<= 1; --exponent; }
    bits = sign | (exponent << 23) | ((fraction & 0x3ff) << 13);
  }
  float value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

template <class To>
std::vector<To> convert(const Tensor& tensor) {
  std::vector<To> out;
  out.reserve(static_cast<size_t>(elements(tensor.type.shape)));
  switch (tensor.type.dtype) {
    case DType::float32: append<float>(tensor, out); break;
    case DType::float16:
      for (uint16_t h : tensor.as<uint16_t>()) out.push_back(static_cast<To>(half_to_float(h)));
      break;
    case DType::int8: append<int8_t>(tensor, out); break;
    case DType::uint8:
    case DType::boolean: append<uint8_t>(tensor, out); break;
    case DType::int16: append<int16_t>(tensor, out); break;
    case DType::int32: append<int32_t>(tensor, out); break;
    case DType::int64: append<int64_t>(tensor, out); break;
  }
  return out;
}

}  // namespace

Type select(const Type& type, size_t axis, std::span<const int64_t> indices) {
  Type result = type;
  result.shape.at(axis) = static_cast<int64_t>(indices.size());
  if (!type.quant || type.quant->axis != static_cast<int>(axis) || type.quant->scale.size() <= 1) return result;
  const Quant& from = *type.quant;
  result.quant->scale.clear();
  result.quant->zero.clear();
  for (const int64_t i : indices) {
    result.quant->scale.push_back(from.scale[static_cast<size_t>(i)]);
    result.quant->zero.push_back(from.zero[from.zero.size() == 1 ? 0 : static_cast<size_t>(i)]);
  }
  return result;
}

Tensor select(const Tensor& tensor, size_t axis, std::span<const int64_t> indices) {
  Tensor result(select(tensor.type, axis, indices));
  auto inner = static_cast<size_t>(byte_size(tensor.type.dtype));
  for (size_t d = axis + 1; d < tensor.type.shape.size(); ++d) inner *= static_cast<size_t>(tensor.type.shape[d]);
  const size_t block = inner * static_cast<size_t>(tensor.type.shape[axis]);
  uint8_t* to = result.data.data();
  for (size_t outer = 0; block != 0 && outer < tensor.data.size() / block; ++outer)
    for (const int64_t i : indices) to = std::copy_n(tensor.data.data() + outer * block + static_cast<size_t>(i) * inner, inner, to);
  return result;
}

std::string text(const RemovedChannels& removed) {
  return fmt::format("{} of {}", removed.original - static_cast<int64_t>(removed.kept.size()), removed.original);
}

Tensor with_channels_back(const Tensor& tensor, const RemovedChannels& removed, const Tensor& other) {
  Tensor result(Type{tensor.type.dtype, other.type.shape, tensor.type.quant});
  const auto to = static_cast<size_t>(removed.original), from = removed.kept.size();
  if (tensor.data.size() / from != other.data.size() / to) throw internal_error("tensors of different sizes are joined");
  const uint8_t flip = other.type.dtype == DType::uint8 && tensor.type.dtype == DType::int8 ? 128 : 0;
  std::ranges::transform(other.data, result.data.begin(), [&](uint8_t byte) { return static_cast<uint8_t>(byte ^ flip); });
  for (size_t pixel = 0; pixel < tensor.data.size() / from; ++pixel) {
    for (size_t c = 0; c < from; ++c) result.data[pixel * to + static_cast<size_t>(removed.kept[c])] = tensor.data[pixel * from + c];
    for (const auto& constant : removed.constants)
      result.data[pixel * to + static_cast<size_t>(constant.channel)] = static_cast<uint8_t>(constant.value);
  }
  return result;
}

std::vector<int64_t> integers(const Tensor& tensor) {
  if (tensor.type.dtype == DType::float32 || tensor.type.dtype == DType::float16)
    throw internal_error(fmt::format("integers wanted from a tensor of {}", name(tensor.type.dtype)));
  return convert<int64_t>(tensor);
}

std::vector<double> reals(const Tensor& tensor) {
  std::vector<double> out = convert<double>(tensor);
  if (!tensor.type.quant) return out;
  const Quant& q = *tensor.type.quant;
  int64_t inner = 1;  // elements that share one index of the axis
  if (q.axis >= 0)
    for (size_t d = static_cast<size_t>(q.axis) + 1; d < tensor.type.shape.size(); ++d) inner *= tensor.type.shape[d];
  for (size_t i = 0; i < out.size(); ++i) {
    const size_t c = q.axis < 0 ? 0 : (i / static_cast<size_t>(inner)) % q.scale.size();
    out[i] = static_cast<double>(q.scale[c]) * (out[i] - q.zero[c]);
  }
  return out;
}

}  // namespace ew
