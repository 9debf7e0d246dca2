#include "base/error.h"
#include "ops/reduce/reduce.h"

#include <algorithm>

namespace ew {
namespace {

bool contains(const std::vector<int64_t>& axes, size_t d) { return std::find(axes.begin(), axes.end(), static_cast<int64_t>(d)) != axes.end(); }

}  // namespace

std::vector<int64_t> normalised_axes(const Node& node, std::vector<int64_t> axes, size_t rank) {
  const auto n = static_cast<int64_t>(rank);
  for (int64_t& axis : axes) {
    if (axis < -n || axis >= n) throw load_error(fmt::format("layer '{}': dimension {} of {} to reduce", node.name, axis, n));
    if (axis < 0) axis += n;
  }
  std::sort(axes.begin(), axes.end());
  axes.erase(std::unique(axes.begin(), axes.end()), axes.end());
  return axes;
}

Shape reduced_shape(const Shape& in, const std::vector<int64_t>& axes, bool keep_dims) {
  Shape out;
  for (size_t d = 0; d < in.size(); ++d) {
    if (!contains(axes, d)) out.push_back(in[d]);
    else if (keep_dims) out.push_back(1);
  }
  return out;
}

void for_each_reduced(const Shape& in, const std::vector<int64_t>& axes, const std::function<void(size_t, size_t)>& body) {
  std::vector<int64_t> stride(in.size(), 0), index(in.size(), 0);
  int64_t step = 1;
  for (size_t d = in.size(); d-- > 0;) {
    if (contains(axes, d)) continue;
    stride[d] = step;
    step *= in[d];
  }
  const auto total = static_cast<size_t>(elements(in));
  int64_t at = 0;
  for (size_t i = 0; i < total; ++i) {
    body(i, static_cast<size_t>(at));
    for (size_t d = in.size(); d-- > 0;) {
      at += stride[d];
      if (++index[d] < in[d]) break;
      at -= stride[d] * in[d];
      index[d] = 0;
    }
  }
}

std::optional<ReduceView> reduce_view(const Shape& in, const std::vector<int64_t>& axes) {
  ReduceView view;
  bool reducing = false, done = false;
  for (size_t d = 0; d < in.size(); ++d) {
    if (in[d] == 1) continue;
    if (contains(axes, d)) {
      if (done) return std::nullopt;
      reducing = true;
      view.count *= in[d];
    } else {
      done = reducing;
      (done ? view.inner : view.outer) *= in[d];
    }
  }
  return view;
}

std::vector<Field> view_fields(const ReduceView& view) { return {{"outer", view.outer}, {"count", view.count}, {"inner", view.inner}}; }

}  // namespace ew
