// Attributes of the operator that repeats channels; imports of other operators add it.
#pragma once

#include "ops/op.h"

namespace ew {

struct RepeatChannels : AttrsOf<RepeatChannels> {
  int64_t times = 1;
  RepeatChannels() = default;
  explicit RepeatChannels(int64_t count) : times(count) {}
  template <class V> void fields(V& v) { v("times", times); }
};

}  // namespace ew
