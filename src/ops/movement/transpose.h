// TRANSPOSE: dimension d of the output is dimension permutation[d] of the input.
#pragma once

#include "ir/attrs.h"

namespace ew {

struct Transpose : AttrsOf<Transpose> {
  std::vector<int64_t> permutation;
  template <class V> void fields(V& v) { v("permutation", permutation); }
};

}  // namespace ew
