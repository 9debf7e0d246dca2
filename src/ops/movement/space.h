// SPACE_TO_BATCH_ND, BATCH_TO_SPACE_ND on images.
#pragma once

#include "ir/attrs.h"

namespace ew {

struct SpaceBatch : AttrsOf<SpaceBatch> {
  int64_t block_h = 1, block_w = 1;
  int64_t top = 0, bottom = 0, left = 0, right = 0;   // paddings, or crops
  double value = 0;                                   // of padded elements, raw
  template <class V> void fields(V& v) {
    v("block_h", block_h);
    v("block_w", block_w);
    v("top", top);
    v("bottom", bottom);
    v("left", left);
    v("right", right);
    v("value", value);
  }
};

}  // namespace ew
