// RESIZE_NEAREST_NEIGHBOR, RESIZE_BILINEAR. Formulas: LiteRT's reference_ops/resize_nearest_neighbor.h and resize_bilinear.h.
#include "ops/lowering.h"
#include "ops/tflite_context.h"

#include "base/error.h"
#include "ops/channels.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace ew {
namespace {

struct Resize : AttrsOf<Resize> {
  int64_t height = 1, width = 1;
  bool align_corners = false, half_pixel_centers = false;
  bool unsigned_origin = false;      // uint8 in the file: LiteRT interpolates those in float
  template <class V> void fields(V& v) {
    v("height", height);
    v("width", width);
    v("align_corners", align_corners);
    v("half_pixel_centers", half_pixel_centers);
    v("unsigned_origin", unsigned_origin);
  }
};

std::vector<Type> infer(const Node& node) {
  const Type& in = node.in.at(0)->type;
  const auto& a = node.as<Resize>();
  if (in.shape.size() != 4 || a.height < 1 || a.width < 1 || a.height > 32767 || a.width > 32767 || in.shape[1] > 32767 || in.shape[2] > 32767)
    throw load_error(fmt::format("layer '{}': {} cannot be resized to {}x{}", node.name, text(in.shape), a.height, a.width));
  return {{in.dtype, {in.shape[0], a.height, a.width, in.shape[3]}, {}}};
}

// Source index of every output index, nearest neighbour.
std::vector<int16_t> nearest(int64_t in, int64_t out, const Resize& a) {
  std::vector<int16_t> table;
  const float scale = a.align_corners && out > 1 ? static_cast<float>(in - 1) / static_cast<float>(out - 1) : static_cast<float>(in) / static_cast<float>(out);
  const float offset = a.half_pixel_centers ? 0.5f : 0.0f;
  for (int64_t i = 0; i < out; ++i) {
    const float at = (static_cast<float>(i) + offset) * scale;
    const float picked = a.align_corners ? std::round(at) : std::floor(at);
    table.push_back(static_cast<int16_t>(std::clamp<int64_t>(static_cast<int64_t>(picked), 0, in - 1)));
  }
  return table;
}

template <class Weight>
struct Linear {
  std::vector<int16_t> pairs;        // lower, upper
  std::vector<Weight> upper;         // weight of the upper one
};

Linear<float> linear_float(int64_t in, int64_t out, const Resize& a) {
  Linear<float> table;
  const float scale = a.align_corners && out > 1 ? static_cast<float>(in - 1) / static_cast<float>(out - 1) : static_cast<float>(in) / static_cast<float>(out);
  for (int64_t i = 0; i < out; ++i) {
    const float at = a.half_pixel_centers ? (static_cast<float>(i) + 0.5f) * scale - 0.5f : static_cast<float>(i) * scale;
    const int64_t lower = std::max<int64_t>(static_cast<int64_t>(std::floor(at)), 0);
    const int64_t upper = std::min<int64_t>(static_cast<int64_t>(std::ceil(at)), in - 1);
    table.pairs.push_back(static_cast<int16_t>(std::min(lower, in - 1)));
    table.pairs.push_back(static_cast<int16_t>(std::max<int64_t>(upper, 0)));
    table.upper.push_back(at - static_cast<float>(lower));
  }
  return table;
}

Linear<int32_t> linear_integer(int64_t in, int64_t out, const Resize& a) {
  Linear<int32_t> table;
  const int64_t scale = a.align_corners && out > 1 ? ((in - 1) * 1024 + (out - 1) / 2) / (out - 1) : (in * 1024 + out / 2) / out;
  for (int64_t i = 0; i < out; ++i) {
    const int64_t at = a.half_pixel_centers ? i * scale + scale / 2 - 512 : i * scale;
    const int64_t lower = std::max<int64_t>(at / 1024, 0);
    const int64_t upper = std::min<int64_t>((at + 1023) / 1024, in - 1);
    table.pairs.push_back(static_cast<int16_t>(std::min(lower, in - 1)));
    table.pairs.push_back(static_cast<int16_t>(std::max<int64_t>(upper, 0)));
    table.upper.push_back(static_cast<int32_t>(at - 1024 * lower));
  }
  return table;
}

struct Image { int64_t batch, in_h, in_w, out_h, out_w, channels; };
Image image(const Node& node) {
  const Shape& in = node.in[0]->type.shape;
  const Shape& out = node.out[0]->type.shape;
  return {in[0], in[1], in[2], out[1], out[2], in[3]};
}

// Calls f(out index, four input indices, y, x) for every element.
template <class F>
void each(const Image& m, const std::vector<int16_t>& ys, const std::vector<int16_t>& xs, F f) {
  size_t o = 0;
  for (int64_t n = 0; n < m.batch; ++n)
    for (size_t y = 0; y < static_cast<size_t>(m.out_h); ++y)
      for (size_t x = 0; x < static_cast<size_t>(m.out_w); ++x)
        for (int64_t c = 0; c < m.channels; ++c, ++o) {
          const auto at = [&](int16_t row, int16_t column) { return static_cast<size_t>(((n * m.in_h + row) * m.in_w + column) * m.channels + c); };
          f(o, at(ys[2 * y], xs[2 * x]), at(ys[2 * y + 1], xs[2 * x]), at(ys[2 * y], xs[2 * x + 1]), at(ys[2 * y + 1], xs[2 * x + 1]), y, x);
        }
}

void eval_bilinear(const Node& node, std::span<const Tensor* const> in, std::span<Tensor> out) {
  const auto& a = node.as<Resize>();
  const Image m = image(node);
  if (in[0]->type.dtype == DType::int8 && !a.unsigned_origin) {
    const auto ys = linear_integer(m.in_h, m.out_h, a), xs = linear_integer(m.in_w, m.out_w, a);
    const auto x8 = in[0]->as<int8_t>();
    each(m, ys.pairs, xs.pairs, [&](size_t o, size_t ll, size_t ul, size_t lr, size_t ur, size_t y, size_t x) {
      const int64_t fy = ys.upper[y], fx = xs.upper[x];
      const int64_t sum = x8[ll] * (1024 - fy) * (1024 - fx) + x8[ul] * fy * (1024 - fx) + x8[lr] * (1024 - fy) * fx + x8[ur] * fy * fx;
      out[0].as<int8_t>()[o] = static_cast<int8_t>((sum + (sum > 0 ? 1 << 19 : -(1 << 19))) / (1 << 20));
    });
    return;
  }
  const auto ys = linear_float(m.in_h, m.out_h, a), xs = linear_float(m.in_w, m.out_w, a);
  const auto interpolate = [&](auto value, size_t ll, size_t ul, size_t lr, size_t ur, size_t y, size_t x) {
    const float fy = ys.upper[y], fx = xs.upper[x];
    return value(ll) * (1 - fy) * (1 - fx) + value(ul) * fy * (1 - fx) + value(lr) * (1 - fy) * fx + value(ur) * fy * fx;
  };
  if (in[0]->type.dtype == DType::float32) {
    const auto value = [&](size_t i) { return in[0]->as<float>()[i]; };
    each(m, ys.pairs, xs.pairs, [&](size_t o, size_t ll, size_t ul, size_t lr, size_t ur, size_t y, size_t x) {
      out[0].as<float>()[o] = interpolate(value, ll, ul, lr, ur, y, x);
    });
  } else {
    const auto value = [&](size_t i) { return static_cast<float>(in[0]->as<int8_t>()[i] + 128); };
    each(m, ys.pairs, xs.pairs, [&](size_t o, size_t ll, size_t ul, size_t lr, size_t ur, size_t y, size_t x) {
      out[0].as<int8_t>()[o] = static_cast<int8_t>(static_cast<int>(interpolate(value, ll, ul, lr, ur, y, x) + 0.5f) - 128);
    });
  }
}

void eval_nearest(const Node& node, std::span<const Tensor* const> in, std::span<Tensor> out) {
  const Image m = image(node);
  const auto& a = node.as<Resize>();
  const auto ys = nearest(m.in_h, m.out_h, a), xs = nearest(m.in_w, m.out_w, a);
  const int64_t pixel = m.channels * byte_size(in[0]->type.dtype);
  uint8_t* to = out[0].data.data();
  for (int64_t n = 0; n < m.batch; ++n)
    for (const int16_t y : ys)
      for (const int16_t x : xs) {
        std::memcpy(to, in[0]->data.data() + ((n * m.in_h + y) * m.in_w + x) * pixel, static_cast<size_t>(pixel));
        to += pixel;
      }
}

// One call for each image of the batch.
void lower_images(const Node& node, Lowering& lowering, std::string function, std::string element, int64_t pixel, const std::vector<Arg>& tables) {
  const Image m = image(node);
  const int64_t unit = byte_size(node.in[0]->type.dtype);
  for (int64_t n = 0; n < m.batch; ++n) {
    Call call;
    call.function = function;
    call.params = Params{"nn_resize_params", {{"in_width", m.in_w}, {"out_height", m.out_h}, {"out_width", m.out_w}, {"pixel", pixel},
                                              {"in_pitch", pixel}, {"out_pitch", pixel}}};
    call.args = {array_arg(lowering.input(0), "const " + element, n * m.in_h * m.in_w * m.channels * unit)};
    call.args.insert(call.args.end(), tables.begin(), tables.end());
    call.args.push_back(array_arg(lowering.output(), element, n * m.out_h * m.out_w * m.channels * unit));
    lowering.call(std::move(call));
  }
}

void lower_nearest(const Node& node, Lowering& lowering) {
  const Image m = image(node);
  const auto& a = node.as<Resize>();
  const std::vector<Arg> tables{table_arg(lowering.table("rows", DType::int16, nearest(m.in_h, m.out_h, a)), "const int16_t"),
                                table_arg(lowering.table("columns", DType::int16, nearest(m.in_w, m.out_w, a)), "const int16_t")};
  lower_images(node, lowering, "nn_resize_nearest", "uint8_t", m.channels * byte_size(node.in[0]->type.dtype), tables);
}

template <class Weight>
std::vector<Arg> linear_tables(Lowering& lowering, const Linear<Weight>& ys, const Linear<Weight>& xs, DType dtype) {
  const std::string weight = "const " + ctype(dtype);
  return {table_arg(lowering.table("rows", DType::int16, ys.pairs), "const int16_t"), table_arg(lowering.table("row_weights", dtype, ys.upper), weight),
          table_arg(lowering.table("columns", DType::int16, xs.pairs), "const int16_t"), table_arg(lowering.table("column_weights", dtype, xs.upper), weight)};
}

void lower_bilinear(const Node& node, Lowering& lowering) {
  const Image m = image(node);
  const auto& a = node.as<Resize>();
  if (node.in[0]->type.dtype == DType::int8 && !a.unsigned_origin) {
    const auto tables = linear_tables(lowering, linear_integer(m.in_h, m.out_h, a), linear_integer(m.in_w, m.out_w, a), DType::int32);
    return lower_images(node, lowering, "nn_resize_bilinear_s8", "int8_t", m.channels, tables);
  }
  const auto tables = linear_tables(lowering, linear_float(m.in_h, m.out_h, a), linear_float(m.in_w, m.out_w, a), DType::float32);
  if (node.in[0]->type.dtype == DType::float32) return lower_images(node, lowering, "nn_resize_bilinear_f32", "float", m.channels, tables);
  lower_images(node, lowering, "nn_resize_bilinear_u8", "int8_t", m.channels, tables);
}

template <class Options>
void import_resize(TfliteContext& context, const Op& op) {
  const auto& o = context.options<Options>();
  const std::vector<int64_t> size = context.integers(1);
  if (size.size() != 2) context.bad("its size must be two numbers");
  auto attrs = std::make_unique<Resize>();
  attrs->height = size[0];
  attrs->width = size[1];
  attrs->align_corners = o.align_corners();
  attrs->half_pixel_centers = o.half_pixel_centers();
  attrs->unsigned_origin = context.was_uint8;
  context.finish(op, std::move(attrs), {context.input(0)});
}

constexpr std::array nearest_imports{Import{"tflite", "RESIZE_NEAREST_NEIGHBOR", "float32, int8, uint8", [](TfliteContext& c) {
  import_resize<tflite::ResizeNearestNeighborOptions>(c, *find_op("resize_nearest"));
}}};
constexpr std::array bilinear_imports{Import{"tflite", "RESIZE_BILINEAR", "float32, int8, uint8", [](TfliteContext& c) {
  import_resize<tflite::ResizeBilinearOptions>(c, *find_op("resize_bilinear"));
}}};
constexpr std::array bilinear_rules{Rule{"elements are float32 or int8", [](const Node& n, const Target&) {
  return n.in[0]->type.dtype == DType::float32 || n.in[0]->type.dtype == DType::int8;
}}};
constexpr std::array nearest_kernels{Kernel{"nn_resize_nearest", {}, nullptr, lower_nearest}};
constexpr std::array bilinear_kernels{Kernel{"nn_resize_bilinear", bilinear_rules, nullptr, lower_bilinear}};

std::unique_ptr<Attrs> make_attrs() { return std::make_unique<Resize>(); }
LayerType layer(const Node&) { return {"Resize", 0x11b}; }
bool identity(const Node& n) { return n.in[0]->type.shape == n.out[0]->type.shape; }

}  // namespace

extern const Op resize_nearest_op{.name = "resize_nearest", .make_attrs = make_attrs, .infer = infer, .macc = [](const Node&) -> int64_t { return 0; },
                                  .eval = eval_nearest, .imports = nearest_imports, .kernels = nearest_kernels, .layer = layer, .c_prefix = "resize",
                                  .identity = identity, .channels = &equal_channels};
extern const Op resize_bilinear_op{.name = "resize_bilinear", .make_attrs = make_attrs, .infer = infer,
                                   .macc = [](const Node& n) { return 4 * elements(n.out[0]->type.shape); }, .eval = eval_bilinear,
                                   .imports = bilinear_imports, .kernels = bilinear_kernels, .layer = layer, .c_prefix = "resize",
                                   .identity = identity, .channels = &equal_channels};

}  // namespace ew
