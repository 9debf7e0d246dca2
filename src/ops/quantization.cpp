#include "ops/quantization.h"

#include "base/error.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ew {

Multiplier quantize_multiplier(double factor) {
  if (factor == 0 || !std::isfinite(factor)) return {};
  int shift = 0;
  const double mantissa = std::frexp(factor, &shift);
  auto value = static_cast<int64_t>(std::round(mantissa * static_cast<double>(int64_t{1} << 31)));
  if (value == int64_t{1} << 31) {
    value /= 2;
    ++shift;
  }
  if (shift < -31) return {};
  return {static_cast<int32_t>(value), shift};
}

int32_t doubling_high_multiply(int32_t a, int32_t b) {
  if (a == b && a == std::numeric_limits<int32_t>::min()) return std::numeric_limits<int32_t>::max();
  return static_cast<int32_t>((static_cast<int64_t>(a) * b + (int64_t{1} << 30)) >> 31);
}

int32_t rounding_divide_by_power_of_two(int32_t x, int exponent) {
  const int64_t half = exponent == 0 ? 0 : int64_t{1} << (exponent - 1);
  const int64_t wide = x;
  return static_cast<int32_t>((wide + half - (exponent != 0 && x < 0 ? 1 : 0)) >> exponent);
}

int32_t shift_left_saturated(int32_t x, int bits) {
  return static_cast<int32_t>(std::clamp<int64_t>(static_cast<int64_t>(x) * (int64_t{1} << bits), INT32_MIN, INT32_MAX));
}

int32_t one_over_one_plus(int32_t x) {
  constexpr int32_t one = 1 << 29, start = 1515870810, slope = -1010580540;
  const auto half_denominator = static_cast<int32_t>((static_cast<int64_t>(x) + INT32_MAX + 1) / 2);
  int32_t result = start + doubling_high_multiply(half_denominator, slope);
  for (int step = 0; step < 3; ++step) {
    const int32_t error = one - doubling_high_multiply(half_denominator, result);
    result += shift_left_saturated(doubling_high_multiply(result, error), 2);
  }
  return shift_left_saturated(result, 1);
}

int32_t multiply_double_rounding(int32_t x, Multiplier factor) {
  const int left = std::clamp(factor.shift, 0, 31);
  const auto shifted = static_cast<int32_t>(static_cast<uint32_t>(x) << left);  // wraps, as the reference does
  return rounding_divide_by_power_of_two(doubling_high_multiply(shifted, factor.value), std::clamp(-factor.shift, 0, 31));
}

int32_t multiply_single_rounding(int32_t x, Multiplier factor) {
  const int shift = std::clamp(31 - factor.shift, 1, 62);
  const int64_t product = static_cast<int64_t>(x) * factor.value;
  return static_cast<int32_t>((product + (int64_t{1} << (shift - 1))) >> shift);
}

IntegerRange integer_range(DType dtype) {
  switch (dtype) {
    case DType::int8: return {-128, 127};
    case DType::uint8: return {0, 255};
    case DType::int16: return {-32768, 32767};
    default: return {std::numeric_limits<int32_t>::min(), std::numeric_limits<int32_t>::max()};
  }
}

namespace {

// zero + round(real / scale), kept inside int32 for absurd scales.
int32_t quantized(float real, ScaleZero q) {
  const double steps = std::round(real / q.scale);
  return static_cast<int32_t>(std::clamp(steps + q.zero, -2147483648.0, 2147483647.0));
}

}  // namespace

IntegerRange activation_range(Activation activation, const Type& output) {
  IntegerRange range = integer_range(output.dtype);
  if (activation == Activation::none || activation == Activation::tanh || !output.quant) return range;
  const ScaleZero q = per_tensor(output);
  const RealRange real = activation_range(activation);
  const IntegerRange full = range;
  range.low = std::clamp(quantized(real.low, q), full.low, full.high);
  if (activation != Activation::relu) range.high = std::clamp(quantized(real.high, q), full.low, full.high);
  return range;
}

RealRange activation_range(Activation activation) {
  constexpr float infinity = std::numeric_limits<float>::infinity();
  switch (activation) {
    case Activation::relu: return {0, infinity};
    case Activation::relu6: return {0, 6};
    case Activation::relu_n1_to_1: return {-1, 1};
    default: return {-infinity, infinity};
  }
}

bool is_per_tensor(const Type& type) { return type.quant && type.quant->scale.size() == 1 && type.quant->zero.size() == 1; }

ScaleZero per_tensor(const Type& type) {
  if (!is_per_tensor(type)) throw load_error(fmt::format("a tensor {} has no quantisation per tensor where one is needed", text(type)));
  return {type.quant->scale[0], type.quant->zero[0]};
}

}  // namespace ew
