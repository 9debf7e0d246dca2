// Reductions along dimensions: what their operators share.
#pragma once

#include "ops/lowering.h"

#include <functional>

namespace ew {

struct Reduce : AttrsOf<Reduce> {
  std::string kind = "mean";
  std::vector<int64_t> axes;
  bool keep_dims = false;
  bool was_uint8 = false;    // sum: `double` rounding for uint8, `single` for int8
  template <class V> void fields(V& v) {
    v("kind", kind);
    v("axes", axes);
    v("keep_dims", keep_dims);
    v("was_uint8", was_uint8);
  }
};

// Dimensions brought to [0, rank), sorted, each once; throws load_error outside.
std::vector<int64_t> normalised_axes(const Node& node, std::vector<int64_t> axes, size_t rank);
Shape reduced_shape(const Shape& in, const std::vector<int64_t>& axes, bool keep_dims);

// Calls body(input index, output index) for every input element in order.
void for_each_reduced(const Shape& in, const std::vector<int64_t>& axes, const std::function<void(size_t, size_t)>& body);

// The input as [outer][count][inner] with `count` reduced; none: the reduced dimensions are not neighbours.
struct ReduceView { int64_t outer = 1, count = 1, inner = 1; };
std::optional<ReduceView> reduce_view(const Shape& in, const std::vector<int64_t>& axes);

std::vector<Field> view_fields(const ReduceView& view);

}  // namespace ew
