#include "ops/movement/slice.h"

#include "ops/movement/movement.h"
#include "ops/reshape/reshape.h"

#include "base/error.h"

#include <algorithm>
#include <array>

namespace ew {
namespace {

std::vector<Type> infer(const Node& node) {
  const Type& in = node.in.at(0)->type;
  const auto& a = node.as<Slice>();
  const size_t rank = in.shape.size();
  bool good = a.begin.size() == rank && a.size.size() == rank && a.stride.size() == rank;
  for (size_t d = 0; good && d < rank; ++d) {
    const int64_t last = a.begin[d] + (a.size[d] - 1) * a.stride[d];
    good = a.size[d] >= 0 && a.stride[d] != 0 && (a.size[d] == 0 || (a.begin[d] >= 0 && a.begin[d] < in.shape[d] && last >= 0 && last < in.shape[d]));
  }
  if (!good)
    throw load_error(fmt::format("layer '{}': a slice from {} of {} elements with strides {} does not lie in {}", node.name, text(a.begin),
                                 text(a.size), text(a.stride), text(in.shape)));
  return {{in.dtype, a.size, {}}};
}

Movement movement(const Node& node) {
  const auto& a = node.as<Slice>();
  Piece piece;
  piece.size = a.size;
  piece.out_stride = strides(a.size);
  piece.in_stride = strides(node.in[0]->type.shape);
  for (size_t d = 0; d < a.begin.size(); ++d) {
    piece.in_offset += a.begin[d] * piece.in_stride[d];
    piece.in_stride[d] *= a.stride[d];
  }
  return {{piece}, {}};
}

Type sliced_type(const TfliteContext& context, const Slice& attrs) { return {context.input(0)->type.dtype, attrs.size, context.output_types.at(0).quant}; }

void import_slice(TfliteContext& context) {
  auto attrs = std::make_unique<Slice>();
  attrs->begin = context.integers(1);
  attrs->size = context.integers(2);
  const Shape& shape = context.input(0)->type.shape;
  if (attrs->begin.size() != shape.size() || attrs->size.size() != shape.size()) context.bad("begin and size must have one entry for each dimension");
  for (size_t d = 0; d < shape.size(); ++d)
    if (attrs->size[d] == -1) attrs->size[d] = shape[d] - attrs->begin[d];
  attrs->stride.assign(shape.size(), 1);
  context.finish(*find_op("slice"), std::move(attrs), {context.input(0)});
}

// The sparse specification (begin, end, strides, masks) made dense; as in TensorFlow's strided_slice.
struct SparseSpec {
  std::vector<int64_t> begin, end, stride;
  int begin_mask, end_mask, ellipsis_mask, new_axis_mask, shrink_mask;
};

void import_strided_slice(TfliteContext& context) {
  const auto& o = context.options<tflite::StridedSliceOptions>();
  const SparseSpec s{context.integers(1), context.integers(2), context.integers(3), o.begin_mask(), o.end_mask(),
                     o.ellipsis_mask(), o.new_axis_mask(), o.shrink_axis_mask()};
  const Shape& shape = context.input(0)->type.shape;
  const size_t entries = s.begin.size();
  if (s.end.size() != entries || s.stride.size() != entries || entries > 31) context.bad("begin, end and strides differ in length");
  auto attrs = std::make_unique<Slice>();
  Shape shrunk;                      // the output's: without the shrunk axes, with the new ones
  size_t d = 0;
  const auto whole = [&] {
    if (d >= shape.size()) context.bad("more slices than dimensions");
    attrs->begin.push_back(0);
    attrs->size.push_back(shape[d]);
    attrs->stride.push_back(1);
    shrunk.push_back(shape[d++]);
  };
  for (size_t i = 0; i < entries; ++i) {
    const int bit = 1 << i;
    if ((s.ellipsis_mask & bit) != 0) {
      size_t after = 0;              // entries behind the ellipsis that use up a dimension
      for (size_t j = i + 1; j < entries; ++j) after += (s.new_axis_mask & (1 << j)) == 0 ? 1 : 0;
      while (d + after < shape.size()) whole();
      continue;
    }
    if ((s.new_axis_mask & bit) != 0) {
      shrunk.push_back(1);
      continue;
    }
    if (d >= shape.size()) context.bad("more slices than dimensions");
    const int64_t n = shape[d], stride = s.stride[i];
    if (stride == 0) context.bad("a stride is 0");
    const auto clamp = [&](int64_t x) {
      if (x < 0) x += n;
      return stride > 0 ? std::clamp<int64_t>(x, 0, n) : std::clamp<int64_t>(x, -1, n - 1);
    };
    int64_t begin = (s.begin_mask & bit) != 0 ? (stride > 0 ? 0 : n - 1) : clamp(s.begin[i]);
    int64_t end = (s.end_mask & bit) != 0 ? (stride > 0 ? n : -1) : clamp(o.offset() ? s.begin[i] + s.end[i] : s.end[i]);
    if ((s.shrink_mask & bit) != 0) end = begin + (stride > 0 ? 1 : -1);
    const int64_t size = stride > 0 ? (end - begin + stride - 1) / stride : (begin - end - stride - 1) / -stride;
    attrs->begin.push_back(begin);
    attrs->size.push_back(std::max<int64_t>(size, 0));
    attrs->stride.push_back((s.shrink_mask & bit) != 0 ? 1 : stride);
    if ((s.shrink_mask & bit) == 0) shrunk.push_back(attrs->size.back());
    ++d;
  }
  while (d < shape.size()) whole();
  const Type dense = sliced_type(context, *attrs);
  Value* sliced = context.add(*find_op("slice"), std::move(attrs), {context.input(0)}, dense);
  context.finish(*find_op("reshape"), std::make_unique<Reshape>(shrunk), {sliced});
}

constexpr std::string_view types = "float32, int8, uint8, int32, bool";
constexpr std::array imports{Import{"tflite", "SLICE", types, import_slice}, Import{"tflite", "STRIDED_SLICE", types, import_strided_slice}};
constexpr std::array kernels{Kernel{"nn_copy_nd", {}, nullptr, [](const Node& n, Lowering& l) { lower_movement(movement(n), n, l); }}};

}  // namespace

extern const Op slice_op{
    .name = "slice",
    .make_attrs = [] { return std::unique_ptr<Attrs>(std::make_unique<Slice>()); },
    .infer = infer,
    .macc = [](const Node&) -> int64_t { return 0; },
    .eval = [](const Node& n, std::span<const Tensor* const> in, std::span<Tensor> out) { move(movement(n), in, out); },
    .imports = imports,
    .kernels = kernels,
    .layer = [](const Node&) { return LayerType{"Slice", 0x117}; },
    .c_prefix = "slice",
    .identity = [](const Node& n) { return n.in[0]->type.shape == n.out[0]->type.shape && std::ranges::all_of(n.as<Slice>().stride, [](int64_t s) { return s > 0; }); },
};

}  // namespace ew
