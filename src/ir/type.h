// Types of tensors: element type, shape, quantisation.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ew {

enum class DType : uint8_t { float32, float16, int8, uint8, int16, int32, int64, boolean };

int64_t byte_size(DType dtype);
std::string_view name(DType dtype);                      // "float32", "int8", ... as in TFLite and numpy ("bool" for boolean)
std::optional<DType> parse_dtype(std::string_view name);

using Shape = std::vector<int64_t>;  // outermost first; images are batch, height, width, channels

int64_t elements(const Shape& shape);                    // product of the dimensions; 1 for a scalar
std::string text(const Shape& shape);                    // "1x25x5x64"

// real = scale * (q - zero). One entry per tensor, or one per index of dimension `axis`.
struct Quant {
  std::vector<float> scale;
  std::vector<int32_t> zero;
  int axis = -1;                                         // -1: per tensor
  bool operator==(const Quant&) const = default;
};

struct Type {
  DType dtype = DType::float32;
  Shape shape;
  std::optional<Quant> quant;
  bool operator==(const Type&) const = default;
};

int64_t bytes(const Type& type);
std::string text(const Type& type);                      // "int8[1x25x5x64] q(0.584703,83)"; per channel: "int8[...] q(axis 3, s0:z0 s1:z1 ...)"

}  // namespace ew
