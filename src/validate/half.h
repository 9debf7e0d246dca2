// IEEE 754 half precision, as bits.
#pragma once

#include <cmath>
#include <cstdint>

namespace ew {

inline float float_from_half(uint16_t half) {
  const int exponent = (half >> 10) & 0x1f;
  const int fraction = half & 0x3ff;
  float value = 0;
  if (exponent == 0x1f) {
    value = fraction != 0 ? NAN : INFINITY;
  } else if (exponent == 0) {
    value = std::ldexp(static_cast<float>(fraction), -24);
  } else {
    value = std::ldexp(static_cast<float>(fraction + 0x400), exponent - 25);
  }
  return (half & 0x8000) != 0 ? -value : value;
}

// Rounds to nearest, ties to even; values beyond 65504 + half a step become infinite.
inline uint16_t half_from_float(float value) {
  const uint16_t sign = std::signbit(value) ? 0x8000 : 0;
  if (std::isnan(value)) return static_cast<uint16_t>(sign | 0x7e00);
  const float magnitude = std::fabs(value);
  if (magnitude == 0.0f) return sign;
  if (magnitude >= 65520.0f) return static_cast<uint16_t>(sign | 0x7c00);
  int exponent = 0;
  std::frexp(magnitude, &exponent);                    // magnitude = f * 2^exponent, f in [0.5, 1)
  const int step = exponent < -13 ? -24 : exponent - 11;  // the value of the last bit is 2^step
  const auto steps = static_cast<uint32_t>(std::nearbyint(std::ldexp(magnitude, -step)));
  const uint32_t biased = static_cast<uint32_t>(step + 24);  // carries of `steps` run into the exponent by themselves
  return static_cast<uint16_t>(sign | ((biased << 10) + steps));
}

}  // namespace ew
