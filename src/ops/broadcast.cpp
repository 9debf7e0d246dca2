#include "ops/broadcast.h"

#include "base/error.h"

#include <algorithm>

namespace ew {

Shape broadcast_shape(const Node& node, const Shape& a, const Shape& b) {
  const size_t rank = std::max(a.size(), b.size());
  if (rank > 6) throw not_implemented(fmt::format("layer '{}': more than six dimensions", node.name));
  Shape out(rank);
  for (size_t d = 0; d < rank; ++d) {
    const int64_t x = d + a.size() < rank ? 1 : a[d + a.size() - rank];
    const int64_t y = d + b.size() < rank ? 1 : b[d + b.size() - rank];
    if (x != y && x != 1 && y != 1)
      throw load_error(fmt::format("layer '{}': shapes {} and {} do not go together", node.name, text(a), text(b)));
    out[d] = x == 1 ? y : x;
  }
  return out;
}

Walk broadcast_walk(const Shape& out, std::span<const Shape> operands) {
  std::vector<std::vector<int64_t>> strides;
  for (const Shape& shape : operands) {
    std::vector<int64_t> stride(out.size(), 0);
    int64_t step = 1;
    for (size_t back = 1; back <= shape.size(); ++back) {
      const int64_t n = shape[shape.size() - back];
      stride[out.size() - back] = n == 1 ? 0 : step;
      step *= n;
    }
    strides.push_back(std::move(stride));
  }
  Walk walk;
  walk.stride.resize(operands.size());
  for (size_t d = 0; d < out.size(); ++d) {
    if (out[d] == 1) continue;
    bool joins = !walk.size.empty();  // with the dimension before: a step there equals this whole dimension, for every operand
    for (size_t k = 0; joins && k < strides.size(); ++k) joins = walk.stride[k].back() == strides[k][d] * out[d];
    if (!joins) walk.size.push_back(1);
    walk.size.back() *= out[d];
    for (size_t k = 0; k < strides.size(); ++k) {
      if (joins) walk.stride[k].back() = strides[k][d];
      else walk.stride[k].push_back(strides[k][d]);
    }
  }
  if (walk.size.empty()) {
    walk.size.push_back(1);
    for (auto& stride : walk.stride) stride.push_back(0);
  }
  return walk;
}

void add_walk_fields(Params& params, std::string_view name, const Walk& walk) {
  const std::string prefix(name);
  params.fields.push_back({prefix + ".rank", static_cast<int64_t>(walk.size.size())});
  params.fields.push_back({prefix + ".size", walk.size});
  params.fields.push_back({prefix + ".a_stride", walk.stride.at(0)});
  params.fields.push_back({prefix + ".b_stride", walk.stride.at(1)});
}

void overlap_unrepeated(const Node& node, Lowering& lowering) {
  const Type& out = node.out[0]->type;
  for (size_t i = 0; i < node.in.size(); ++i) {
    const Type& in = node.in[i]->type;
    if (elements(in.shape) == elements(out.shape) && byte_size(in.dtype) == byte_size(out.dtype)) lowering.overlap(i, 0);
  }
}

}  // namespace ew
