// The int8 forms of the functions of one element, value by value as LiteRT's reference kernels (BUILTIN_REF) compute them.
#include "ops/inverse_square_root.h"
#include "ops/quantization.h"
#include "ops/unary/unary.h"

#include <algorithm>
#include <cmath>

namespace ew {
namespace {

// Rounded half away from zero; what no integer holds saturates, NaN (the logarithm of a negative number) at the low end.
int32_t saturated_round(float x) {
  if (std::isnan(x)) return -1000000000;
  return static_cast<int32_t>(std::clamp(std::round(static_cast<double>(x)), -1e9, 1e9));
}

int32_t by_float_function(const UnaryKind& kind, const Unary& attrs, int32_t q, ScaleZero in, ScaleZero out) {
  const float x = in.scale * static_cast<float>(q - in.zero);
  const float inverse_scale = 1.0F / out.scale;
  return saturated_round(kind.real(x, attrs) * inverse_scale) + out.zero;
}

// 31-bit multiplier to 15 bits, rounded, saturated.
int16_t narrow_multiplier(int32_t multiplier) {
  if (multiplier >= INT32_MAX - (1 << 15)) return INT16_MAX;
  return static_cast<int16_t>((multiplier + (1 << 15)) >> 16);
}

int16_t saturate16(int32_t x) { return static_cast<int16_t>(std::clamp(x, -32768, 32767)); }

// round(a * b / 2^15), ties up in the sense of doubling_high_multiply.
int16_t doubling_high_multiply16(int16_t a, int16_t b) { return saturate16((a * b + (1 << 14)) >> 15); }

// a * b / 2^15 towards zero.
int16_t doubling_high_multiply16_truncated(int16_t a, int16_t b) { return saturate16(a * b / (1 << 15)); }

}  // namespace

std::array<int8_t, 256> unary_table(const UnaryKind& kind, const Unary& attrs, const Type& in, const Type& out) {
  std::array<int8_t, 256> table;
  const ScaleZero in_q = per_tensor(in);
  const ScaleZero out_q = per_tensor(out);
  for (int32_t q = -128; q < 128; ++q) {
    const int32_t y = kind.quantized != nullptr ? kind.quantized(q, attrs, in, out) : by_float_function(kind, attrs, q, in_q, out_q);
    table[static_cast<size_t>(q + 128)] = static_cast<int8_t>(std::clamp(y, -128, 127));
  }
  return table;
}

int32_t relu_quantized(int32_t q, const Unary& attrs, const Type& in, const Type& out) {
  const ScaleZero in_q = per_tensor(in);
  const ScaleZero out_q = per_tensor(out);
  const auto level = [&](float real) { return out_q.zero + saturated_round(real / out_q.scale); };
  const int32_t low = std::max(-128, level(attrs.kind == "relu_n1_to_1" ? -1.0F : 0.0F));
  const int32_t high = attrs.kind == "relu" ? 127 : std::min(127, level(attrs.kind == "relu6" ? 6.0F : 1.0F));
  const Multiplier factor = quantize_multiplier(static_cast<double>(in_q.scale / out_q.scale));
  const int32_t y = out_q.zero + multiply_double_rounding(q - in_q.zero, factor);
  return std::min(std::max(y, low), high);
}

int32_t leaky_relu_quantized(int32_t q, const Unary& attrs, const Type& in, const Type& out) {
  const ScaleZero in_q = per_tensor(in);
  const ScaleZero out_q = per_tensor(out);
  const int32_t x = q - in_q.zero;
  const float slope = x >= 0 ? in_q.scale / out_q.scale : in_q.scale * static_cast<float>(attrs.alpha) / out_q.scale;
  return out_q.zero + multiply_double_rounding(x, quantize_multiplier(static_cast<double>(slope)));
}

// x * relu6(x + 3) / 6 in 16-bit fixed point: the input on a grid 128 times finer, once times the output's scale and once
// saturated to [-3, 3] as Q0.15, then their product.
int32_t hard_swish_quantized(int32_t q, const Unary&, const Type& in, const Type& out) {
  const ScaleZero in_q = per_tensor(in);
  const ScaleZero out_q = per_tensor(out);
  const float fine_scale = (1.0F / 128.0F) * in_q.scale;
  const Multiplier to_output = quantize_multiplier(static_cast<double>(fine_scale / out_q.scale));
  const Multiplier to_gate = quantize_multiplier(static_cast<double>(fine_scale / (3.0F / 32768.0F)));
  const auto fine = static_cast<int16_t>((q - in_q.zero) * 128);
  const int16_t value = doubling_high_multiply16(fine, narrow_multiplier(to_output.value));
  int16_t gate = fine;
  if (to_gate.shift > 0) gate = saturate16(gate << std::min(to_gate.shift - 1, 15));
  gate = doubling_high_multiply16(gate, narrow_multiplier(to_gate.value));
  if (to_gate.shift > 0) gate = saturate16(gate * 2);
  if (to_gate.shift < 0) gate = static_cast<int16_t>(rounding_divide_by_power_of_two(gate, std::min(-to_gate.shift, 31)));
  gate = static_cast<int16_t>((gate + (1 << 15)) >> 1);  // [-1, 1) to [0, 1)
  const int16_t product = doubling_high_multiply16_truncated(gate, value);
  return out_q.zero + rounding_divide_by_power_of_two(product, std::clamp(-to_output.shift, 0, 31));
}

int32_t abs_quantized(int32_t q, const Unary&, const Type& in, const Type& out) {
  const ScaleZero in_q = per_tensor(in);
  const ScaleZero out_q = per_tensor(out);
  const int32_t x = std::abs(q - in_q.zero);
  if (in_q.scale == out_q.scale) return out_q.zero + x;
  return out_q.zero + multiply_double_rounding(x, quantize_multiplier(static_cast<double>(in_q.scale / out_q.scale)));
}

// Of the raw integer, whatever the zero points are; -128 stays (it wraps).
int32_t neg_quantized(int32_t q, const Unary&, const Type&, const Type&) { return q == -128 ? -128 : -q; }

// The float root, rounded towards zero in units of the output's scale.
int32_t sqrt_quantized(int32_t q, const Unary&, const Type& in, const Type& out) {
  const ScaleZero in_q = per_tensor(in);
  const ScaleZero out_q = per_tensor(out);
  const float x = in_q.scale * static_cast<float>(std::max(q - in_q.zero, 0));
  return saturated_round(std::trunc(std::sqrt(x) / out_q.scale)) + out_q.zero;
}

// 20 fractional bits kept between the two factors. Values at or below zero have no result: the largest stands for it.
int32_t rsqrt_quantized(int32_t q, const Unary&, const Type& in, const Type& out) {
  constexpr int kept_bits = 20;
  const ScaleZero in_q = per_tensor(in);
  const ScaleZero out_q = per_tensor(out);
  const int32_t x = q - in_q.zero;
  if (x <= 0) return 127;
  const auto factor = quantize_multiplier(1.0 / static_cast<double>(std::sqrt(in_q.scale) * out_q.scale));
  const Multiplier root = inverse_square_root(x);
  const int32_t fine = multiply_double_rounding(1, {root.value, root.shift + kept_bits});
  return out_q.zero + multiply_double_rounding(fine, {factor.value, factor.shift - kept_bits});
}

}  // namespace ew
