// PAD, PADV2: elements of one value around the tensor. MIRROR_PAD: its own elements mirrored at the edges.
#include "ops/movement/pad.h"

#include "base/error.h"
#include "ops/channels.h"
#include "ops/conv2d/window.h"
#include "ops/movement/movement.h"

#include <algorithm>
#include <array>

namespace ew {
namespace {

std::vector<Type> infer(const Node& node) {
  const Type& in = node.in.at(0)->type;
  const auto& a = node.as<Pad>();
  const size_t rank = in.shape.size();
  bool good = a.before.size() == rank && a.after.size() == rank;
  Type out{in.dtype, in.shape, {}};
  const int64_t edge = a.mode == "reflect" ? 1 : 0;
  for (size_t d = 0; good && d < rank; ++d) {
    good = a.before[d] >= 0 && a.after[d] >= 0 && a.before[d] < (1 << 24) && a.after[d] < (1 << 24);
    if (a.mode != "constant") good = good && std::max(a.before[d], a.after[d]) <= in.shape[d] - edge;
    if (good) out.shape[d] += a.before[d] + a.after[d];
  }
  if (!good) throw load_error(fmt::format("layer '{}': paddings {} and {} do not suit {}", node.name, text(a.before), text(a.after), text(in.shape)));
  return {out};
}

Piece inner(const Node& node) {
  Piece piece;
  piece.size = node.in[0]->type.shape;
  piece.in_stride = strides(piece.size);
  piece.out_stride = strides(node.out[0]->type.shape);
  for (size_t d = 0; d < piece.size.size(); ++d) piece.out_offset += node.as<Pad>().before[d] * piece.out_stride[d];
  return piece;
}

// Every padded dimension cuts each piece in three: mirrored in front, straight, mirrored behind.
Movement mirror(const Node& node) {
  const auto& a = node.as<Pad>();
  const int64_t edge = a.mode == "reflect" ? 1 : 0;
  std::vector<Piece> pieces{inner(node)};
  for (size_t d = 0; d < a.before.size(); ++d) {
    std::vector<Piece> cut;
    const int64_t n = node.in[0]->type.shape[d];
    for (const Piece& p : pieces) {
      cut.push_back(p);
      if (a.before[d] > 0) {
        Piece front = p;             // out before - 1 - i = in edge + i
        front.size[d] = a.before[d];
        front.in_offset += (edge + a.before[d] - 1) * p.in_stride[d];
        front.in_stride[d] = -p.in_stride[d];
        front.out_offset -= a.before[d] * p.out_stride[d];
        cut.push_back(front);
      }
      if (a.after[d] > 0) {
        Piece back = p;              // out before + n + i = in n - 1 - edge - i
        back.size[d] = a.after[d];
        back.in_offset += (n - 1 - edge) * p.in_stride[d];
        back.in_stride[d] = -p.in_stride[d];
        back.out_offset += n * p.out_stride[d];
        cut.push_back(back);
      }
    }
    pieces = std::move(cut);
  }
  return {std::move(pieces), {}};
}

Movement movement(const Node& node) {
  const auto& a = node.as<Pad>();
  if (a.mode != "constant") return mirror(node);
  return {{inner(node)}, a.value};
}

std::unique_ptr<Pad> paddings(const TfliteContext& context) {
  auto attrs = std::make_unique<Pad>();
  const std::vector<int64_t> flat = context.integers(1);
  if (flat.size() != 2 * context.input(0)->type.shape.size()) context.bad("paddings must have two entries for each dimension");
  for (size_t i = 0; i < flat.size(); i += 2) {
    attrs->before.push_back(flat[i]);
    attrs->after.push_back(flat[i + 1]);
  }
  return attrs;
}

void import_pad(TfliteContext& context) {
  auto attrs = paddings(context);
  const Type& out = context.output_types.at(0);
  if (context.has(2)) {
    const Tensor& value = context.constant(2);
    if (elements(value.type.shape) != 1) context.bad("the padding value must be one element");
    attrs->value = value.type.dtype == DType::float32 ? static_cast<double>(value.as<float>()[0]) : static_cast<double>(integers(value)[0]);
  } else if (out.quant) {
    attrs->value = out.quant->zero.at(0);
  }
  context.finish(*find_op("pad"), std::move(attrs), {context.input(0)});
}

void import_mirror_pad(TfliteContext& context) {
  auto attrs = paddings(context);
  attrs->mode = context.options<tflite::MirrorPadOptions>().mode() == tflite::MirrorPadMode_REFLECT ? "reflect" : "symmetric";
  context.finish(*find_op("pad"), std::move(attrs), {context.input(0)});
}

bool pads_channels(const Node& node) {
  const auto& a = node.as<Pad>();
  return !a.before.empty() && (a.before.back() != 0 || a.after.back() != 0);
}

// Rows and columns: their value may appear in every channel. Channels that are added hold nothing else.
Bounds bounds(const Node& node, std::span<const Bounds* const> in) {
  const auto& a = node.as<Pad>();
  if (a.mode != "constant") return pads_channels(node) ? Bounds{} : *in[0];
  const auto value = static_cast<int32_t>(a.value);
  const bool around = std::ranges::any_of(a.before, [](int64_t n) { return n != 0; }) || std::ranges::any_of(a.after, [](int64_t n) { return n != 0; });
  Bounds result(static_cast<size_t>(a.before.back()), {value, value});
  for (const Interval& x : *in[0]) result.push_back(around ? Interval{std::min(x.low, value), std::max(x.high, value)} : x);
  result.resize(result.size() + static_cast<size_t>(a.after.back()), {value, value});
  return result;
}

// Channels that were added have no counterpart: where there are any, all stay.
void relate(const Node& node, ChannelGroups& groups) {
  if (!pads_channels(node)) return join_equal_channels(node, groups);
  groups.keep(*node.in[0]);
  groups.keep(*node.out[0]);
}

// Row by row: each output row is one of the input's with constants around it, or constants alone.
void lower_rows(const Node& node, Lowering& to) {
  const auto& a = node.as<Pad>();
  const Type& in = node.in[0]->type;
  const Type& out = node.out[0]->type;
  const int64_t element = byte_size(in.dtype);
  const std::string type = element == 1 ? "uint8_t" : "uint32_t";
  Tensor value({in.dtype, {1}, {}});
  fill(value, a.value);
  uint32_t bits = 0;
  std::memcpy(&bits, value.data.data(), value.data.size());
  Sliding rows;
  rows.pad_top = a.before[1];
  Call call;
  call.function = element == 1 ? "nn_pad_8_row" : "nn_pad_32_row";
  call.params = Params{"nn_pad_params", {{"width", in.shape[2]}, {"left", a.before[2]}, {"right", a.after[2]}, {"channels", in.shape[3]},
                                         {"front", a.before[3]}, {"back", a.after[3]}, {"in_pitch", in.shape[3]}, {"out_pitch", out.shape[3]},
                                         {"value", int64_t{bits}}}};
  call.out_rows = out.shape[1];
  call.out_row_bytes = out.shape[2] * out.shape[3] * element;
  call.out_array = to.output();
  call.windows.push_back(row_window(to.input(0), in, rows, 1));
  call.args = {in_row_arg(0, type), out_row_arg(type)};
  if (out.shape[0] == 1) to.overlap_rows(0, call);
  call_each_image(to, call, out.shape[0]);
}

bool is_constant(const Node& node, const Target&) { return node.as<Pad>().mode == "constant"; }
bool is_image(const Node& node, const Target&) { return node.in[0]->type.shape.size() == 4 && node.as<Pad>().before[0] + node.as<Pad>().after[0] == 0; }
bool is_byte_or_word(const Node& node, const Target&) {
  const int64_t element = byte_size(node.in[0]->type.dtype);
  return element == 1 || element == 4;
}

constexpr Channels channels{.bounds = bounds, .relate = relate};
constexpr std::string_view types = "float32, int8, uint8, int32";
constexpr std::array imports{Import{"tflite", "PAD", types, import_pad}, Import{"tflite", "PADV2", types, import_pad},
                             Import{"tflite", "MIRROR_PAD", types, import_mirror_pad}};
constexpr std::array row_rules{Rule{"constant values around the tensor (no MIRROR_PAD)", is_constant}, Rule{"4 dimensions, the batch not padded", is_image},
                               Rule{"elements of 1 or 4 bytes", is_byte_or_word}, batch_rule};
constexpr std::array kernels{Kernel{"nn_pad_<bits>_row", row_rules, nullptr, lower_rows},
                             Kernel{"nn_copy_nd", {}, nullptr, [](const Node& n, Lowering& l) { lower_movement(movement(n), n, l); }}};

}  // namespace

extern const Op pad_op{
    .name = "pad",
    .make_attrs = [] { return std::unique_ptr<Attrs>(std::make_unique<Pad>()); },
    .infer = infer,
    .macc = [](const Node&) -> int64_t { return 0; },
    .eval = [](const Node& n, std::span<const Tensor* const> in, std::span<Tensor> out) { move(movement(n), in, out); },
    .imports = imports,
    .kernels = kernels,
    .layer = [](const Node&) { return LayerType{"Pad", 0x116}; },
    .c_prefix = "pad",
    .identity = [](const Node& n) { return n.in[0]->type.shape == n.out[0]->type.shape; },
    .channels = &channels,
};

}  // namespace ew
