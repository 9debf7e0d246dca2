// Small int8 networks of random shape, made so that channels are likely to be constant or unread: for tests.
#pragma once

#include "ops/op.h"

#include <random>

namespace ew {

class RandomNetwork {
 public:
  explicit RandomNetwork(uint32_t seed, int64_t most_rows = 6) : random_(seed), most_rows_(most_rows) {}

  Graph make() {
    images_.push_back(graph_.add_value("x", {DType::int8, {1, number(3, most_rows_), number(3, 6), number(1, 4)}, quant()}));
    graph_.inputs = images_;
    for (int64_t layers = number(3, 8); layers > 0; --layers) add_layer();
    finish();
    return std::move(graph_);
  }

 private:
  int64_t number(int64_t low, int64_t high) { return std::uniform_int_distribution<int64_t>(low, high)(random_); }
  bool chance(int percent) { return number(1, 100) <= percent; }
  Quant quant() { return {{0.02F * static_cast<float>(number(1, 20))}, {static_cast<int32_t>(chance(50) ? -128 : number(-30, 30))}, -1}; }
  // Mostly the last one: chains are what constants travel along.
  Value* image() { return images_[static_cast<size_t>(chance(75) ? std::ssize(images_) - 1 : number(0, std::ssize(images_) - 1))]; }

  Value* add(std::string_view op, std::vector<Value*> in, const Quant& q, const std::vector<std::pair<std::string_view, std::string>>& fields = {}) {
    const Op& found = *find_op(op);
    auto attrs = found.make_attrs();
    for (const auto& [field, value] : fields) attrs->parse(field, value);
    Node* node = graph_.add_node(found, fmt::format("{}_{}", op, graph_.nodes().size()), std::move(attrs), std::move(in), {{DType::int8, {}, q}}, {});
    infer_types(*node);
    return node->out[0];
  }

  // Weights of `channels` outputs along `axis`; whole rows and columns of zeros now and then.
  Value* weights(const Shape& shape, size_t axis) {
    Tensor tensor(Type{DType::int8, shape, Quant{{}, {}, static_cast<int>(axis)}});
    for (int64_t c = 0; c < shape[axis]; ++c) {
      tensor.type.quant->scale.push_back(0.01F * static_cast<float>(number(1, 10)));
      tensor.type.quant->zero.push_back(0);
    }
    for (int8_t& w : tensor.as<int8_t>()) w = static_cast<int8_t>(number(-127, 127));
    for (int64_t c = 0; c < shape.back(); ++c)
      if (chance(15))
        for (size_t i = static_cast<size_t>(c); i < tensor.data.size(); i += static_cast<size_t>(shape.back())) tensor.data[i] = 0;
    const size_t row = tensor.data.size() / static_cast<size_t>(shape[0]);
    for (size_t o = 0; axis == 0 && o < static_cast<size_t>(shape[0]); ++o)
      if (chance(20)) std::fill_n(tensor.data.begin() + static_cast<std::ptrdiff_t>(o * row), row, uint8_t{0});
    return graph_.add_constant("w", std::move(tensor));
  }

  // Large negative ones go below every clamp, large positive ones above.
  Value* bias(int64_t channels) {
    Tensor tensor(Type{DType::int32, {channels}, {}});
    for (int32_t& b : tensor.as<int32_t>()) b = static_cast<int32_t>(number(-300, 300) * (chance(50) ? 1 : chance(80) ? -10000 : 10000));
    if (chance(50))
      for (int32_t& b : tensor.as<int32_t>()) b = -std::abs(b);
    return graph_.add_constant("b", std::move(tensor));
  }

  std::string activation() { return chance(70) ? "relu" : chance(50) ? "relu6" : "none"; }

  std::vector<std::pair<std::string_view, std::string>> window(const Value& x, int64_t& h, int64_t& w) {
    h = number(1, std::min<int64_t>(3, x.type.shape[1]));
    w = number(1, std::min<int64_t>(3, x.type.shape[2]));
    const auto pad = [&](int64_t side) { return std::to_string(side > 1 && chance(50) ? number(0, side - 1) : 0); };
    return {{"stride_h", std::to_string(number(1, 2))}, {"stride_w", std::to_string(number(1, 2))}, {"pad_top", pad(h)},
            {"pad_bottom", pad(h)}, {"pad_left", pad(w)}, {"pad_right", pad(w)}};
  }

  void add_layer() {
    Value* x = image();
    const int64_t channels = x->type.shape[3];
    int64_t h = 1, w = 1;
    auto fields = window(*x, h, w);
    switch (number(0, 10)) {
      case 0:
      case 1:
      case 2: {
        const int64_t outputs = number(2, 7);
        fields.emplace_back("activation", activation());
        Value* filter = weights({outputs, h, w, channels}, 0);
        return push(add("conv2d", {x, filter, bias(outputs)}, quant(), fields));
      }
      case 3:
      case 4: {
        const int64_t outputs = channels * number(1, 2);
        fields.emplace_back("activation", activation());
        Value* filter = weights({1, h, w, outputs}, 3);
        return push(add("depthwise_conv2d", {x, filter, bias(outputs)}, quant(), fields));
      }
      case 5: {
        fields.emplace_back("kernel_h", std::to_string(h));
        fields.emplace_back("kernel_w", std::to_string(w));
        fields[0].second = fields[1].second = "1";
        return push(add(chance(50) ? "average_pool2d" : "max_pool2d", {x}, *x->type.quant, fields));
      }
      case 6: {
        constexpr std::array kinds{"add", "sub", "mul", "maximum", "minimum"};
        Value* other = x;
        for (Value* v : images_)
          if (v->type.shape == x->type.shape && chance(50)) other = v;
        if (chance(30)) other = operand(*x);
        return push(add("binary", {x, other}, quant(), {{"kind", kinds[static_cast<size_t>(number(0, 4))]}, {"activation", activation()}}));
      }
      case 7: {
        std::vector<Value*> parts{x};
        for (Value* v : images_)
          if (v->type.shape[1] == x->type.shape[1] && v->type.shape[2] == x->type.shape[2] && chance(50)) parts.push_back(v);
        return push(add("concat", parts, *x->type.quant, {{"axis", "3"}}));
      }
      case 8: {
        const std::string value = std::to_string(chance(50) ? x->type.quant->zero[0] : number(-128, 127)), extra = chance(15) ? "1" : "0";
        return push(add("pad", {x}, *x->type.quant, {{"before", fmt::format("[0 {} 1 {}]", number(0, 1), extra)}, {"after", "[0 1 0 0]"}, {"value", value}}));
      }
      case 9: return split(x);
      default:
        return push(add("unary", {x}, quant(), {{"kind", chance(60) ? "relu" : "abs"}}));
    }
  }

  void split(Value* x) {
    const int64_t axis = chance(80) ? 3 : 1, size = x->type.shape[static_cast<size_t>(axis)], first = size / 2;
    if (first == 0) return;
    const Op& op = *find_op("split");
    auto attrs = op.make_attrs();
    attrs->parse("axis", std::to_string(axis));
    attrs->parse("sizes", fmt::format("[{} {}]", first, size - first));
    const Type part{DType::int8, {}, *x->type.quant};
    Node* node = graph_.add_node(op, fmt::format("split_{}", graph_.nodes().size()), std::move(attrs), {x}, {part, part}, {});
    infer_types(*node);
    for (Value* out : node->out) push(out);
  }

  Value* operand(const Value& x) {
    Tensor tensor(Type{DType::int8, chance(50) ? Shape{1, 1, 1, x.type.shape[3]} : Shape{1, 1, 1, 1}, quant()});
    for (int8_t& v : tensor.as<int8_t>()) v = static_cast<int8_t>(number(-128, 127));
    return graph_.add_constant("k", std::move(tensor));
  }

  void push(Value* value) {
    if (elements(value->type.shape) < 4000) images_.push_back(value);
  }

  void finish() {
    Value* x = images_.back();
    if (chance(40)) x = add("reduce", {x}, quant(), {{"kind", "mean"}, {"axes", "[1 2]"}});
    else if (chance(50)) x = add("reshape", {x}, *x->type.quant, {{"shape", fmt::format("[1 {}]", elements(x->type.shape))}});
    const bool flat = x->type.shape.size() == 2;
    if (flat || chance(50)) {
      const int64_t columns = flat ? x->type.shape[1] : elements(x->type.shape), outputs = number(1, 5);
      Value* matrix = weights({outputs, columns}, 0);
      x = add("dense", {x, matrix, bias(outputs)}, quant(), {{"activation", activation()}});
    }
    graph_.outputs.push_back(x);
    if (chance(20) && images_.size() > 1) graph_.outputs.push_back(images_[1]);
  }

  std::mt19937 random_;
  int64_t most_rows_;
  Graph graph_;
  std::vector<Value*> images_;                   // values of rank 4
};

}  // namespace ew
