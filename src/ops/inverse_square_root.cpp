#include "ops/inverse_square_root.h"

#include <algorithm>
#include <bit>

namespace ew {
namespace {

// Numbers with 28 fractional bits ("Q3.28"); a product of two has 25, of three 22.
constexpr int32_t one = 1 << 28;

}  // namespace

// x is scaled by a power of 4 to [2^27, 2^29), then five Newton steps r <- r (3 - x r^2) / 2 from r = 1.
Multiplier inverse_square_root(int32_t x) {
  if (x <= 1) return {INT32_MAX, 0};
  int right_shift = 11;
  while (x >= (1 << 29)) {
    x /= 4;
    ++right_shift;
  }
  const int pairs = (std::countl_zero(static_cast<uint32_t>(x)) - 1) / 2 - 1;  // how often x can be multiplied by 4
  right_shift -= pairs;
  x <<= 2 * pairs;
  const int32_t half_x = rounding_divide_by_power_of_two(x >> 1, 1);
  int32_t root = one;
  for (int step = 0; step < 5; ++step) {
    const int32_t cube = shift_left_saturated(doubling_high_multiply(doubling_high_multiply(root, root), root), 6);
    const int32_t difference = doubling_high_multiply(one + one / 2, root) - doubling_high_multiply(half_x, cube);
    root = shift_left_saturated(difference, 3);
  }
  constexpr int32_t half_sqrt_2 = 1518500250;  // sqrt(2) / 2 with 31 fractional bits
  root = doubling_high_multiply(root, half_sqrt_2);
  if (right_shift < 0) return {static_cast<int32_t>(static_cast<uint32_t>(root) << -right_shift), 0};
  return {root, -right_shift};
}

}  // namespace ew
