// Random data sets, equal bit for bit to numpy's legacy generator (numpy.random.RandomState: MT19937), which the original tool uses.
#pragma once

#include "ir/tensor.h"

#include <random>

namespace ew {

// RandomState(seed). One generator serves all inputs of a network, in their order.
class RandomState {
 public:
  explicit RandomState(uint32_t seed) : engine_(seed) {}

  double sample();                                   // random_sample(): 53 bits, in [0, 1)
  double uniform(double low, double high);           // uniform(low, high)
  int64_t integer(int64_t low, int64_t high);        // randint(low, high + 1) with dtype int64: masked rejection; both ends included

 private:
  std::mt19937 engine_;                              // seeded as RandomState seeds it from one number
};

struct RandomRange {
  double low = 0.0, high = 1.0;
};

// What an integer input may hold. Inputs that are indices (of GATHER, of an embedding) have a narrower range than their type.
struct IntegerRange {
  int64_t low = 0, high = 0;
};
IntegerRange whole_range(DType dtype);               // throws internal_error for a float type

// Fills `data` in C order: float32 and float16 with uniform(low, high) rounded from float64, bool with 0 and 1, integers with their range.
void fill_random(Tensor& data, RandomState& state, const RandomRange& floats, const IntegerRange& integers);

}  // namespace ew
