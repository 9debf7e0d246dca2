// The header of a .npy file: a Python dictionary with the keys 'descr', 'fortran_order' and 'shape'.
#pragma once

#include "ir/type.h"

#include <span>
#include <string>

namespace ew {

struct NpyHeader {
  char order = '|';            // '<' little endian, '>' big endian, '|' does not matter
  char kind = 'f';             // numpy's kind: f, i, u, b
  int64_t item_bytes = 4;
  bool fortran_order = false;  // first index fastest
  Shape shape;
  int64_t count = 0;           // elements
  size_t data_offset = 0;      // where the elements begin
  std::string dtype_name;      // "float64"
};

// Throws load_error, naming `what`, unless the header is well formed and its type is a plain number. `count * item_bytes` does not overflow.
NpyHeader parse_npy_header(std::span<const uint8_t> bytes, const std::string& what);

}  // namespace ew
