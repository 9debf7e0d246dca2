// PAD, PADV2, MIRROR_PAD.
#pragma once

#include "ir/attrs.h"

namespace ew {

struct Pad : AttrsOf<Pad> {
  std::vector<int64_t> before, after;   // elements added to each dimension
  std::string mode = "constant";        // or reflect (without the edge), symmetric (with it)
  double value = 0;                     // constant mode: raw, in the output's element type
  template <class V> void fields(V& v) {
    v("before", before);
    v("after", after);
    v("mode", mode);
    v("value", value);
  }
};

}  // namespace ew
