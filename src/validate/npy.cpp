#include "validate/npy.h"

#include "base/error.h"
#include "validate/half.h"
#include "validate/npy_header.h"

#include <algorithm>
#include <bit>
#include <fstream>
#include <limits>

namespace ew {
namespace {

static_assert(std::endian::native == std::endian::little, "elements are read and written as little endian");

// From the first index fastest to the last index fastest.
std::vector<uint8_t> to_c_order(std::span<const uint8_t> data, const Shape& shape, size_t item) {
  std::vector<uint8_t> out(data.size());
  Shape index(shape.size(), 0);
  for (size_t at = 0; at + item <= data.size(); at += item) {
    size_t position = 0;
    for (size_t d = 0; d < shape.size(); ++d) position = position * static_cast<size_t>(shape[d]) + static_cast<size_t>(index[d]);
    std::copy_n(data.begin() + static_cast<std::ptrdiff_t>(at), item, out.begin() + static_cast<std::ptrdiff_t>(position * item));
    for (size_t d = 0; d < shape.size() && ++index[d] == shape[d]; ++d) index[d] = 0;
  }
  return out;
}

template <class To, class From, class F> Tensor convert(DType dtype, const Shape& shape, std::span<const uint8_t> data, F function) {
  Tensor out(Type{dtype, shape, {}});
  auto to = out.as<To>();
  for (size_t i = 0; i < to.size(); ++i) {
    From value;
    std::memcpy(&value, data.data() + i * sizeof(From), sizeof(From));
    to[i] = function(value);
  }
  return out;
}

Tensor to_tensor(const NpyHeader& header, const std::vector<uint8_t>& data, const std::string& what) {
  if (const auto dtype = parse_dtype(header.dtype_name); dtype && *dtype != DType::float16) {
    Tensor out;
    out.type = {*dtype, header.shape, {}};
    out.data = data;
    if (*dtype == DType::boolean) std::ranges::for_each(out.data, [](uint8_t& b) { b = b != 0; });
    return out;
  }
  const auto narrow = [](auto v) { return static_cast<float>(v); };
  if (header.dtype_name == "float16") return convert<float, uint16_t>(DType::float32, header.shape, data, float_from_half);
  if (header.dtype_name == "float64") return convert<float, double>(DType::float32, header.shape, data, narrow);
  if (header.dtype_name == "uint16") return convert<int32_t, uint16_t>(DType::int32, header.shape, data, [](uint16_t v) { return v; });
  if (header.dtype_name == "uint32") return convert<int64_t, uint32_t>(DType::int64, header.shape, data, [](uint32_t v) { return v; });
  return convert<int64_t, uint64_t>(DType::int64, header.shape, data, [&](uint64_t v) {
    if (v > static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) throw load_error("'" + what + "': a value is beyond int64");
    return static_cast<int64_t>(v);
  });
}

std::string descr(DType dtype) {
  switch (dtype) {
    case DType::float32: return "<f4";
    case DType::float16: return "<f2";
    case DType::int8: return "|i1";
    case DType::uint8: return "|u1";
    case DType::int16: return "<i2";
    case DType::int32: return "<i4";
    case DType::int64: return "<i8";
    case DType::boolean: return "|b1";
  }
  return "|u1";
}

}  // namespace

NpyArray parse_npy(std::span<const uint8_t> bytes, const std::string& what) {
  const NpyHeader header = parse_npy_header(bytes, what);
  const auto expected = static_cast<size_t>(header.count * header.item_bytes);
  const size_t there = bytes.size() - header.data_offset;
  if (there < expected) {
    throw load_error(fmt::format("'{}' is cut short: shape ({}) of {} needs {} bytes, it has {}", what, text(header.shape),
                                 header.dtype_name, expected, there));
  }
  std::vector<uint8_t> data(bytes.begin() + static_cast<std::ptrdiff_t>(header.data_offset),
                            bytes.begin() + static_cast<std::ptrdiff_t>(header.data_offset + expected));
  const auto item = static_cast<size_t>(header.item_bytes);
  if (header.order == '>' && item > 1) {
    for (size_t at = 0; at < data.size(); at += item) {
      std::reverse(data.begin() + static_cast<std::ptrdiff_t>(at), data.begin() + static_cast<std::ptrdiff_t>(at + item));
    }
  }
  if (header.fortran_order && header.shape.size() > 1) data = to_c_order(data, header.shape, item);
  return {to_tensor(header, data, what), header.dtype_name};
}

NpyArray read_npy(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw file_error("cannot open '" + path.string() + "'");
  const std::vector<uint8_t> bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  return parse_npy(bytes, path.string());
}

std::vector<uint8_t> npy_bytes(const Tensor& tensor) {
  std::string shape;
  for (const int64_t dimension : tensor.type.shape) shape += fmt::format("{}{}", shape.empty() ? "" : ", ", dimension);
  if (tensor.type.shape.size() == 1) shape += ",";
  std::string header = fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': ({}), }}", descr(tensor.type.dtype), shape);
  const size_t preamble = 10;                                    // magic, version 1.0, length of the header
  header.append(63 - (preamble + header.size()) % 64, ' ');      // the elements begin at a multiple of 64
  header += '\n';
  std::vector<uint8_t> out = {0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  out.push_back(static_cast<uint8_t>(header.size() & 0xff));
  out.push_back(static_cast<uint8_t>(header.size() >> 8));
  out.insert(out.end(), header.begin(), header.end());
  out.insert(out.end(), tensor.data.begin(), tensor.data.end());
  return out;
}

void write_npy(const std::filesystem::path& path, const Tensor& tensor) {
  const std::vector<uint8_t> bytes = npy_bytes(tensor);
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  if (!file.flush()) throw file_error("cannot write '" + path.string() + "'");
}

}  // namespace ew
