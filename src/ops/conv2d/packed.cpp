#include "ops/conv2d/packed.h"

#include "ops/affine_output.h"

#include <algorithm>
#include <cstdlib>

namespace ew {
namespace {

WeightedQuant quant_of(const Node& node, const Filters& filters) {
  const auto& attrs = node.as<Convolution>();
  return weighted_quant(node, filters.layout.channels, attrs.activation, attrs.float_product);
}

int64_t weight(const Node& node, const WeightLayout& layout, int64_t channel, int64_t i) {
  return node.in[1]->constant->as<int8_t>()[static_cast<size_t>(channel * layout.channel_stride + i * layout.tap_stride)];
}

// Steps of four inputs, and whether one or two are left over.
struct Steps { int64_t full, half; };
Steps steps_of(int64_t count) { return {(count + 1) / 4, (count + 1) / 2 % 2}; }

// The inputs of a window in the order of nn_conv2d_dsp_s8_row: of each kernel row those that make words, then the rest.
std::vector<int64_t> window_order(const Filters& filters) {
  const int64_t row = filters.layout.count / filters.kernel_h, words = row / 4 * 4;
  std::vector<int64_t> order;
  for (int64_t y = 0; y < filters.kernel_h; ++y)
    for (int64_t i = 0; i < words; ++i) order.push_back(y * row + i);
  for (int64_t y = 0; y < filters.kernel_h; ++y)
    for (int64_t i = words; i < row; ++i) order.push_back(y * row + i);
  return order;
}

// block(first channel, count) for the channels that are finished together: `most`, if there are as many left, else pairs.
template <class Block>
void for_each_block(const Filters& filters, int64_t most, Block block) {
  const int64_t channels = filters.layout.channels / filters.groups;
  for (int64_t g = 0; g < filters.groups; ++g)
    for (int64_t c = 0, count = 0; c < channels; c += count) {
      count = channels - c >= most ? most : std::min<int64_t>(2, channels - c);
      block(g * channels + c, count);
    }
}

// pair(first channel, whether there is a second) for every pair of every group.
template <class Pair>
void for_each_pair(const Filters& filters, Pair pair) {
  for_each_block(filters, 2, [&](int64_t first, int64_t count) { pair(first, count == 2); });
}

// The halfwords of a pair, in memory's order, added to `bytes` for the inputs at `positions` of `order`; zeros past its end.
void add_halfwords(const Node& node, const WeightLayout& layout, int64_t channel, bool second, std::span<const int64_t> order,
                   std::initializer_list<int64_t> positions, std::vector<int8_t>& bytes) {
  for (const int64_t position : positions) {
    const bool there = position < static_cast<int64_t>(order.size());
    const int64_t i = there ? order[static_cast<size_t>(position)] : 0;
    const int64_t low = there ? weight(node, layout, channel, i) : 0, high = there && second ? weight(node, layout, channel + 1, i) : 0;
    const auto both = static_cast<uint16_t>(256 * high + low);
    bytes.push_back(static_cast<int8_t>(both & 255));
    bytes.push_back(static_cast<int8_t>(both >> 8));
  }
}

Tensor tensor_of(const std::vector<int8_t>& bytes, const Type& type) {
  const auto size = static_cast<int64_t>(bytes.size());
  Tensor result(Type{DType::int8, size == elements(type.shape) ? type.shape : Shape{size}, type.quant});
  std::copy(bytes.begin(), bytes.end(), result.as<int8_t>().begin());
  return result;
}

// Largest sum of a channel, without its sign.
int64_t largest_sum(const Node& node, const Filters& filters, int64_t channel, int64_t bias) {
  int64_t size = std::abs(bias);
  for (int64_t i = 0; i < filters.layout.count; ++i) size += 128 * std::abs(weight(node, filters.layout, channel, i));
  return size;
}

constexpr int64_t sum_limit = int64_t{1} << 23;    // of a pair's second channel

// What is done to the sums, as nn_pairs_s8.h wants it: affine wherever all channels of a block have such constants.
struct PairedOutput { Tensor bias; FactorTables tables; };
PairedOutput paired_output(const Node& node, const Filters& filters, int64_t block) {
  const WeightedQuant quant = quant_of(node, filters);
  const FactorTables factors = factor_tables(quant.factors);
  PairedOutput output{folded_bias(node, quant, filters.layout), {}};
  const auto biases = output.bias.as<int32_t>();
  for_each_block(filters, block, [&](int64_t first, int64_t count) {
    std::vector<AffineChannel> affine;
    for (int64_t c = first; c < first + count; ++c) {
      const int64_t bias = biases[static_cast<size_t>(c)];
      const auto channel = affine_channel(node, quant, filters.layout, c, bias);
      if (channel && largest_sum(node, filters, c, bias + channel->bias) < sum_limit) affine.push_back(*channel);
    }
    const bool is_affine = std::ssize(affine) == count;
    for (int64_t i = 0; i < count + count % 2; ++i) {                  // a last single channel stands twice
      const int64_t k = std::min(i, count - 1);
      const auto c = static_cast<size_t>(first + k);
      const AffineChannel channel = is_affine ? affine[static_cast<size_t>(k)] : AffineChannel{};
      if (i < count) biases[c] += channel.bias;
      output.tables.multipliers.push_back(is_affine ? channel.multiplier : static_cast<int32_t>(static_cast<uint32_t>(factors.multipliers[c]) << 1));
      output.tables.shifts.push_back(is_affine ? channel.offset : static_cast<int8_t>(-2 - factors.shifts[c]));
    }
  });
  return output;
}

// Three columns of halfwords, the bytes of their windows that make no words, and the pixels of a kernel row that do not lie in the input as
// the windows want them.
int64_t scratch_bytes(const Node& node, const Filters& filters) {
  const int64_t row = filters.layout.count / filters.kernel_h, left_over = row % 4 * filters.kernel_h;
  const Steps steps = steps_of(filters.layout.count);
  const Sliding& s = node.as<Convolution>().sliding;
  const int64_t kernel_w = node.in[1]->type.shape[2];
  const bool in_place = kernel_w == 1 && s.pad_left + s.pad_right == 0;
  const int64_t pixels = in_place ? 0 : kernel_w > 1 && s.dilation_w > 1 ? kernel_w : 2 * s.stride_w + kernel_w;
  return 24 * steps.full + 12 * steps.half + 12 * ((left_over + 3) / 4) + pixels * (row / kernel_w);
}

}  // namespace

bool channels_pair(const Node& node, const Target& target, const Filters& filters, const WeightedQuant& quant) {
  if (!target.features.dsp || target.features.mve) return false;
  const Tensor bias = folded_bias(node, quant, filters.layout);
  bool exact = true;
  for_each_pair(filters, [&](int64_t c, bool second) {
    if (!second) return;
    for (int64_t i = 0; i < filters.layout.count; ++i)
      exact = exact && 256 * weight(node, filters.layout, c + 1, i) + weight(node, filters.layout, c, i) >= INT16_MIN;
    exact = exact && largest_sum(node, filters, c + 1, bias.as<int32_t>()[static_cast<size_t>(c + 1)]) < sum_limit;
  });
  return exact;
}

bool convolution_pairs(const Node& node, const Target& target, const Filters& filters) {
  const WeightedQuant q = quant_of(node, filters);
  const FactorTables tables = factor_tables(q.factors);
  const int8_t least = q.clamp.low >= q.out_zero ? -30 : -12;
  return std::all_of(tables.shifts.begin(), tables.shifts.end(), [&](int8_t shift) { return shift >= least && shift <= -2; }) &&
         channels_pair(node, target, filters, q);
}

Tensor paired_weights(const Node& node, const Filters& filters) {
  const std::vector<int64_t> order = window_order(filters);
  const Steps steps = steps_of(static_cast<int64_t>(order.size()));
  std::vector<int8_t> bytes;
  for_each_pair(filters, [&](int64_t channel, bool second) {
    int64_t k = 0;
    for (; k < 4 * steps.full; k += 4) add_halfwords(node, filters.layout, channel, second, order, {k, k + 2, k + 1, k + 3}, bytes);
    if (steps.half != 0) add_halfwords(node, filters.layout, channel, second, order, {k, k + 1}, bytes);
  });
  return tensor_of(bytes, node.in[1]->type);
}

Tensor vector_weights(const Node& node, const WeightLayout& layout) {
  const std::vector<int64_t> order = window_order({layout});
  std::vector<int8_t> bytes;
  for (int64_t first = 0, block = 0; first < layout.channels; first += block) {
    block = layout.channels - first >= 8 ? 8 : 2;
    for (int64_t k = 0; k < layout.count; k += 4)
      for (int64_t c = first; c < first + block; c += 2)
        add_halfwords(node, layout, c, c + 1 < layout.channels, order, {k, k + 2, k + 1, k + 3}, bytes);
  }
  return tensor_of(bytes, node.in[1]->type);
}

Tensor quad_weights(const Node& node, const WeightLayout& layout) {
  const std::vector<int64_t> order = window_order({layout});
  std::vector<int8_t> bytes;
  for (int64_t c = 0; c < layout.channels; c += 4)
    for (int64_t k = 0; k < layout.count; k += 4)
      for (const int64_t i : {k, k + 1})
        for (const int64_t pair : {c, c + 2}) add_halfwords(node, layout, pair, true, order, {i, i + 2}, bytes);
  return tensor_of(bytes, node.in[1]->type);
}

Tensor paired_bias(const Tensor& folded, const Filters& filters) {
  const auto bias = folded.as<int32_t>();
  std::vector<int32_t> words;
  for_each_pair(filters, [&](int64_t c, bool second) {
    const auto b0 = static_cast<uint32_t>(bias[static_cast<size_t>(c)]);
    const uint32_t b1 = second ? static_cast<uint32_t>(bias[static_cast<size_t>(c + 1)]) : 0;
    words.push_back(static_cast<int32_t>(b0));
    words.push_back(static_cast<int32_t>(b0 + 256 * b1));
  });
  Tensor result(Type{DType::int32, {static_cast<int64_t>(words.size())}, {}});
  std::copy(words.begin(), words.end(), result.as<int32_t>().begin());
  return result;
}

void add_paired_arguments(const Node& node, Lowering& to, Call& call, const Filters& filters) {
  const bool column = call.function == "nn_conv2d_column_dsp_s8_row", tall = call.function == "nn_conv2d_tall_dsp_s8";
  const PairedOutput output = paired_output(node, filters, column ? 8 : tall ? 4 : 2);
  call.args = {column || tall ? in_row_arg(0, "int8_t") : rows_arg(0, "int8_t"),
               array_arg(to.weights("weights", column ? vector_weights(node, filters.layout)
                                               : tall ? quad_weights(node, filters.layout)
                                                      : paired_weights(node, filters)), "const int8_t"),
               array_arg(to.bias("bias", paired_bias(output.bias, filters)), "const int32_t"),
               table_arg(to.table("multiplier", DType::int32, output.tables.multipliers), "int32_t"),
               table_arg(to.table("shift", DType::int8, output.tables.shifts), "int8_t")};
  if (tall) call.args.push_back(array_arg(to.scratch("scratch", 4 * filters.layout.count), "int8_t"));
  else if (!column) call.args.push_back(array_arg(to.scratch("scratch", scratch_bytes(node, filters)), "int8_t"));
  call.args.push_back(out_row_arg("int8_t"));
}

}  // namespace ew
