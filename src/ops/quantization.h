// Fixed-point requantisation, exactly as TFLite's reference kernels compute it (docs: TFLite quantization specification;
// which operator rounds how: requantisation is `double` or `single`, see the operators).
#pragma once

#include "ir/attrs.h"
#include "ir/type.h"

#include <cstdint>

namespace ew {

// A positive real factor as 31-bit fixed point: factor = value * 2^(shift - 31), 2^30 <= value < 2^31, or value == 0.
struct Multiplier {
  int32_t value = 0;
  int shift = 0;
  bool operator==(const Multiplier&) const = default;
};

// Rounded half away from zero to 31 bits; factors below 2^-32 become 0.
Multiplier quantize_multiplier(double factor);

// round(a * b / 2^31), ties up, saturated (only INT32_MIN * INT32_MIN needs it).
int32_t doubling_high_multiply(int32_t a, int32_t b);

// round(x / 2^exponent), ties away from zero; exponent in [0, 31].
int32_t rounding_divide_by_power_of_two(int32_t x, int exponent);

// x * 2^bits, saturated to 32 bits.
int32_t shift_left_saturated(int32_t x, int bits);

// 1 / (1 + x) with 31 fractional bits for x in [0, 1) with as many: three Newton steps from 48/17 - 32/17 (1 + x) / 2, on numbers with 29.
int32_t one_over_one_plus(int32_t x);

// x * factor with two roundings: the kind of CONV_2D, ADD, MUL, ... in LiteRT's reference kernels.
int32_t multiply_double_rounding(int32_t x, Multiplier factor);

// x * factor with one rounding, ties up: the kind of FULLY_CONNECTED.
int32_t multiply_single_rounding(int32_t x, Multiplier factor);

// Smallest and largest value of an integer element type.
struct IntegerRange {
  int32_t low = 0, high = 0;
  bool operator==(const IntegerRange&) const = default;
};
IntegerRange integer_range(DType dtype);

// What a fused activation leaves of an output quantised per tensor: a clamp in the quantised domain. `tanh` clamps nothing (as in LiteRT).
IntegerRange activation_range(Activation activation, const Type& output);

// The same for float outputs; none: +-infinity.
struct RealRange { float low, high; };
RealRange activation_range(Activation activation);

// Scale and zero point of a tensor quantised per tensor; throws load_error when it is not.
struct ScaleZero { float scale; int32_t zero; };
ScaleZero per_tensor(const Type& type);
[[nodiscard]] bool is_per_tensor(const Type& type);

}  // namespace ew
