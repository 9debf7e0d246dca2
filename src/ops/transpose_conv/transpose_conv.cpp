// TRANSPOSE_CONV: inputs x [N,H,W,C], weights [O,kernel_h,kernel_w,C], bias [O] or none. Every input pixel adds its products to a window of the output:
//   sum[v*stride_h + ky - pad_top][u*stride_w + kx - pad_left][o] += in[v][u][i] * weights[o][ky][kx][i];  out = activation(bias[o] + sum)
// int8: exact integers, `double` requantisation (LiteRT's reference kernel).
#include "ops/conv2d/window.h"

#include "base/error.h"
#include "ops/tflite_context.h"

#include <array>

namespace ew {
namespace {

struct TransposeConv : AttrsOf<TransposeConv> {
  int64_t stride_h = 1, stride_w = 1, pad_top = 0, pad_left = 0, out_h = 1, out_w = 1;
  Activation activation = Activation::none;
  bool float_product = false;                    // see weighted_quant
  template <class V> void fields(V& v) {
    v("stride_h", stride_h), v("stride_w", stride_w), v("pad_top", pad_top), v("pad_left", pad_left), v("out_h", out_h), v("out_w", out_w);
    v("activation", activation), v("float_product", float_product);
  }
  [[nodiscard]] Activation fused() const override { return activation; }
  bool fuse(Activation a) override {
    if (activation != Activation::none) return false;
    activation = a;
    return true;
  }
};

constexpr int64_t largest = int64_t{1} << 24;    // of a side, stride or padding

std::vector<Type> infer(const Node& node) {
  check_rank(node, 0, 4);
  check_rank(node, 1, 4);
  const auto& a = node.as<TransposeConv>();
  const Shape& x = node.in[0]->type.shape;
  const Shape& w = node.in[1]->type.shape;
  if (w[3] != x[3]) throw load_error(fmt::format("layer '{}': weights {} do not fit {} input channels", node.name, text(w), x[3]));
  if (node.in[0]->type.dtype != node.in[1]->type.dtype)
    throw load_error(fmt::format("layer '{}': {} input and {} weights", node.name, name(node.in[0]->type.dtype), name(node.in[1]->type.dtype)));
  for (const int64_t v : {a.stride_h, a.stride_w, a.out_h, a.out_w})
    if (v < 1 || v > largest) throw load_error(fmt::format("layer '{}': a stride or output side of {}", node.name, v));
  for (const int64_t v : {a.pad_top, a.pad_left})
    if (v < 0 || v > largest) throw load_error(fmt::format("layer '{}': a padding of {}", node.name, v));
  if (a.out_h * a.out_w > int64_t{1} << 28) throw load_error(fmt::format("layer '{}': an output of {} x {} pixels", node.name, a.out_h, a.out_w));
  check_bias(node, 2, w[0]);
  return {{node.in[0]->type.dtype, {x[0], a.out_h, a.out_w, w[0]}, {}}};
}

int64_t products(const Node& node) {
  const Shape& x = node.in[0]->type.shape;
  const bool bias = node.in.size() > 2 && node.in[2] != nullptr;
  return elements(node.in[1]->type.shape) * x[0] * x[1] * x[2] + (bias ? node.in[1]->type.shape[0] : 0);
}

// add(output element, input element, weight element) for every product.
template <class Add>
void for_each_product(const Node& node, Add add) {
  const auto& a = node.as<TransposeConv>();
  const Shape& in = node.in[0]->type.shape;
  const Shape& w = node.in[1]->type.shape;
  for (int64_t pixel = 0; pixel < in[0] * in[1] * in[2]; ++pixel) {
    const int64_t n = pixel / (in[1] * in[2]), v = pixel / in[2] % in[1], u = pixel % in[2];
    for (int64_t tap = 0; tap < w[1] * w[2]; ++tap) {
      const int64_t y = v * a.stride_h + tap / w[2] - a.pad_top, x = u * a.stride_w + tap % w[2] - a.pad_left;
      if (y < 0 || y >= a.out_h || x < 0 || x >= a.out_w) continue;
      for (int64_t o = 0; o < w[0]; ++o)
        for (int64_t i = 0; i < w[3]; ++i)
          add(static_cast<size_t>(((n * a.out_h + y) * a.out_w + x) * w[0] + o), static_cast<size_t>(pixel * w[3] + i),
              static_cast<size_t>((o * w[1] * w[2] + tap) * w[3] + i));
    }
  }
}

void eval(const Node& node, std::span<const Tensor* const> in, std::span<Tensor> out) {
  const auto& a = node.as<TransposeConv>();
  const auto channels = static_cast<size_t>(node.in[1]->type.shape[0]);
  const size_t count = static_cast<size_t>(elements(node.out[0]->type.shape));
  const Tensor* bias = in.size() > 2 ? in[2] : nullptr;
  if (node.in[0]->type.dtype == DType::float32) {
    std::vector<double> sums(count);
    const auto x = in[0]->as<float>(), w = in[1]->as<float>();
    for_each_product(node, [&](size_t o, size_t i, size_t j) { sums[o] += static_cast<double>(x[i]) * static_cast<double>(w[j]); });
    for (size_t i = 0; i < count; ++i) {
      const double sum = sums[i] + (bias != nullptr ? static_cast<double>(bias->as<float>()[i % channels]) : 0);
      out[0].as<float>()[i] = activated(static_cast<float>(sum), a.activation, activation_range(a.activation));
    }
  } else if (node.in[0]->type.dtype == DType::int8) {
    const WeightedQuant q = weighted_quant(node, static_cast<int64_t>(channels), a.activation, a.float_product);
    std::vector<int64_t> sums(count);
    const auto x = in[0]->as<int8_t>(), w = in[1]->as<int8_t>();
    for_each_product(node, [&](size_t o, size_t i, size_t j) { sums[o] += (x[i] - q.in_zero) * (w[j] - q.weight_zero); });
    for (size_t i = 0; i < count; ++i)
      out[0].as<int8_t>()[i] = requantised(sums[i] + (bias != nullptr ? bias->as<int32_t>()[i % channels] : 0), q, static_cast<int64_t>(i % channels));
  } else {
    throw not_implemented(fmt::format("layer '{}': transposed convolution of {}", node.name, name(node.in[0]->type.dtype)));
  }
}

// TFLite's padding: that of the convolution which would lead from the output back to the input.
int64_t padding(tflite::Padding kind, int64_t out, int64_t kernel, int64_t stride) {
  const int64_t back = kind == tflite::Padding_SAME ? (out + stride - 1) / stride : (out + stride - kernel) / stride;
  return std::max<int64_t>((back - 1) * stride + kernel - out, 0) / 2;
}

void import_tflite(TfliteContext& context) {
  const auto& options = context.options<tflite::TransposeConvOptions>();
  const std::vector<int64_t> shape = context.integers(0);
  const Shape& w = context.input(1)->type.shape;
  auto a = std::make_unique<TransposeConv>();
  a->stride_h = options.stride_h(), a->stride_w = options.stride_w();
  if (shape.size() != 4 || w.size() != 4) context.bad(fmt::format("output shape {} and weights {} must have 4 dimensions", text(shape), text(w)));
  if (a->stride_h < 1 || a->stride_w < 1 || a->stride_h > largest || a->stride_w > largest)
    context.bad(fmt::format("strides {} and {}", a->stride_h, a->stride_w));
  a->out_h = shape[1], a->out_w = shape[2];
  a->pad_top = padding(options.padding(), shape[1], w[1], a->stride_h);
  a->pad_left = padding(options.padding(), shape[2], w[2], a->stride_w);
  a->activation = context.activation(options.fused_activation_function());
  a->float_product = context.was_uint8;
  context.finish(*find_op("transpose_conv"), std::move(a), {context.input(2), context.input(1), context.has(3) ? context.inputs[3] : nullptr});
}

// The call with the fields that the int8 and the float parameters share.
Call flat_call(const Node& node, Lowering& to, std::string_view type) {
  const auto& a = node.as<TransposeConv>();
  const Shape& x = node.in[0]->type.shape;
  const Shape& w = node.in[1]->type.shape;
  const Shape& out = node.out[0]->type.shape;
  Call call;
  call.function = fmt::format("nn_transpose_conv_{}", type);
  call.params = Params{fmt::format("nn_transpose_conv_{}_params", type),
                       {{"in_height", x[1]}, {"in_width", x[2]}, {"in_channels", x[3]}, {"in_pitch", x[3]}, {"out_height", out[1]}, {"out_width", out[2]},
                        {"out_channels", out[3]}, {"out_pitch", out[3]}, {"kernel_h", w[1]}, {"kernel_w", w[2]}, {"stride_h", a.stride_h}, {"stride_w", a.stride_w},
                        {"pad_top", a.pad_top}, {"pad_left", a.pad_left}}};
  to.attribute("filter_size", fmt::format("({}, {})", w[1], w[2]));
  to.attribute("stride", fmt::format("({}, {})", a.stride_h, a.stride_w));
  return call;
}

// The call, written for the first image, for every image of the batch.
void flat_call_each_image(const Node& node, Lowering& to, const Call& call) {
  const int64_t images = node.in[0]->type.shape[0];
  for (int64_t image = 0; image < images; ++image) {
    Call one = call;
    one.args.front().byte_offset = image * bytes(node.in[0]->type) / images;
    one.args.back().byte_offset = image * bytes(node.out[0]->type) / images;
    to.call(std::move(one));
  }
}

void lower_int8(const Node& node, Lowering& to) {
  const auto& a = node.as<TransposeConv>();
  const Shape& w = node.in[1]->type.shape;
  const WeightedQuant q = weighted_quant(node, w[0], a.activation, a.float_product);
  const FactorTables tables = factor_tables(q.factors);
  Call call = flat_call(node, to, "s8");
  add_fields(call.params->fields, q);
  WeightedQuant unfolded = q;                    // how many products meet an output differs: nothing can be folded
  unfolded.in_zero = 0;
  const int64_t k = w[1] * w[2] * w[3];
  call.args = {array_arg(to.input(0), "const int8_t"), array_arg(to.weights("weights", *node.in[1]->constant), "const int8_t"),
               array_arg(to.bias("bias", folded_bias(node, unfolded, {w[0], k, k, 1})), "const int32_t"),
               table_arg(to.table("multiplier", DType::int32, tables.multipliers), "int32_t"),
               table_arg(to.table("shift", DType::int8, tables.shifts), "int8_t"), array_arg(to.output(), "int8_t")};
  flat_call_each_image(node, to, call);
}

void lower_float(const Node& node, Lowering& to) {
  const RealRange range = activation_range(node.as<TransposeConv>().activation);
  const bool bias = node.in.size() > 2 && node.in[2] != nullptr;
  Call call = flat_call(node, to, "f32");
  call.params->fields.push_back({"clamp_min", range.low});
  call.params->fields.push_back({"clamp_max", range.high});
  call.args = {array_arg(to.input(0), "const float"), array_arg(to.weights("weights", *node.in[1]->constant), "const float"),
               bias ? array_arg(to.bias("bias", *node.in[2]->constant), "const float") : null_arg(), array_arg(to.output(), "float")};
  flat_call_each_image(node, to, call);
}

constexpr std::array int8_rules{int8_rule, batch_rule, constant_rule};
constexpr std::array float_rules{float_rule, batch_rule, constant_rule, tanh_rule};
constexpr std::array kernels{Kernel{"nn_transpose_conv_s8", int8_rules, nullptr, lower_int8},
                             Kernel{"nn_transpose_conv_f32", float_rules, nullptr, lower_float}};
constexpr std::array imports{Import{"tflite", "TRANSPOSE_CONV", "float32, int8, uint8", import_tflite}};

}  // namespace

extern const Op transpose_conv_op{
    .name = "transpose_conv",
    .make_attrs = [] { return std::unique_ptr<Attrs>(std::make_unique<TransposeConv>()); },
    .infer = infer,
    .macc = products,
    .eval = eval,
    .imports = imports,
    .kernels = kernels,
    .layer = [](const Node&) { return LayerType{"Conv2D", 0x103}; },
    .c_prefix = "transpose_conv",
};

}  // namespace ew
