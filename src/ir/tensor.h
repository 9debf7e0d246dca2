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

// Only the given indices of dimension `axis`, in that order; a quantisation along that dimension goes with them.
Type select(const Type& type, size_t axis, std::span<const int64_t> indices);
Tensor select(const Tensor& tensor, size_t axis, std::span<const int64_t> indices);

// What became of a tensor's channels (last dimension) that are no longer computed.
struct RemovedChannels {
  int64_t original = 0;                          // channels of the user's tensor
  std::vector<int64_t> kept;                     // those still there
  struct Constant { int64_t channel = 0; int32_t value = 0; };
  std::vector<Constant> constants;               // those that hold one value for every input; of the rest nothing reads the values
};
std::string text(const RemovedChannels& removed);        // "3 of 8"

// The user's tensor: kept channels from `tensor`, constants, and what nobody reads from `other`, which has the original's channels.
// Both hold 8-bit integers; uint8 values stand for int8 values less by 128.
Tensor with_channels_back(const Tensor& tensor, const RemovedChannels& removed, const Tensor& other);

// The elements as integers (any integer type or bool); for attributes that arrive as tensors (shapes, axes, paddings).
std::vector<int64_t> integers(const Tensor& tensor);

// The elements as real numbers: dequantised when the type is quantised.
std::vector<double> reals(const Tensor& tensor);

}  // namespace ew
