#include "ops/conv2d/window.h"

#include "base/error.h"

#include <algorithm>
#include <cmath>

namespace ew {

namespace {

constexpr int64_t largest = int64_t{1} << 24;    // of a stride, dilation, padding or window side: keeps products far from overflow

constexpr int64_t most_pixels = int64_t{1} << 28;  // of an output

[[noreturn]] void bad(const Node& node, const std::string& why) { throw load_error(fmt::format("layer '{}': {}", node.name, why)); }

int64_t reach(int64_t kernel, int64_t dilation) { return (kernel - 1) * dilation + 1; }

int64_t output_pixels(const Node& node, std::string_view side, int64_t image, int64_t pads, int64_t window, int64_t stride) {
  if (image + pads < window) bad(node, fmt::format("the window's {} is {}, the padded image's {}", side, window, image + pads));
  return (image + pads - window) / stride + 1;
}

// Padding of one side: {before, after}.
std::pair<int64_t, int64_t> same(int64_t image, int64_t kernel, int64_t stride, int64_t dilation) {
  const int64_t out = (image + stride - 1) / stride;
  const int64_t total = std::max<int64_t>((out - 1) * stride + reach(kernel, dilation) - image, 0);
  return {total / 2, total - total / 2};
}

bool sensible(int64_t value, int64_t least) { return value >= least && value <= largest; }

// The parameters of the int8 kernels have 16 bits for all but widths.
void check_sizes(const Node& node, Extent kernel) {
  constexpr int64_t most = 65535;
  const Sliding& s = node.as<Convolution>().sliding;
  for (const auto& [what, size] : {std::pair{"input channels", node.in[0]->type.shape[3]}, {"output channels", node.out[0]->type.shape[3]},
                                   {"rows of its kernel", kernel.h}, {"columns of its kernel", kernel.w}, {"of horizontal stride", s.stride_w},
                                   {"of horizontal dilation", s.dilation_w}, {"columns of padding", s.pad_left}})
    if (size > most) throw not_implemented(fmt::format("layer '{}': {} {}; an int8 convolution has at most {}", node.name, size, what, most));
}

}  // namespace

void pad_same(Sliding& s, Extent image, Extent kernel) {
  // Nonsense is left to output_extent, which names it.
  if (!sensible(s.stride_h, 1) || !sensible(s.stride_w, 1) || !sensible(s.dilation_h, 1) || !sensible(s.dilation_w, 1)) return;
  if (!sensible(kernel.h, 1) || !sensible(kernel.w, 1)) return;
  std::tie(s.pad_top, s.pad_bottom) = same(image.h, kernel.h, s.stride_h, s.dilation_h);
  std::tie(s.pad_left, s.pad_right) = same(image.w, kernel.w, s.stride_w, s.dilation_w);
}

Extent output_extent(const Node& node, const Sliding& s, Extent image, Extent kernel) {
  for (const int64_t v : {s.stride_h, s.stride_w, s.dilation_h, s.dilation_w, kernel.h, kernel.w})
    if (!sensible(v, 1)) bad(node, fmt::format("a stride, dilation or window side of {}", v));
  for (const int64_t v : {s.pad_top, s.pad_bottom, s.pad_left, s.pad_right})
    if (!sensible(v, 0)) bad(node, fmt::format("a padding of {}", v));
  const Extent out{output_pixels(node, "height", image.h, s.pad_top + s.pad_bottom, reach(kernel.h, s.dilation_h), s.stride_h),
                   output_pixels(node, "width", image.w, s.pad_left + s.pad_right, reach(kernel.w, s.dilation_w), s.stride_w)};
  if (out.h > most_pixels / out.w) bad(node, fmt::format("an output of {} x {} pixels", out.h, out.w));
  return out;
}

RowWindow row_window(int array, const Type& image, const Sliding& s, int64_t kernel_h) {
  RowWindow window;
  window.array = array;
  window.kernel = kernel_h;
  window.stride = s.stride_h;
  window.first = -s.pad_top;
  window.dilation = s.dilation_h;
  window.height = image.shape.at(1);
  window.row_bytes = image.shape.at(2) * image.shape.at(3) * byte_size(image.dtype);
  return window;
}

void call_each_image(Lowering& to, const Call& call, int64_t images) {
  for (int64_t image = 0; image < images; ++image) {
    Call one = call;
    for (RowWindow& window : one.windows) window.offset += image * window.height * window.row_bytes;
    one.out_offset += image * call.out_rows * call.out_row_bytes;
    to.call(std::move(one));
  }
}

void window_attributes(Lowering& to, const Sliding& s, Extent kernel) {
  to.attribute("filter_size", fmt::format("({}, {})", kernel.h, kernel.w));
  to.attribute("stride", fmt::format("({}, {})", s.stride_h, s.stride_w));
  to.attribute("dilation", fmt::format("({}, {})", s.dilation_h, s.dilation_w));
  to.attribute("pad", fmt::format("{{H: ({}, {}), W: ({}, {})}}", s.pad_top, s.pad_bottom, s.pad_left, s.pad_right));
}

void convolution_attributes(Lowering& to, const Convolution& attrs, Extent kernel) {
  window_attributes(to, attrs.sliding, kernel);
  if (attrs.activation != Activation::none) to.attribute("nonlinearity", std::string(name(attrs.activation)));
}

Call row_call(const Node& node, Lowering& to, Extent kernel, std::string_view function) {
  const Type& out = node.out[0]->type;
  const auto& attrs = node.as<Convolution>();
  if (out.dtype == DType::int8) check_sizes(node, kernel);
  Call call;
  call.function = function;
  call.out_rows = out.shape[1];
  call.out_row_bytes = out.shape[2] * out.shape[3] * byte_size(out.dtype);
  call.out_array = to.output();
  call.windows.push_back(row_window(to.input(0), node.in[0]->type, attrs.sliding, kernel.h));
  convolution_attributes(to, attrs, kernel);
  return call;
}

Call convolution_call(const Node& node, Lowering& to, Extent kernel, std::string_view function) {
  Call call = row_call(node, to, kernel, function);
  if (node.out[0]->type.shape[0] == 1) to.overlap_rows(0, call);
  return call;
}

void check_rank(const Node& node, size_t index, size_t rank) {
  if (index >= node.in.size() || node.in[index] == nullptr) bad(node, fmt::format("input {} is missing", index));
  const Shape& shape = node.in[index]->type.shape;
  if (shape.size() != rank) bad(node, fmt::format("input {} has {} dimensions, {} expected", index, shape.size(), rank));
  for (const int64_t d : shape)
    if (d < 1) bad(node, fmt::format("input {} has the shape {}", index, text(shape)));
}

void check_bias(const Node& node, size_t index, int64_t channels) {
  if (index >= node.in.size() || node.in[index] == nullptr) return;
  const Type& bias = node.in[index]->type;
  if (elements(bias.shape) != channels) bad(node, fmt::format("the bias has {} elements, {} expected", elements(bias.shape), channels));
  const DType expected = node.in[0]->type.dtype == DType::float32 ? DType::float32 : DType::int32;
  if (bias.dtype != expected) bad(node, fmt::format("the bias is {}, {} expected", name(bias.dtype), name(expected)));
}

WeightedQuant weighted_quant(const Node& node, int64_t channels, Activation activation, bool float_product) {
  const ScaleZero in = per_tensor(node.in[0]->type), out = per_tensor(node.out[0]->type);
  const auto& weights = node.in[1]->type.quant;
  if (!weights || weights->scale.empty()) bad(node, "the weights have no quantisation");
  const size_t scales = weights->scale.size();
  if (scales != 1 && scales != static_cast<size_t>(channels)) bad(node, fmt::format("{} scales for {} channels", scales, channels));
  WeightedQuant quant{in.zero, 0, out.zero, {}, activation_range(activation, node.out[0]->type)};
  for (const int32_t zero : weights->zero) {
    if (zero != 0 && scales != 1) throw not_implemented(fmt::format("layer '{}': zero points of weights quantised per channel", node.name));
    quant.weight_zero = zero;
  }
  for (const int32_t zero : {quant.in_zero, quant.weight_zero, quant.out_zero})
    if (zero < -128 || zero > 127) bad(node, fmt::format("zero point {} of an int8 tensor", zero));
  for (size_t c = 0; c < static_cast<size_t>(channels); ++c) {
    const float scale = weights->scale[scales == 1 ? 0 : c];
    const double product = float_product ? static_cast<double>(in.scale * scale) : static_cast<double>(in.scale) * static_cast<double>(scale);
    const double factor = product / static_cast<double>(out.scale);
    if (!std::isfinite(factor) || factor < 0) bad(node, fmt::format("the scales {}, {} and {} make no sense", in.scale, scale, out.scale));
    quant.factors.push_back(quantize_multiplier(factor));
    if (quant.factors.back().shift > 30) bad(node, fmt::format("the scales {}, {} and {} are out of proportion", in.scale, scale, out.scale));
  }
  return quant;
}

int8_t requantised(int64_t sum, const WeightedQuant& quant, int64_t channel, bool single) {
  const auto wrapped = static_cast<int32_t>(static_cast<uint32_t>(static_cast<uint64_t>(sum)));
  const Multiplier factor = quant.factors[static_cast<size_t>(channel)];
  const int64_t scaled = single ? multiply_single_rounding(wrapped, factor) : multiply_double_rounding(wrapped, factor);
  return static_cast<int8_t>(std::clamp<int64_t>(scaled + quant.out_zero, quant.clamp.low, quant.clamp.high));
}

float activated(float x, Activation activation, RealRange range) {
  return activation == Activation::tanh ? std::tanh(x) : std::clamp(x, range.low, range.high);
}

Tensor folded_bias(const Node& node, const WeightedQuant& quant, const WeightLayout& layout) {
  const auto weights = node.in[1]->constant->as<int8_t>();
  const Value* bias = node.in.size() > 2 ? node.in[2] : nullptr;
  Tensor result(Type{DType::int32, {layout.channels}, {}});
  for (int64_t c = 0; c < layout.channels; ++c) {
    int64_t sum = 0, size = 0;                   // of the weights less their zero point
    for (int64_t i = 0; i < layout.count; ++i) {
      const int64_t w = weights[static_cast<size_t>(c * layout.channel_stride + i * layout.tap_stride)];
      sum += w - quant.weight_zero;
      size += std::abs(w) + std::abs(quant.weight_zero);
    }
    const int64_t value = (bias != nullptr ? bias->constant->as<int32_t>()[static_cast<size_t>(c)] : 0) - quant.in_zero * sum;
    if (std::abs(value) + 128 * size >= int64_t{1} << 31)
      throw not_implemented(fmt::format("layer '{}': the sums of channel {} may leave 32 bits (bias {})", node.name, c, value));
    result.as<int32_t>()[static_cast<size_t>(c)] = static_cast<int32_t>(value);
  }
  return result;
}

void add_fields(std::vector<Field>& fields, const WeightedQuant& quant) {
  fields.push_back({"in_zero", int64_t{quant.in_zero}});
  fields.push_back({"weight_zero", int64_t{quant.weight_zero}});
  fields.push_back({"out_zero", int64_t{quant.out_zero}});
  fields.push_back({"clamp_min", int64_t{quant.clamp.low}});
  fields.push_back({"clamp_max", int64_t{quant.clamp.high}});
}

FactorTables factor_tables(const std::vector<Multiplier>& factors) {
  FactorTables tables;
  for (const Multiplier& factor : factors) {
    // A factor of 0 or 2^-31 makes 0 of every sum below 2^30; so does 2^-31, in the form the kernels can do fast.
    const bool vanishes = factor.value == 0 || factor.shift < -30;
    tables.multipliers.push_back(vanishes ? 1 << 30 : factor.value);
    tables.shifts.push_back(static_cast<int8_t>(vanishes ? -30 : factor.shift));
  }
  return tables;
}

void add_pad_row(Lowering& to, RowWindow& window, int64_t out_rows, int32_t zero) {
  const int64_t last = window.first + (out_rows - 1) * window.stride + (window.kernel - 1) * window.dilation;
  if (window.first >= 0 && last < window.height) return;
  window.pad_table = to.pad_row(static_cast<int8_t>(zero), window.row_bytes);
}

bool is_float(const Node& node, const Target&) {
  return node.in[0]->type.dtype == DType::float32 && node.out[0]->type.dtype == DType::float32;
}

bool is_int8(const Node& node, const Target&) { return node.in[0]->type.dtype == DType::int8 && node.out[0]->type.dtype == DType::int8; }

bool batch_is_small(const Node& node, const Target&) { return node.in[0]->type.shape.at(0) <= 16; }

bool weights_are_constant(const Node& node, const Target&) {
  return node.in[1]->constant != nullptr && (node.in.size() < 3 || node.in[2] == nullptr || node.in[2]->constant != nullptr);
}

bool multipliers_below_half(const Node& node, const Target&) {
  const auto& attrs = node.as<Convolution>();
  const FactorTables tables = factor_tables(weighted_quant(node, node.out[0]->type.shape[3], attrs.activation, attrs.float_product).factors);
  return std::all_of(tables.shifts.begin(), tables.shifts.end(), [](int8_t shift) { return shift < 0; });
}

bool no_fused_tanh(const Node& node, const Target&) { return node.attrs->fused() != Activation::tanh; }

bool weights_have_no_zero_point(const Node& node, const Target&) {
  const auto& quant = node.in[1]->type.quant;
  return quant && std::all_of(quant->zero.begin(), quant->zero.end(), [](int32_t z) { return z == 0; });
}

}  // namespace ew
