// Kernels whose pixels lie apart: what can work on an array that is some of the channels of another one, and how its calls say so.
#pragma once

#include "program/program.h"

#include <optional>

namespace ew {

// A copy of `pixels` runs of `run` bytes: on each side `stride` bytes from one to the next, from byte `offset` of the array on.
struct PixelCopy {
  struct Side { int array = 0; int64_t offset = 0, stride = 0; };
  Side from, to;
  int64_t pixels = 1, run = 0;       // 1: one contiguous block
};
std::optional<PixelCopy> pixel_copy(const Call& call);

// Such a copy of one row of an image after the other.
struct RowCopy { int64_t run = 0, from_stride = 0, to_stride = 0; };
std::optional<RowCopy> row_copy_of(const Call& call);

bool is_whole(const PixelCopy& copy, const PixelCopy::Side& side, const Array& array);   // every byte of the array, in order

bool only_copies(const CNode& node);

// Whether all calls of the c-node work when runs of `run` bytes of the array do not follow each other at once. True when none uses it.
bool can_step(const Program& program, const CNode& node, int array, int64_t run);

// Tells the calls of the c-node where the pixels and rows of arrays lie that are views along the channels (can_step must hold for them), and
// gives copies of images along the channels a form row by row.
void step_over(Program& program, CNode& node);

}  // namespace ew
