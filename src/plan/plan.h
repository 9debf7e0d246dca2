// Decides where every byte of a Program lives.
#pragma once

#include "program/program.h"

namespace ew {

// How much streaming (docs/memory.md) may cost: nothing, whatever it takes for the smallest peak, or no measurable time.
// `opened`: one whole, contiguous tensor after the other, to look at.
enum class Objective { time, ram, balanced, opened };

// Makes views, joins runs of c-nodes to streamed groups and sets lifetimes, segments and offsets of all arrays. Deterministic.
void plan(Program& program, Objective objective);

// Chooses the calls whose kernels network.c compiles for their layers alone: those that carry the time, as far as the code stays small.
void choose_instances(Program& program);

// Arrays that can lie inside others become views of them, and the copies between them go: of concatenations and splits that are contiguous on both
// sides, and of the c-nodes that `along_channels` names also along the channels, where all kernels that read or write the piece can step over the
// channels of the others. Calls learn how far apart pixels and rows are; copies along the channels that stay get a form row by row.
void make_views(Program& program, const std::vector<bool>& along_channels);

// First and last c-node of every array; of one that others look at, over all of them.
void set_lifetimes(Program& program);

// The pure core of the planner, over plain numbers.
struct Block {
  int64_t bytes = 0, alignment = 4;
  int first = 0, last = 0;           // must keep its bytes during [first, last]
};
// Blocks `out` and `in` may share memory if offset[out] + ascending <= offset[in] or offset[in] + descending <= offset[out]; -1: not that way.
struct Allowance { int in = 0, out = 0; int64_t ascending = -1, descending = -1; };

struct Allocation {
  std::vector<int64_t> offsets;
  int64_t bytes = 0;                 // of the whole segment
};
Allocation allocate(const std::vector<Block>& blocks, const std::vector<Allowance>& allowances);

// Empty when the allocation keeps every block's bytes; else what is wrong. Written apart from allocate().
std::string check(const std::vector<Block>& blocks, const std::vector<Allowance>& allowances, const Allocation& allocation);

}  // namespace ew
