// Streaming: a run of layers executed row by row, each intermediate kept in a ring of just the rows that are still needed (docs/memory.md).
// The pure core, over plain numbers. At every tick t of the group's loop each layer, in order, computes at most one row: row y at
// tick delay + y * period. No row is computed twice.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ew {

// Which bytes of a row: of every `pitch` bytes those from `begin` up to `end`, the channels of one piece of a concatenation. pitch 0: all.
struct RowPart {
  int64_t pitch = 0, begin = 0, end = 0;
};
bool meet(const RowPart& a, const RowPart& b);     // whether they may have a byte in common

// What a layer reads for its row y: rows y * stride + first + k * dilation, k in [0, kernel), of an image of `height` rows.
struct StreamInput {
  int array = 0;
  int64_t kernel = 1, stride = 1, first = 0, dilation = 1, height = 1;
  RowPart part;
};

// What it writes: row y of the array, or a part of it.
struct StreamOutput {
  int array = 0;
  RowPart part;
};

struct StreamLayer {
  std::vector<StreamInput> inputs;
  std::vector<StreamOutput> outputs; // empty: it writes no rows (its results are complete after the last one)
  int64_t rows = 1;                  // how often it is called; 0: never, it stands for work that others do (a concatenation computed in place)
  int64_t row_cost = 0;              // instructions a row takes more than outside the run, without what the run's loop costs
};

// When one layer computes its rows.
struct Pace { int64_t delay = 0, period = 1; };

// The memory of an array that layers of the run write row by row: `rows` of them, row y at y % rows.
struct Ring {
  int64_t rows = 1;
  bool transient = false;            // every row is read in the tick that makes it: between ticks the memory is free
};

struct Schedule {
  std::vector<Pace> paces;           // by layer
  int64_t ticks = 0;
  std::map<int, Ring> rings;         // by array written in the run: the fewest rows that keep what the run itself still reads
};

// The schedule with the least delays; none when the layers do not fit together: not connected, paths of different rates meet, or a layer
// reads what a later one writes.
std::optional<Schedule> schedule(const std::vector<StreamLayer>& layers);

// The least distance by which `in` (an array that the run only reads, whole in memory) must start behind `out` (written whole, from its
// first row on) so that no row of `in` is overwritten before it was read. Rows of in_row_bytes and out_row_bytes.
int64_t stream_overlap(const std::vector<StreamLayer>& layers, const Schedule& schedule, int in, int64_t in_row_bytes, int out, int64_t out_row_bytes);

// Runs the schedule with rings that hold row numbers instead of rows: empty when every row that is read is there, else what is wrong.
// Written apart from schedule(). Arrays without a ring are whole.
std::string check(const std::vector<StreamLayer>& layers, const Schedule& schedule);

}  // namespace ew
