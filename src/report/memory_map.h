// When and where every c-array of the activations lives: for the text report, the picture and <name>_c_info.json.
#pragma once

#include "program/program.h"

#include <string>
#include <vector>

namespace ew {

// A moment of a run: a c-node, or a step of a streamed group (every tick of its loop passes through all of them).
struct Moment { int node = 0, step = -1; };

struct MapEntry {
  int array = 0;                                 // id
  int64_t offset = 0, bytes = 0;                 // in the activations
  int first = 0, last = 0;                       // moments: must keep its bytes during [first, last]
  std::vector<int> over;                         // entries that hold some of the same bytes at the same time: rows written over rows already read
};

struct MemoryMap {
  int64_t bytes = 0;                             // of the activations
  std::vector<Moment> moments;                   // in order of execution
  std::vector<MapEntry> entries;                 // by offset, then by time; views of other arrays have none
  std::vector<int64_t> used;                     // bytes that are kept, by moment
  int peak = 0;                                  // the first moment with the most of them
};
MemoryMap memory_map(const Program& program);

// An array inside a streamed group of which only some rows are kept: `rows` of `height`, row y at place y % rows.
struct RingRows { int64_t rows = 0, height = 0; };
std::optional<RingRows> ring_rows(const Program& program, const Array& array);

// "input", "output", "activation", "ring" or "scratch".
std::string_view role_word(const Program& program, const Array& array);

const std::string& moment_name(const Program& program, const Moment& moment);  // of the step, or the c-node
bool alive(const MapEntry& entry, int moment);

// Picture of the map (SVG): time from left to right, addresses from bottom to top, one rectangle for each array.
std::string memory_svg(const Program& program);

}  // namespace ew
