// RESHAPE, SQUEEZE, EXPAND_DIMS: the same elements in the same order under another shape.
#pragma once

#include "ir/attrs.h"
#include "ir/type.h"

namespace ew {

struct Reshape : AttrsOf<Reshape> {
  std::vector<int64_t> shape;
  Reshape() = default;
  explicit Reshape(Shape s) : shape(std::move(s)) {}
  template <class V> void fields(V& v) { v("shape", shape); }
};

}  // namespace ew
