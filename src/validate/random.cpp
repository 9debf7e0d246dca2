#include "validate/random.h"

#include "base/error.h"
#include "validate/half.h"

#include <limits>

namespace ew {

double RandomState::sample() {
  const uint32_t high = static_cast<uint32_t>(engine_()) >> 5;  // 27 bits
  const uint32_t low = static_cast<uint32_t>(engine_()) >> 6;   // 26 bits
  return (high * 67108864.0 + low) / 9007199254740992.0;
}

double RandomState::uniform(double low, double high) { return low + (high - low) * sample(); }

int64_t RandomState::integer(int64_t low, int64_t high) {
  const uint64_t range = static_cast<uint64_t>(high) - static_cast<uint64_t>(low);
  if (range == 0) return low;
  uint64_t mask = range;
  for (int shift = 1; shift < 64; shift *= 2) mask |= mask >> shift;
  const bool wide = range > std::numeric_limits<uint32_t>::max();
  uint64_t value = 0;
  do {
    value = static_cast<uint32_t>(engine_());
    if (wide) value = (value << 32) | static_cast<uint32_t>(engine_());
    value &= mask;
  } while (value > range);
  return static_cast<int64_t>(static_cast<uint64_t>(low) + value);
}

IntegerRange whole_range(DType dtype) {
  switch (dtype) {
    case DType::int8: return {INT8_MIN, INT8_MAX};
    case DType::uint8: return {0, UINT8_MAX};
    case DType::int16: return {INT16_MIN, INT16_MAX};
    case DType::int32: return {INT32_MIN, INT32_MAX};
    case DType::int64: return {INT64_MIN, INT64_MAX};
    case DType::boolean: return {0, 1};
    default: throw internal_error("no integer range for type " + std::string(name(dtype)));
  }
}

namespace {
template <class T> void fill_integers(Tensor& data, RandomState& state, const IntegerRange& range) {
  for (T& value : data.as<T>()) value = static_cast<T>(state.integer(range.low, range.high));
}
}  // namespace

void fill_random(Tensor& data, RandomState& state, const RandomRange& floats, const IntegerRange& integers) {
  switch (data.type.dtype) {
    case DType::float32:
      for (float& value : data.as<float>()) value = static_cast<float>(state.uniform(floats.low, floats.high));
      return;
    case DType::float16:
      for (uint16_t& value : data.as<uint16_t>()) value = half_from_float(static_cast<float>(state.uniform(floats.low, floats.high)));
      return;
    case DType::int8: return fill_integers<int8_t>(data, state, integers);
    case DType::uint8:
    case DType::boolean: return fill_integers<uint8_t>(data, state, integers);
    case DType::int16: return fill_integers<int16_t>(data, state, integers);
    case DType::int32: return fill_integers<int32_t>(data, state, integers);
    case DType::int64: return fill_integers<int64_t>(data, state, integers);
  }
}

}  // namespace ew
