// What a kernel's `lower` function works with: it describes calls of runtime functions as data.
#pragma once

#include "ops/op.h"
#include "program/program.h"

namespace ew {

class Lowering {
 public:
  // `arrays`: the c-arrays of the node's non-constant inputs and of its outputs.
  Lowering(Program& program, CNode& cnode, const Target& target, const Node& node, const std::vector<std::pair<const Value*, int>>& arrays);

  // c-array ids of the node's inputs and outputs. A constant input becomes a weights array the first time it is asked for (as it is).
  int input(size_t index);
  int output(size_t index = 0);

  // Parameters in the form the kernel wants; `suffix` makes the array's name: "conv2d_1" + "_weights".
  int weights(std::string_view suffix, Tensor data);
  int bias(std::string_view suffix, Tensor data);
  int scratch(std::string_view suffix, int64_t bytes, int64_t alignment = 4);
  int table(std::string_view suffix, DType dtype, const void* data, size_t bytes);   // equal tables are shared

  template <class T> int table(std::string_view suffix, DType dtype, const std::vector<T>& values) {
    return table(suffix, dtype, values.data(), values.size() * sizeof(T));
  }

  // A row of `bytes` times `zero`, which stands for rows outside an image. All layers with that zero point read the same one, as long as the longest needs.
  int pad_row(int8_t zero, int64_t bytes);

  void call(Call call);
  // Sharing memory, see Overlap; ignored for constants. Flat calls say their distance; row loops are worked out from the window.
  void overlap(size_t input, int64_t ascending, size_t output = 0);
  void overlap_rows(size_t input, const Call& loop, size_t window = 0, size_t output = 0);
  // The call of an elementwise operator, for one row of an image after the other: whole arrays of the output's shape become rows, the number
  // of elements becomes that of a row. Other parameters must fit a row already. Nothing happens unless the output is one image.
  void row_form(Call flat);
  void attribute(std::string name, std::string value);            // shown in c_info.json

  [[nodiscard]] const Target& target() const { return target_; }
  CNode& cnode() { return cnode_; }
  Program& program() { return program_; }

 private:
  [[nodiscard]] int id_of(const Value* value) const;               // its c-array; -1: none yet

  Program& program_;
  CNode& cnode_;
  const Target& target_;
  const Node& node_;
  const std::vector<std::pair<const Value*, int>>* arrays_;
  std::vector<std::pair<const Value*, int>> constants_;
};

// Short forms for argument lists.
Arg array_arg(int id, std::string ctype, int64_t byte_offset = 0);
Arg table_arg(int table, std::string ctype);
Arg rows_arg(int window, std::string ctype);
Arg rows_inside_arg(int window, std::string ctype);
Arg row_count_arg(int window);
Arg in_row_arg(int window, std::string ctype);
Arg out_row_arg(std::string ctype);
Arg row_index_arg();
Arg number_arg(int64_t value);
Arg null_arg();

std::string ctype(DType dtype);                  // "int8_t", "float", ...

// The least distances at which a loop over rows overwrites no row before it was read: of the input's start behind the output's
// (ascending), and of the output's start behind the input's (descending).
struct RowOverlap { int64_t ascending, descending; };
RowOverlap row_overlap(const RowWindow& window, int64_t out_rows, int64_t out_row_bytes);

}  // namespace ew
