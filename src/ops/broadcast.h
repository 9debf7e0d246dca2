// Two operands of different shapes: dimensions are aligned at the last one, and a dimension of 1 is repeated (numpy's and TFLite's rule).
#pragma once

#include "ops/lowering.h"

#include <array>

namespace ew {

// The common shape; throws load_error with the node's name when there is none, not_implemented above six dimensions.
Shape broadcast_shape(const Node& node, const Shape& a, const Shape& b);

// The walk over the output: neighbouring dimensions that every operand passes through alike are one. Strides in elements, 0: repeated.
struct Walk {
  std::vector<int64_t> size;                       // outermost first; at least one dimension
  std::vector<std::vector<int64_t>> stride;        // one list per operand
};
Walk broadcast_walk(const Shape& out, std::span<const Shape> operands);

// Calls body(output index, operand indices) for every element of the output, in order.
template <class Body>
void for_each(const Walk& walk, Body body) {
  std::vector<int64_t> index(walk.size.size(), 0);
  std::vector<size_t> at(walk.stride.size(), 0);
  int64_t total = 1;
  for (const int64_t n : walk.size) total *= n;
  for (int64_t i = 0; i < total; ++i) {
    body(static_cast<size_t>(i), at);
    for (size_t d = index.size(); d-- > 0;) {
      for (size_t k = 0; k < at.size(); ++k) at[k] += static_cast<size_t>(walk.stride[k][d]);
      if (++index[d] < walk.size[d]) break;
      for (size_t k = 0; k < at.size(); ++k) at[k] -= static_cast<size_t>(walk.stride[k][d] * walk.size[d]);
      index[d] = 0;
    }
  }
}

// The fields of an nn_broadcast struct named `name` in a kernel's params (two operands).
void add_walk_fields(Params& params, std::string_view name, const Walk& walk);

// Declares that the output may lie in the memory of each operand that is not repeated and has elements of the same size.
void overlap_unrepeated(const Node& node, Lowering& lowering);

}  // namespace ew
