#include "validate/npy_header.h"

#include "base/error.h"

#include <array>
#include <cstring>
#include <map>

namespace ew {
namespace {

constexpr int64_t max_elements = int64_t{1} << 40;

[[noreturn]] void bad(const std::string& what, const std::string& why) {
  throw load_error(fmt::format("'{}' is not a usable npy array: {}", what, why));
}

// Reads the few forms of a Python literal that numpy writes: strings, True/False and tuples of integers.
class Literal {
 public:
  Literal(std::string_view text, const std::string& what) : text_(text), what_(what) {}

  bool accept(char c) {
    skip_blanks();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void expect(char c) {
    if (!accept(c)) bad(what_, fmt::format("its header has no '{}' at character {}", c, at_));
  }
  std::string string() {
    skip_blanks();
    const char quote = at_ < text_.size() ? text_[at_] : '\0';
    if (quote != '\'' && quote != '"') bad(what_, "its elements are records or objects; only arrays of plain numbers can be used");
    const size_t end = text_.find(quote, at_ + 1);
    if (end == std::string_view::npos) bad(what_, "its header has a text without an end");
    std::string value(text_.substr(at_ + 1, end - at_ - 1));
    at_ = end + 1;
    return value;
  }
  bool boolean() {
    skip_blanks();
    for (const bool value : {false, true}) {
      const std::string_view word = value ? "True" : "False";
      if (text_.substr(at_, word.size()) == word) {
        at_ += word.size();
        return value;
      }
    }
    bad(what_, "'fortran_order' in its header is neither True nor False");
  }
  Shape tuple() {
    Shape shape;
    expect('(');
    while (!accept(')')) {
      if (shape.size() == 32) bad(what_, "it has more than 32 dimensions");
      shape.push_back(number());
      if (!accept(',')) {
        expect(')');
        break;
      }
    }
    return shape;
  }

 private:
  int64_t number() {
    skip_blanks();
    int64_t value = 0;
    const size_t begin = at_;
    for (; at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9'; ++at_) {
      value = value * 10 + (text_[at_] - '0');
      if (value > max_elements) bad(what_, "a dimension in its header is too large");
    }
    if (at_ == begin) bad(what_, "its shape is not a list of numbers");
    return value;
  }
  void skip_blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t')) ++at_;
  }
  std::string_view text_;
  const std::string& what_;
  size_t at_ = 0;
};

void set_type(NpyHeader& header, const std::string& descr, const std::string& what) {
  static const std::map<std::string, std::string, std::less<>> names = {
      {"f2", "float16"}, {"f4", "float32"}, {"f8", "float64"}, {"i1", "int8"},   {"i2", "int16"},  {"i4", "int32"}, {"i8", "int64"},
      {"u1", "uint8"},   {"u2", "uint16"},  {"u4", "uint32"},  {"u8", "uint64"}, {"b1", "bool"}};
  const bool has_order = !descr.empty() && std::strchr("<>|=", descr[0]) != nullptr;
  header.order = has_order ? descr[0] : '<';
  const auto found = names.find(descr.substr(has_order ? 1 : 0));
  if (found == names.end()) bad(what, fmt::format("its elements have the type '{}'; only plain numbers and bool can be used", descr));
  header.kind = found->first[0];
  header.item_bytes = found->first[1] - '0';
  header.dtype_name = found->second;
}

// The dictionary's text, and where the elements begin.
std::string_view header_text(std::span<const uint8_t> bytes, size_t& data_offset, const std::string& what) {
  static constexpr std::array<uint8_t, 6> magic = {0x93, 'N', 'U', 'M', 'P', 'Y'};
  if (bytes.size() < 10 || std::memcmp(bytes.data(), magic.data(), magic.size()) != 0) bad(what, "it does not begin as an npy file does");
  const int major = bytes[6];
  if (major < 1 || major > 3) bad(what, fmt::format("it has the format version {}.{}; known are 1.0, 2.0 and 3.0", major, bytes[7]));
  const size_t begin = major == 1 ? 10 : 12;
  if (bytes.size() < begin) bad(what, "it ends within its header");
  size_t length = bytes[8] | (static_cast<size_t>(bytes[9]) << 8);
  if (major > 1) length |= (static_cast<size_t>(bytes[10]) << 16) | (static_cast<size_t>(bytes[11]) << 24);
  if (length > bytes.size() - begin) bad(what, "it ends within its header");
  data_offset = begin + length;
  return {reinterpret_cast<const char*>(bytes.data() + begin), length};
}

}  // namespace

NpyHeader parse_npy_header(std::span<const uint8_t> bytes, const std::string& what) {
  NpyHeader header;
  Literal literal(header_text(bytes, header.data_offset, what), what);
  bool has_descr = false, has_order = false, has_shape = false;
  literal.expect('{');
  while (!literal.accept('}')) {
    const std::string key = literal.string();
    literal.expect(':');
    if (key == "descr") {
      set_type(header, literal.string(), what);
      has_descr = true;
    } else if (key == "fortran_order") {
      header.fortran_order = literal.boolean();
      has_order = true;
    } else if (key == "shape") {
      header.shape = literal.tuple();
      has_shape = true;
    } else {
      bad(what, fmt::format("its header has the unknown key '{}'", key));
    }
    if (!literal.accept(',')) {
      literal.expect('}');
      break;
    }
  }
  if (!has_descr || !has_order || !has_shape) bad(what, "its header lacks one of 'descr', 'fortran_order', 'shape'");
  header.count = 1;
  for (const int64_t dimension : header.shape) {
    if (dimension != 0 && header.count > max_elements / dimension) bad(what, "its shape is too large");
    header.count *= dimension;
  }
  return header;
}

}  // namespace ew
