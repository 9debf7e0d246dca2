// Attributes of FULLY_CONNECTED.
#pragma once

#include "ir/graph.h"

namespace ew {

struct Dense : AttrsOf<Dense> {
  bool keep_num_dims = false;                    // the output has the input's dimensions but the last; else [rows, out]
  Activation activation = Activation::none;
  bool float_product = true;                     // see weighted_quant
  template <class V> void fields(V& v) { v("keep_num_dims", keep_num_dims), v("activation", activation), v("float_product", float_product); }
  [[nodiscard]] Activation fused() const override { return activation; }
  bool fuse(Activation a) override {
    if (activation != Activation::none) return false;
    activation = a;
    return true;
  }
};

}  // namespace ew
