// ADD and SUB of int8 as one sum of two products. The reference's three roundings move a result by far less than the distance of the 65,536
// sums from the borders between results, unless the scales make ties: so factors and a constant that give the same results nearly always exist.
#include "ops/binary/binary.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <vector>

namespace ew {

namespace {

constexpr int fraction_bits = 20, factor_bits = fraction_bits + 8;

// The constants that give the right result for every pair; empty (low > high) when there are none.
struct Bounds { int64_t low = -(int64_t{1} << 40), high = int64_t{1} << 40; };

Bounds constants(int64_t a_factor, int64_t b_factor, const std::vector<int8_t>& results, IntegerRange range) {
  Bounds bounds;
  for (int64_t a = -128; a < 128 && bounds.low <= bounds.high; ++a)
    for (int64_t b = -128; b < 128; ++b) {
      const int64_t sum = (a * a_factor >> 8) + (b * b_factor >> 8);
      const int64_t result = results[static_cast<size_t>((a + 128) * 256 + b + 128)];
      // A result at an end of the range may be exceeded: it is clamped.
      if (result > range.low) bounds.low = std::max(bounds.low, result * (1 << fraction_bits) - sum);
      if (result < range.high) bounds.high = std::min(bounds.high, (result + 1) * (1 << fraction_bits) - 1 - sum);
    }
  return bounds;
}

int64_t scaled(double ratio) { return std::llround(std::ldexp(ratio, factor_bits)); }

}  // namespace

std::optional<AffineSum> affine_sum(const Node& node) {
  const SumArithmetic sum = sum_arithmetic(node);
  const int32_t sign = node.as<Binary>().kind == "sub" ? -1 : 1;
  std::vector<int8_t> results;
  results.reserve(65536);
  for (int32_t a = -128; a < 128; ++a)
    for (int32_t b = -128; b < 128; ++b) results.push_back(sum.result(sum.first(a) + sign * sum.second(b)));
  const double out = static_cast<double>(per_tensor(node.out[0]->type).scale);
  const double a_ratio = static_cast<double>(per_tensor(node.in[0]->type).scale) / out, b_ratio = static_cast<double>(per_tensor(node.in[1]->type).scale) / out;
  if (a_ratio + b_ratio > 3) return {};            // factors and sums stay below 2^31
  constexpr int64_t most = 8;                      // of a change of the factors
  for (int64_t change = 0; change <= 2 * most; ++change)
    for (int64_t da = -std::min(change, most); da <= std::min(change, most); ++da)
      for (const int64_t db : {change - std::abs(da), std::abs(da) - change}) {
        if (std::abs(db) > most) continue;
        const int64_t a_factor = scaled(a_ratio) + da, b_factor = sign * scaled(b_ratio) + db;
        const Bounds bounds = constants(a_factor, b_factor, results, sum.range);
        const int64_t middle = bounds.low + (bounds.high - bounds.low) / 2;
        if (bounds.low > bounds.high || std::abs(middle) > int64_t{1} << 30) continue;
        return AffineSum{static_cast<int32_t>(a_factor), static_cast<int32_t>(b_factor), static_cast<int32_t>(middle)};
      }
  return {};
}

}  // namespace ew
