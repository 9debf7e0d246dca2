// A tensor with its values, in C order.
#pragma once

#include "ir/type.h"

#include <cstring>
#include <span>

namespace ew {

struct Tensor {
  Type type;
  std::vector<uint8_t> data;  // bytes(type) of them

  Tensor() = default;
  explicit Tensor(Type t) : type(std::move(t)), data(static_cast<size_t>(bytes(type))) {}

  template <class T> std::span<T> as() { return {reinterpret_cast<T*>(data.data()), data.size() / sizeof(T)}; }
  template <class T> std::span<const T> as() const { return {reinterpret_cast<const T*>(data.data()), data.size() / sizeof(T)}; }
};

// The elements as integers (any integer type or bool); for attributes that arrive as tensors (shapes, axes, paddings).
std::vector<int64_t> integers(const Tensor& tensor);

// The elements as real numbers: dequantised when the type is quantised.
std::vector<double> reals(const Tensor& tensor);

}  // namespace ew
