// What CONV_2D and DEPTHWISE_CONV_2D share: their meaning, over the products that each of them says, and their import.
#pragma once

#include "base/error.h"
#include "ops/conv2d/window.h"
#include "ops/tflite_context.h"

namespace ew {

inline Extent image_of(const Node& node) { return {node.in[0]->type.shape[1], node.in[0]->type.shape[2]}; }
inline Extent kernel_of(const Node& node) { return {node.in[1]->type.shape[1], node.in[1]->type.shape[2]}; }

// Multiplications, and one addition for each bias.
inline int64_t convolution_macc(const Node& node) {
  const Shape& out = node.out[0]->type.shape;
  const bool bias = node.in.size() > 2 && node.in[2] != nullptr;
  return elements(node.in[1]->type.shape) * out[0] * out[1] * out[2] + (bias ? out[3] : 0);
}

// Calls tap(pixel, tap) for every pixel of image n, counted over all images, that lies under the window of output pixel (y, x).
template <class Tap>
void for_each_tap(const Node& node, int64_t n, int64_t y, int64_t x, Tap tap) {
  const Sliding& s = node.as<Convolution>().sliding;
  const Extent image = image_of(node), kernel = kernel_of(node);
  for (int64_t ky = 0; ky < kernel.h; ++ky) {
    const int64_t from_y = y * s.stride_h + ky * s.dilation_h - s.pad_top;
    if (from_y < 0 || from_y >= image.h) continue;
    for (int64_t kx = 0; kx < kernel.w; ++kx) {
      const int64_t from_x = x * s.stride_w + kx * s.dilation_w - s.pad_left;
      if (from_x >= 0 && from_x < image.w) tap((n * image.h + from_y) * image.w + from_x, ky * kernel.w + kx);
    }
  }
}

// products(n, y, x, o, add) calls add(input element, weight element) for every product of one output element.
template <class Products>
void evaluate_float(const Node& node, std::span<const Tensor* const> in, Tensor& out, Products products) {
  const Activation activation = node.as<Convolution>().activation;
  const RealRange range = activation_range(activation);
  const auto x = in[0]->as<float>(), w = in[1]->as<float>();
  for_each_output(node, [&](int64_t n, int64_t row, int64_t column, int64_t o, size_t index) {
    double sum = in.size() > 2 && in[2] != nullptr ? in[2]->as<float>()[static_cast<size_t>(o)] : 0;
    products(n, row, column, o, [&](int64_t i, int64_t j) { sum += static_cast<double>(x[static_cast<size_t>(i)]) * static_cast<double>(w[static_cast<size_t>(j)]); });
    out.as<float>()[index] = activated(static_cast<float>(sum), activation, range);
  });
}

template <class Products>
void evaluate_int8(const Node& node, std::span<const Tensor* const> in, Tensor& out, Products products) {
  const auto& attrs = node.as<Convolution>();
  const WeightedQuant q = weighted_quant(node, node.out[0]->type.shape[3], attrs.activation, attrs.float_product);
  const auto x = in[0]->as<int8_t>(), w = in[1]->as<int8_t>();
  for_each_output(node, [&](int64_t n, int64_t row, int64_t column, int64_t o, size_t index) {
    int64_t sum = in.size() > 2 && in[2] != nullptr ? in[2]->as<int32_t>()[static_cast<size_t>(o)] : 0;
    products(n, row, column, o, [&](int64_t i, int64_t j) { sum += (x[static_cast<size_t>(i)] - q.in_zero) * (w[static_cast<size_t>(j)] - q.weight_zero); });
    out.as<int8_t>()[index] = requantised(sum, q, o);
  });
}

template <class Products>
void evaluate_convolution(const Node& node, std::span<const Tensor* const> in, Tensor& out, Products products) {
  const DType dtype = node.in[0]->type.dtype;
  if (dtype == DType::float32) return evaluate_float(node, in, out, products);
  if (dtype == DType::int8) return evaluate_int8(node, in, out, products);
  throw not_implemented(fmt::format("layer '{}': a convolution of {}", node.name, name(dtype)));
}

// Of Conv2DOptions or DepthwiseConv2DOptions.
template <class Options>
std::unique_ptr<Convolution> imported_convolution(const TfliteContext& context, const Options& options) {
  auto attrs = std::make_unique<Convolution>();
  Sliding& s = attrs->sliding;
  s.stride_h = options.stride_h(), s.stride_w = options.stride_w();
  s.dilation_h = options.dilation_h_factor(), s.dilation_w = options.dilation_w_factor();
  attrs->activation = context.activation(options.fused_activation_function());
  attrs->float_product = context.was_uint8;
  const Shape& x = context.input(0)->type.shape;
  const Shape& w = context.input(1)->type.shape;
  if (x.size() != 4 || w.size() != 4) context.bad(fmt::format("input {} and weights {} must have 4 dimensions", text(x), text(w)));
  if (options.padding() == tflite::Padding_SAME) pad_same(s, {x[1], x[2]}, {w[1], w[2]});
  return attrs;
}

}  // namespace ew
