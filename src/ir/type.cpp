#include "ir/type.h"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace ew {
namespace {

struct DTypeFacts { DType dtype; std::string_view name; int64_t bytes; };
constexpr std::array<DTypeFacts, 8> facts{{{DType::float32, "float32", 4},
                                           {DType::float16, "float16", 2},
                                           {DType::int8, "int8", 1},
                                           {DType::uint8, "uint8", 1},
                                           {DType::int16, "int16", 2},
                                           {DType::int32, "int32", 4},
                                           {DType::int64, "int64", 8},
                                           {DType::boolean, "bool", 1}}};

}  // namespace

int64_t byte_size(DType dtype) { return facts[static_cast<size_t>(dtype)].bytes; }
std::string_view name(DType dtype) { return facts[static_cast<size_t>(dtype)].name; }

std::optional<DType> parse_dtype(std::string_view text) {
  for (const DTypeFacts& f : facts)
    if (f.name == text) return f.dtype;
  return std::nullopt;
}

int64_t elements(const Shape& shape) {
  int64_t product = 1;
  for (int64_t d : shape) product *= d;
  return product;
}

std::string text(const Shape& shape) { return fmt::format("{}", fmt::join(shape, "x")); }

int64_t bytes(const Type& type) { return elements(type.shape) * byte_size(type.dtype); }

std::string text(const Type& type) {
  std::string out = fmt::format("{}[{}]", name(type.dtype), text(type.shape));
  if (!type.quant) return out;
  const Quant& q = *type.quant;
  if (q.axis < 0) return out + fmt::format(" q({},{})", q.scale.at(0), q.zero.at(0));
  out += fmt::format(" q(axis {},", q.axis);
  for (size_t i = 0; i < q.scale.size(); ++i) out += fmt::format(" {}:{}", q.scale[i], q.zero[i]);
  return out + ")";
}

}  // namespace ew
