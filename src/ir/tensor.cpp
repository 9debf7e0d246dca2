#include "ir/tensor.h"

#include "base/error.h"

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
