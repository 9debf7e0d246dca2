// AVERAGE_POOL_2D and MAX_POOL_2D: input [N,H,W,C]; pixels outside the image do not count.
// int8 average: mean of the raw integers, rounded half away from zero; of an operator that was uint8: mean of the unsigned values, half up.
#include "ops/conv2d/helium.h"
#include "ops/conv2d/window.h"
#include "ops/pool2d/image_mean.h"

#include "base/error.h"
#include "ops/channels.h"
#include "ops/tflite_context.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace ew {
namespace {

struct Pool2d : AttrsOf<Pool2d> {
  Sliding sliding;
  int64_t kernel_h = 1, kernel_w = 1;
  Activation activation = Activation::none;
  bool was_uint8 = false;
  template <class V> void fields(V& v) {
    sliding.fields(v);
    v("kernel_h", kernel_h), v("kernel_w", kernel_w), v("activation", activation), v("was_uint8", was_uint8);
  }
  [[nodiscard]] Extent kernel() const { return {kernel_h, kernel_w}; }
  [[nodiscard]] Activation fused() const override { return activation; }
  bool fuse(Activation a) override {
    if (activation != Activation::none) return false;
    activation = a;
    return true;
  }
};

bool is_average(const Node& node) { return node.op->name == "average_pool2d"; }

std::vector<Type> infer(const Node& node) {
  check_rank(node, 0, 4);
  const Type& x = node.in[0]->type;
  const auto& attrs = node.as<Pool2d>();
  const Sliding& s = attrs.sliding;
  if (s.dilation_h != 1 || s.dilation_w != 1) throw not_implemented(fmt::format("layer '{}': dilated pooling", node.name));
  const Extent out = output_extent(node, s, {x.shape[1], x.shape[2]}, attrs.kernel());
  if (s.pad_top >= attrs.kernel_h || s.pad_left >= attrs.kernel_w || (out.h - 1) * s.stride_h - s.pad_top >= x.shape[1] ||
      (out.w - 1) * s.stride_w - s.pad_left >= x.shape[2])
    throw load_error(fmt::format("layer '{}': a pooling window lies wholly in the padding", node.name));
  return {{x.dtype, {x.shape[0], out.h, out.w, x.shape[3]}, {}}};
}

int64_t products(const Node& node) { return elements(node.out[0]->type.shape) * node.as<Pool2d>().kernel_h * node.as<Pool2d>().kernel_w; }

// Calls add(element) for every input element inside the window of one output element.
template <class Add>
void window_elements(const Node& node, int64_t n, int64_t y, int64_t x, int64_t c, Add add) {
  const auto& attrs = node.as<Pool2d>();
  const Shape& in = node.in[0]->type.shape;
  const int64_t top = y * attrs.sliding.stride_h - attrs.sliding.pad_top, left = x * attrs.sliding.stride_w - attrs.sliding.pad_left;
  for (int64_t row = std::max<int64_t>(top, 0); row < std::min(top + attrs.kernel_h, in[1]); ++row)
    for (int64_t column = std::max<int64_t>(left, 0); column < std::min(left + attrs.kernel_w, in[2]); ++column)
      add(static_cast<size_t>(((n * in[1] + row) * in[2] + column) * in[3] + c));
}

int8_t pooled(const Node& node, int64_t sum, int64_t count, int64_t most, IntegerRange clamp) {
  int64_t value = most;
  if (is_average(node)) {
    const int64_t offset = node.as<Pool2d>().was_uint8 ? 128 : 0, total = sum + offset * count;
    value = (total > 0 ? total + count / 2 : total - count / 2) / count - offset;
  }
  return static_cast<int8_t>(std::clamp<int64_t>(value, clamp.low, clamp.high));
}

void eval(const Node& node, std::span<const Tensor* const> in, std::span<Tensor> out) {
  const Activation activation = node.as<Pool2d>().activation;
  const DType dtype = node.in[0]->type.dtype;
  if (dtype == DType::int8) {
    const IntegerRange clamp = activation_range(activation, node.out[0]->type);
    for_each_output(node, [&](int64_t n, int64_t y, int64_t x, int64_t c, size_t index) {
      int64_t sum = 0, count = 0, most = -128;
      window_elements(node, n, y, x, c, [&](size_t i) {
        const int64_t value = in[0]->as<int8_t>()[i];
        sum += value, ++count, most = std::max(most, value);
      });
      out[0].as<int8_t>()[index] = pooled(node, sum, count, most, clamp);
    });
  } else if (dtype == DType::float32) {
    for_each_output(node, [&](int64_t n, int64_t y, int64_t x, int64_t c, size_t index) {
      double sum = 0, count = 0;
      float most = std::numeric_limits<float>::lowest();
      window_elements(node, n, y, x, c, [&](size_t i) {
        const float value = in[0]->as<float>()[i];
        sum += static_cast<double>(value), ++count, most = std::max(most, value);
      });
      const float value = is_average(node) ? static_cast<float>(sum / count) : most;
      out[0].as<float>()[index] = activated(value, activation, activation_range(activation));
    });
  } else {
    throw not_implemented(fmt::format("layer '{}': pooling of {}", node.name, name(dtype)));
  }
}

void import_pool(TfliteContext& context, std::string_view op) {
  const auto& options = context.options<tflite::Pool2DOptions>();
  auto attrs = std::make_unique<Pool2d>();
  attrs->kernel_h = options.filter_height(), attrs->kernel_w = options.filter_width();
  attrs->sliding.stride_h = options.stride_h(), attrs->sliding.stride_w = options.stride_w();
  attrs->activation = context.activation(options.fused_activation_function());
  attrs->was_uint8 = context.was_uint8;
  const Type& x = context.input(0)->type;
  if (x.shape.size() != 4) context.bad(fmt::format("input {} must have 4 dimensions", text(x.shape)));
  if (options.padding() == tflite::Padding_SAME) pad_same(attrs->sliding, {x.shape[1], x.shape[2]}, attrs->kernel());
  const auto& out = context.output_types.at(0).quant;
  if (x.dtype == DType::int8 && x.quant && out) {
    const ScaleZero a = per_tensor(x), b = per_tensor(context.output_types[0]);
    if (a.zero != b.zero || std::abs(a.scale - b.scale) > 1e-6F) context.bad("input and output are quantised differently");
  }
  context.finish(*find_op(op), std::move(attrs), {context.input(0)});
}

// A call with its window, output rows and arguments; `type` is the tag of the C names, "s8" or "f32".
Call row_call(const Node& node, Lowering& to, std::string_view function, std::string_view type) {
  const auto& attrs = node.as<Pool2d>();
  const Type& x = node.in[0]->type;
  const Type& out = node.out[0]->type;
  Call call;
  call.function = function;
  call.out_rows = out.shape[1];
  call.out_row_bytes = out.shape[2] * out.shape[3] * byte_size(out.dtype);
  call.out_array = to.output();
  call.windows.push_back(row_window(to.input(0), x, attrs.sliding, attrs.kernel_h));
  call.params = Params{fmt::format("nn_pool2d_{}_params", type),
                       {{"in_width", x.shape[2]}, {"channels", x.shape[3]}, {"in_pitch", x.shape[3]}, {"out_width", out.shape[2]},
                        {"out_pitch", out.shape[3]}, {"kernel_w", attrs.kernel_w}, {"stride_w", attrs.sliding.stride_w},
                        {"pad_left", attrs.sliding.pad_left}}};
  call.args = {rows_inside_arg(0, ctype(x.dtype)), row_count_arg(0), out_row_arg(ctype(x.dtype))};
  if (out.shape[0] == 1) to.overlap_rows(0, call);
  window_attributes(to, attrs.sliding, attrs.kernel());
  return call;
}

void lower_int8(const Node& node, Lowering& to, std::string_view function) {
  const auto& attrs = node.as<Pool2d>();
  const IntegerRange clamp = activation_range(attrs.activation, node.out[0]->type);
  Call call = row_call(node, to, is_average(node) && attrs.was_uint8 ? "nn_avgpool_u8_row" : function, "s8");
  call.params->fields.push_back({"clamp_min", int64_t{clamp.low}});
  call.params->fields.push_back({"clamp_max", int64_t{clamp.high}});
  call_each_image(to, call, node.in[0]->type.shape[0]);
}

void lower_global_int8(const Node& node, Lowering& to) {
  const IntegerRange clamp = activation_range(node.as<Pool2d>().activation, node.out[0]->type);
  window_attributes(to, node.as<Pool2d>().sliding, node.as<Pool2d>().kernel());
  lower_image_mean_s8(node, to, "nn_global_avgpool", {{"clamp_min", int64_t{clamp.low}}, {"clamp_max", int64_t{clamp.high}}});
}

void lower_global_float(const Node& node, Lowering& to) {
  window_attributes(to, node.as<Pool2d>().sliding, node.as<Pool2d>().kernel());
  lower_image_mean_f32(node, to, activation_range(node.as<Pool2d>().activation));
}

void lower_float(const Node& node, Lowering& to) {
  const RealRange range = activation_range(node.as<Pool2d>().activation);
  Call call = row_call(node, to, is_average(node) ? "nn_avgpool_f32_row" : "nn_maxpool_f32_row", "f32");
  call.params->fields.push_back({"clamp_min", range.low});
  call.params->fields.push_back({"clamp_max", range.high});
  call_each_image(to, call, node.in[0]->type.shape[0]);
}

bool is_global(const Node& node, const Target&) {
  const auto& attrs = node.as<Pool2d>();
  const Sliding& s = attrs.sliding;
  const Shape& x = node.in[0]->type.shape;
  return is_one_image(x) && attrs.kernel_h == x[1] && attrs.kernel_w == x[2] && s.pad_top + s.pad_bottom + s.pad_left + s.pad_right == 0;
}
bool was_int8(const Node& node, const Target&) { return !node.as<Pool2d>().was_uint8; }

constexpr Rule global_rule{"a window over the whole of one image", is_global}, signed_rule{"a model that is not uint8", was_int8};
constexpr std::array global_helium_rules{int8_rule, global_rule, signed_rule, helium_rule};
constexpr std::array global_rules{int8_rule, global_rule, signed_rule};

bool sums_fit_16_bits(const Node& node, const Target&) {
  const auto& attrs = node.as<Pool2d>();
  return !attrs.was_uint8 && attrs.kernel_h * attrs.kernel_w <= 256;
}
constexpr Rule small_rule{"a window of at most 256 pixels of what was not uint8", sums_fit_16_bits};

constexpr std::array average_helium_rules{int8_rule, batch_rule, helium_rule, small_rule};
constexpr std::array max_helium_rules{int8_rule, batch_rule, helium_rule};
constexpr std::array int8_rules{int8_rule, batch_rule};
constexpr std::array float_rules{float_rule, batch_rule, tanh_rule};
constexpr std::array global_float_rules{float_rule, global_rule, tanh_rule};
constexpr std::array average_kernels{
    Kernel{"nn_global_avgpool_mve_s8_row", global_helium_rules, nullptr, lower_global_int8},
    Kernel{"nn_global_avgpool_s8_row", global_rules, nullptr, lower_global_int8},
    Kernel{"nn_avgpool_mve_s8_row", average_helium_rules, nullptr, [](const Node& n, Lowering& to) { lower_int8(n, to, "nn_avgpool_mve_s8_row"); }},
    Kernel{"nn_avgpool_s8_row", int8_rules, nullptr, [](const Node& n, Lowering& to) { lower_int8(n, to, "nn_avgpool_s8_row"); }},
    Kernel{"nn_global_avgpool_f32_row", global_float_rules, nullptr, lower_global_float},
    Kernel{"nn_avgpool_f32_row", float_rules, nullptr, lower_float}};
constexpr std::array max_kernels{
    Kernel{"nn_maxpool_mve_s8_row", max_helium_rules, nullptr, [](const Node& n, Lowering& to) { lower_int8(n, to, "nn_maxpool_mve_s8_row"); }},
    Kernel{"nn_maxpool_s8_row", int8_rules, nullptr, [](const Node& n, Lowering& to) { lower_int8(n, to, "nn_maxpool_s8_row"); }},
    Kernel{"nn_maxpool_f32_row", float_rules, nullptr, lower_float}};

// A mean, rounded, and a maximum lie between the least and the largest element.
Bounds bounds(const Node& node, std::span<const Bounds* const> in) {
  Bounds result;
  for (const Interval& x : *in[0]) result.push_back(shifted(x, 0, activation_range(node.as<Pool2d>().activation, node.out[0]->type)));
  return result;
}

constexpr Channels channels{.bounds = bounds};
constexpr std::string_view types = "float32, int8, uint8";
constexpr std::array average_imports{
    Import{"tflite", "AVERAGE_POOL_2D", types, [](TfliteContext& context) { import_pool(context, "average_pool2d"); }}};
constexpr std::array max_imports{Import{"tflite", "MAX_POOL_2D", types, [](TfliteContext& context) { import_pool(context, "max_pool2d"); }}};

Op pool_op(std::string_view name, std::span<const Import> imports, std::span<const Kernel> kernels) {
  return {
      .name = name,
      .make_attrs = [] { return std::unique_ptr<Attrs>(std::make_unique<Pool2d>()); },
      .infer = infer,
      .macc = products,
      .eval = eval,
      .imports = imports,
      .kernels = kernels,
      .layer = [](const Node&) { return LayerType{"Pool", 0x10b}; },
      .c_prefix = "pool",
      .channels = &channels,
  };
}

}  // namespace

extern const Op average_pool2d_op = pool_op("average_pool2d", average_imports, average_kernels);
extern const Op max_pool2d_op = pool_op("max_pool2d", max_imports, max_kernels);

}  // namespace ew
