#include "ops/movement/movement.h"

#include "base/error.h"

#include <algorithm>
#include <numeric>

namespace ew {
namespace {

constexpr size_t max_dims = 6;       // of nn_copy_nd_params

template <class T>
void fill_as(Tensor& tensor, double value) {
  std::ranges::fill(tensor.as<T>(), static_cast<T>(value));
}

// Outer loops first: the dimension with the largest output stride outermost, so that writes go upwards.
Piece sorted(const Piece& piece) {
  std::vector<size_t> order(piece.size.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return piece.out_stride[a] > piece.out_stride[b]; });
  Piece out = piece;
  for (size_t i = 0; i < order.size(); ++i) {
    out.size[i] = piece.size[order[i]];
    out.in_stride[i] = piece.in_stride[order[i]];
    out.out_stride[i] = piece.out_stride[order[i]];
  }
  return out;
}

void copy_piece(const Piece& piece, size_t dim, const uint8_t* in, uint8_t* out, int64_t unit) {
  if (dim == piece.size.size()) {
    std::memcpy(out, in, static_cast<size_t>(unit));
    return;
  }
  for (int64_t i = 0; i < piece.size[dim]; ++i)
    copy_piece(piece, dim + 1, in + i * piece.in_stride[dim] * unit, out + i * piece.out_stride[dim] * unit, unit);
}

void lower_fill(double value, Lowering& lowering, const Node& node, size_t output) {
  Tensor one({node.out[output]->type.dtype, {1}, {}});
  fill(one, value);
  const int id = lowering.output(output);
  const int64_t count = elements(node.out[output]->type.shape);
  Call call;
  if (one.data.size() == 1) {
    call.function = "nn_fill_u8";
    call.args = {array_arg(id, "uint8_t"), number_arg(count), number_arg(one.data[0])};
  } else if (one.data.size() == 4) {
    call.function = "nn_fill_u32";
    const int table = lowering.table("fill", one.type.dtype, one.data.data(), one.data.size());
    call.args = {array_arg(id, ctype(one.type.dtype)), number_arg(count), table_arg(table, ctype(one.type.dtype))};
  } else {
    throw not_implemented(fmt::format("layer '{}': filling {} elements", node.name, name(one.type.dtype)));
  }
  lowering.call(std::move(call));
}

void lower_piece(const Piece& piece, const Node& node, Lowering& lowering) {
  const int64_t unit = byte_size(node.out[piece.output]->type.dtype);
  Piece p = collapse(sorted(piece));
  const Arg in = array_arg(lowering.input(piece.input), "const uint8_t", p.in_offset * unit);
  const Arg out = array_arg(lowering.output(piece.output), "uint8_t", p.out_offset * unit);
  int64_t run = unit;                // bytes copied at once
  if (!p.size.empty() && p.in_stride.back() == 1 && p.out_stride.back() == 1) {
    run = p.size.back() * unit;
    p.size.pop_back();
    p.in_stride.pop_back();
    p.out_stride.pop_back();
  }
  Call call;
  if (p.size.empty()) {
    call.function = "nn_copy";
    call.args = {in, out, number_arg(run)};
  } else {
    if (p.size.size() > max_dims) throw not_implemented(fmt::format("layer '{}' moves blocks of more than {} dimensions", node.name, max_dims));
    std::vector<int64_t> size(max_dims, 1), in_stride(max_dims, 0), out_stride(max_dims, 0);
    const size_t lead = max_dims - p.size.size();
    for (size_t d = 0; d < p.size.size(); ++d) {
      size[lead + d] = p.size[d];
      in_stride[lead + d] = p.in_stride[d] * unit;
      out_stride[lead + d] = p.out_stride[d] * unit;
    }
    call.function = "nn_copy_nd";
    call.params = Params{"nn_copy_nd_params", {{"size", size}, {"in_stride", in_stride}, {"out_stride", out_stride}, {"unit", run}}};
    call.args = {in, out};
  }
  lowering.call(std::move(call));
}

// Elements of output `index` that pieces write.
int64_t written(const Movement& movement, size_t index) {
  int64_t sum = 0;
  for (const Piece& p : movement.pieces)
    if (p.output == index) sum += elements(p.size);
  return sum;
}

}  // namespace

std::vector<int64_t> strides(const Shape& shape) {
  std::vector<int64_t> out(shape.size(), 1);
  for (size_t d = shape.size(); d-- > 1;) out[d - 1] = out[d] * shape[d];
  return out;
}

Piece collapse(Piece piece) {
  Piece out = piece;
  out.size.clear();
  out.in_stride.clear();
  out.out_stride.clear();
  for (size_t d = 0; d < piece.size.size(); ++d) {
    if (piece.size[d] == 1) continue;
    if (!out.size.empty() && out.in_stride.back() == piece.size[d] * piece.in_stride[d] &&
        out.out_stride.back() == piece.size[d] * piece.out_stride[d]) {
      out.size.back() *= piece.size[d];
      out.in_stride.back() = piece.in_stride[d];
      out.out_stride.back() = piece.out_stride[d];
      continue;
    }
    out.size.push_back(piece.size[d]);
    out.in_stride.push_back(piece.in_stride[d]);
    out.out_stride.push_back(piece.out_stride[d]);
  }
  return out;
}

void fill(Tensor& tensor, double value) {
  switch (tensor.type.dtype) {
    case DType::float32: return fill_as<float>(tensor, value);
    case DType::int8: return fill_as<int8_t>(tensor, value);
    case DType::uint8:
    case DType::boolean: return fill_as<uint8_t>(tensor, value);
    case DType::int16: return fill_as<int16_t>(tensor, value);
    case DType::int32: return fill_as<int32_t>(tensor, value);
    case DType::int64: return fill_as<int64_t>(tensor, value);
    case DType::float16: throw not_implemented("filling float16 tensors");
  }
}

void move(const Movement& movement, std::span<const Tensor* const> in, std::span<Tensor> out) {
  if (movement.fill)
    for (Tensor& tensor : out) fill(tensor, *movement.fill);
  for (const Piece& piece : movement.pieces) {
    const int64_t unit = byte_size(out[piece.output].type.dtype);
    copy_piece(piece, 0, in[piece.input]->data.data() + piece.in_offset * unit, out[piece.output].data.data() + piece.out_offset * unit, unit);
  }
}

void lower_movement(const Movement& movement, const Node& node, Lowering& lowering) {
  for (size_t o = 0; o < node.out.size(); ++o)
    if (movement.fill && written(movement, o) < elements(node.out[o]->type.shape)) lower_fill(*movement.fill, lowering, node, o);
  for (const Piece& piece : movement.pieces)
    if (elements(piece.size) > 0) lower_piece(piece, node, lowering);
}

}  // namespace ew
