// Operators that only move elements (transpose, slice, pad, concat, split, ...). Each says *which* elements go where as a list of pieces;
// meaning and lowering follow from the pieces.
#pragma once

#include "ops/lowering.h"
#include "ops/tflite_context.h"

namespace ew {

// An n-dimensional block of elements: for every index i, out[out_offset + i . out_stride] = in[in_offset + i . in_stride].
// Strides and offsets count elements and may be negative or zero on the input's side.
struct Piece {
  size_t input = 0, output = 0;
  Shape size;
  std::vector<int64_t> in_stride, out_stride;
  int64_t in_offset = 0, out_offset = 0;
};

// What a moving operator does; `fill` is the value (raw, of the output's element type) for elements no piece writes.
struct Movement {
  std::vector<Piece> pieces;
  std::optional<double> fill;
};

std::vector<int64_t> strides(const Shape& shape);    // of a dense tensor in C order, in elements

// Fewest dimensions that say the same: those of size 1 dropped, neighbours that are contiguous on both sides joined.
Piece collapse(Piece piece);

void move(const Movement& movement, std::span<const Tensor* const> in, std::span<Tensor> out);
void lower_movement(const Movement& movement, const Node& node, Lowering& lowering);

// A tensor of one value, in the given type's representation.
void fill(Tensor& tensor, double value);

}  // namespace ew
