#include "emit/c_text.h"

#include "base/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>

namespace ew {

bool is_c_identifier(std::string_view text) {
  if (text.empty() || (text[0] >= '0' && text[0] <= '9')) return false;
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c < 128 && (std::isalnum(c) != 0 || c == '_'); });
}

std::string plain(std::string_view text, size_t longest) {
  std::string out;
  for (unsigned char c : text.substr(0, longest)) {
    const bool bad = c < 32 || c > 126 || c == '*' || c == '?' || c == '\\' || c == '"';
    out += bad ? '_' : static_cast<char>(c);
  }
  if (text.size() > longest) out += "...";
  return out;
}

std::string string_literal(std::string_view text) { return fmt::format("\"{}\"", plain(text)); }

std::string float_literal(float value) {
  if (std::isnan(value)) return "NAN";
  if (std::isinf(value)) return value > 0 ? "INFINITY" : "-INFINITY";
  std::string out = fmt::format("{:.9g}", value);
  if (out.find_first_of(".e") == std::string::npos) out += ".0";
  return out + "f";
}

std::string integer_literal(int64_t value) {
  if (value == std::numeric_limits<int64_t>::min()) return "INT64_MIN";
  if (value == std::numeric_limits<int32_t>::min()) return "INT32_MIN";
  const bool wide = value < std::numeric_limits<int32_t>::min() || value > std::numeric_limits<uint32_t>::max();
  if (wide) return fmt::format("{}LL", value);
  return value > std::numeric_limits<int32_t>::max() ? fmt::format("{}U", value) : std::to_string(value);
}

std::string lines_of(std::span<const std::string> items, size_t per_line) {
  std::string out;
  for (size_t i = 0; i < items.size(); ++i) {
    out += i % per_line == 0 ? "  " : " ";
    out += items[i];
    if (i + 1 < items.size()) out += ',';
    if (i % per_line == per_line - 1 || i + 1 == items.size()) out += '\n';
  }
  return out;
}

std::string joined(std::span<const std::string> items, std::string_view separator) { return fmt::format("{}", fmt::join(items, separator)); }

size_t count_u64(size_t bytes) { return std::max<size_t>(1, (bytes + 7) / 8); }

std::string words_u64(std::span<const uint8_t> bytes) {
  const size_t count = count_u64(bytes.size());
  std::string out;
  out.reserve(count * 22);
  for (size_t w = 0; w < count; ++w) {
    uint64_t word = 0;
    for (size_t b = 0; b < 8 && w * 8 + b < bytes.size(); ++b) word |= static_cast<uint64_t>(bytes[w * 8 + b]) << (8 * b);
    fmt::format_to(std::back_inserter(out), "{}0x{:x}U,{}", w % 4 == 0 ? "  " : " ", word, w % 4 == 3 || w + 1 == count ? "\n" : "");
  }
  return out;
}

std::string file_banner(std::string_view file, std::string_view datetime, std::string_view brief) {
  return fmt::format(
      "/**\n"
      "  ******************************************************************************\n"
      "  * @file    {}\n"
      "  * @author  Edgewright\n"
      "  * @date    {}\n"
      "  * @brief   {}\n"
      "  ******************************************************************************\n"
      "  */\n",
      file, datetime, brief);
}

std::string expand(std::string_view text, std::initializer_list<std::pair<std::string_view, std::string>> values) {
  std::string out;
  while (true) {
    const size_t start = text.find('@');
    out += text.substr(0, start);
    if (start == std::string_view::npos) return out;
    text.remove_prefix(start + 1);
    const size_t end = text.find('@');
    const std::string_view key = text.substr(0, end);
    if (end == std::string_view::npos || !is_c_identifier(key)) {
      out += '@';
      continue;
    }
    const auto* found = std::find_if(values.begin(), values.end(), [&](const auto& v) { return v.first == key; });
    if (found == values.end()) throw internal_error(fmt::format("no text for @{}@", key));
    out += found->second;
    text.remove_prefix(end + 1);
  }
}

}  // namespace ew
