// The int8 arithmetic of two operands, as LiteRT's reference kernels compute it.
#include "ops/binary/binary.h"

#include "base/error.h"

#include <algorithm>
#include <bit>

namespace ew {
Multiplier reciprocal(int32_t divisor) {
  if (divisor == 0) return {};
  const auto size = static_cast<uint32_t>(divisor < 0 ? -divisor : divisor);
  const int headroom = std::countl_zero(size);
  return {one_over_one_plus(static_cast<int32_t>((size << headroom) - (1U << 31))), headroom - 31};
}

Multiplier quotient_factor(const Node& node) {
  // In float, as there.
  const float factor = per_tensor(node.in[0]->type).scale / (per_tensor(node.in[1]->type).scale * per_tensor(node.out[0]->type).scale);
  return quantize_multiplier(static_cast<double>(factor));
}

// The dividend 0 has 31 free bits; with the divisor's and the factor's the last shift must stay below 32.
bool quotient_defined(const Node& node) {
  const int32_t zero = per_tensor(node.in[1]->type).zero;
  const int largest = -reciprocal(std::max(127 - zero, zero + 128)).shift;
  return largest <= quotient_factor(node).shift && quotient_factor(node).shift <= 20;
}

namespace {

// x / divisor * factor: the quotient with all the bits that x leaves free, then scaled; both steps round.
int32_t quotient(int32_t x, int32_t divisor, Multiplier factor) {
  const Multiplier inverse = reciprocal(divisor);
  if (divisor < 0) x = -x;
  const int headroom = std::countl_zero(static_cast<uint32_t>(x >= 0 ? 2 * x + 1 : -2 * x - 1));
  const int32_t fine = doubling_high_multiply(static_cast<int32_t>(static_cast<uint32_t>(x) << headroom), inverse.value);
  const int shift = headroom - inverse.shift - factor.shift;
  return rounding_divide_by_power_of_two(doubling_high_multiply(fine, factor.value), std::clamp(shift, 0, 31));
}

}  // namespace

CommonScale common_scale(const Node& node) {
  const float a = per_tensor(node.in[0]->type).scale;
  const float b = per_tensor(node.in[1]->type).scale;
  const double out = static_cast<double>(per_tensor(node.out[0]->type).scale);
  const bool squared = node.as<Binary>().kind == "squared_difference";
  const double twice = 2.0 * static_cast<double>(std::max(a, b));
  CommonScale result;
  result.left_shift = squared ? 7 : 20;
  result.a = quantize_multiplier(static_cast<double>(a) / twice);
  result.b = quantize_multiplier(static_cast<double>(b) / twice);
  const auto bits = static_cast<double>(1 << result.left_shift);
  result.out = quantize_multiplier(squared ? twice * twice / (bits * bits * out) : twice / (bits * out));
  return result;
}

SumArithmetic sum_arithmetic(const Node& node) {
  return {common_scale(node), per_tensor(node.in[0]->type).zero, per_tensor(node.in[1]->type).zero, per_tensor(node.out[0]->type).zero,
          activation_range(node.as<Binary>().activation, node.out[0]->type)};
}

int32_t SumArithmetic::first(int32_t a) const { return multiply_double_rounding((a - a_zero) * (1 << scale.left_shift), scale.a); }
int32_t SumArithmetic::second(int32_t b) const { return multiply_double_rounding((b - b_zero) * (1 << scale.left_shift), scale.b); }
int8_t SumArithmetic::result(int32_t combined) const {
  const int32_t scaled = multiply_double_rounding(combined, scale.out) + out_zero;
  return static_cast<int8_t>(std::min(std::max(scaled, range.low), range.high));
}

Multiplier product_factor(const Node& node) {
  // In float, as there.
  const float factor = per_tensor(node.in[0]->type).scale * per_tensor(node.in[1]->type).scale / per_tensor(node.out[0]->type).scale;
  return quantize_multiplier(static_cast<double>(factor));
}

void eval_binary_int8(const Node& node, const Tensor& a, const Tensor& b, Tensor& out) {
  const std::string& kind = node.as<Binary>().kind;
  const auto x = a.as<int8_t>();
  const auto y = b.as<int8_t>();
  const auto z = out.as<int8_t>();
  const Walk walk = binary_walk(node);
  if (kind == "maximum" || kind == "minimum") {  // of the raw integers
    const bool larger = kind == "maximum";
    for_each(walk, [&](size_t i, const std::vector<size_t>& at) {
      z[i] = larger ? std::max(x[at[0]], y[at[1]]) : std::min(x[at[0]], y[at[1]]);
    });
    return;
  }
  const int32_t a_zero = per_tensor(node.in[0]->type).zero;
  const int32_t b_zero = per_tensor(node.in[1]->type).zero;
  const int32_t out_zero = per_tensor(node.out[0]->type).zero;
  const IntegerRange range = activation_range(node.as<Binary>().activation, node.out[0]->type);
  const auto store = [&](size_t i, int32_t v) { z[i] = static_cast<int8_t>(std::min(std::max(v + out_zero, range.low), range.high)); };
  if (kind == "mul") {
    const Multiplier factor = product_factor(node);
    for_each(walk, [&](size_t i, const std::vector<size_t>& at) {
      store(i, multiply_double_rounding((x[at[0]] - a_zero) * (y[at[1]] - b_zero), factor));
    });
    return;
  }
  if (kind == "div") {
    const Multiplier factor = quotient_factor(node);
    for_each(walk, [&](size_t i, const std::vector<size_t>& at) { store(i, quotient(x[at[0]] - a_zero, y[at[1]] - b_zero, factor)); });
    return;
  }
  if (kind != "add" && kind != "sub" && kind != "squared_difference")
    throw not_implemented(fmt::format("layer '{}': {} of int8", node.name, kind));
  const SumArithmetic sum = sum_arithmetic(node);
  for_each(walk, [&](size_t i, const std::vector<size_t>& at) {
    const int32_t p = sum.first(x[at[0]]), q = sum.second(y[at[1]]);
    z[i] = sum.result(kind == "add" ? p + q : kind == "sub" ? p - q : (p - q) * (p - q));
  });
}

}  // namespace ew
