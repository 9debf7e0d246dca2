// Every channel of an image several times over, one behind the other: out[..., c * times + j] = in[..., c]. A depthwise convolution with a depth multiplier
// above 1 reads its input through this, so that its kernels need to know of one filter for each channel only.
#include "ops/movement/repeat_channels.h"

#include "base/error.h"
#include "ops/channels.h"
#include "ops/conv2d/window.h"
#include "ops/lowering.h"

#include <algorithm>
#include <array>

namespace ew {
namespace {

std::vector<Type> infer(const Node& node) {
  const Type& in = node.in.at(0)->type;
  const int64_t times = node.as<RepeatChannels>().times;
  Shape shape = in.shape;
  check_rank(node, 0, 4);
  if (times < 1 || times > (int64_t{1} << 31) / std::max<int64_t>(shape.back(), 1))
    throw load_error(fmt::format("layer '{}': {} repeated {} times", node.name, text(shape), times));
  shape.back() *= times;
  return {{in.dtype, std::move(shape), {}}};
}

template <class T>
void repeat(std::span<const T> in, size_t times, std::span<T> out) {
  for (size_t i = 0; i < out.size(); ++i) out[i] = in[i / times];
}

void eval(const Node& node, std::span<const Tensor* const> in, std::span<Tensor> out) {
  const auto times = static_cast<size_t>(node.as<RepeatChannels>().times);
  if (out[0].type.dtype == DType::int8) return repeat(in[0]->as<int8_t>(), times, out[0].as<int8_t>());
  if (out[0].type.dtype == DType::float32) return repeat(in[0]->as<float>(), times, out[0].as<float>());
  throw not_implemented(fmt::format("layer '{}': repeating channels of {}", node.name, name(out[0].type.dtype)));
}

void lower(const Node& node, Lowering& to) {
  const Type& in = node.in[0]->type;
  const Type& out = node.out[0]->type;
  const bool bytes_each = out.dtype == DType::int8;
  const std::string type = bytes_each ? "uint8_t" : "uint32_t";
  Call call;
  call.function = bytes_each ? "nn_repeat_8" : "nn_repeat_32";
  call.out_rows = out.shape[1];
  call.out_row_bytes = out.shape[2] * out.shape[3] * byte_size(out.dtype);
  call.out_array = to.output();
  call.windows.push_back(row_window(to.input(0), in, Sliding{}, 1));
  call.args = {in_row_arg(0, type), number_arg(in.shape[2] * in.shape[3]), number_arg(node.as<RepeatChannels>().times), out_row_arg(type)};
  if (out.shape[0] == 1) to.overlap_rows(0, call);
  call_each_image(to, call, out.shape[0]);
}

Bounds bounds(const Node& node, std::span<const Bounds* const> in) {
  Bounds result;
  for (const Interval& one : *in[0]) result.insert(result.end(), static_cast<size_t>(node.as<RepeatChannels>().times), one);
  return result;
}

void relate(const Node& node, ChannelGroups& groups) {
  const int64_t times = node.as<RepeatChannels>().times;
  for (int64_t c = 0; c < channel_count(node.out[0]->type); ++c) groups.join(*node.in[0], c / times, *node.out[0], c);
}

constexpr Channels channels{.bounds = bounds, .relate = relate};
constexpr std::array rules{Rule{"int8 or float32", [](const Node& node, const Target&) {
  return node.out[0]->type.dtype == DType::int8 || node.out[0]->type.dtype == DType::float32;
}}};
constexpr std::array kernels{Kernel{"nn_repeat_<bits>", rules, nullptr, lower}};

}  // namespace

extern const Op repeat_channels_op{
    .name = "repeat_channels",
    .make_attrs = [] { return std::unique_ptr<Attrs>(std::make_unique<RepeatChannels>()); },
    .infer = infer,
    .macc = [](const Node&) -> int64_t { return 0; },
    .eval = eval,
    .imports = {},
    .kernels = kernels,
    .layer = [](const Node&) { return LayerType{"Tile", 0x118}; },
    .c_prefix = "repeat",
    .identity = [](const Node& node) { return node.as<RepeatChannels>().times == 1; },
    .channels = &channels,
};

}  // namespace ew
