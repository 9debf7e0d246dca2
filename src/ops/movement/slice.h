// SLICE, STRIDED_SLICE: every stride-th element of each dimension, from `begin` on, `size` of them. Strides may be negative.
#pragma once

#include "ir/attrs.h"

namespace ew {

struct Slice : AttrsOf<Slice> {
  std::vector<int64_t> begin, size, stride;
  template <class V> void fields(V& v) {
    v("begin", begin);
    v("size", size);
    v("stride", stride);
  }
};

}  // namespace ew
