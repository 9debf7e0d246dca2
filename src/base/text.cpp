#include "base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <numeric>

namespace ew {
namespace {

bool starts_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }

// Byte offset of character `index`, or the size when there are fewer.
size_t offset_of(std::string_view utf8, size_t index) {
  size_t at = 0;
  for (; at < utf8.size(); ++at)
    if (starts_character(utf8[at]) && index-- == 0) break;
  return at;
}

std::string blanks(size_t width, std::string_view text) {
  const size_t used = characters(text);
  return std::string(width > used ? width - used : 0, ' ');
}

size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 0; i < a.size(); ++i) {
    size_t diagonal = row[0]++;
    for (size_t j = 0; j < b.size(); ++j) {
      const size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string thousands(int64_t number) {
  const std::string digits = fmt::format("{}", number);
  std::string result;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && digits[i - 1] != '-' && (digits.size() - i) % 3 == 0) result += ',';
    result += digits[i];
  }
  return result;
}

std::string size_text(int64_t bytes) {
  if (bytes < 1024) return fmt::format("{} B", bytes);
  const double kib = static_cast<double>(bytes) / 1024;
  return kib < 1024 ? fmt::format("{:.2f} KiB", kib) : fmt::format("{:.2f} MiB", kib / 1024);
}

std::string tensor_size_text(int64_t bytes) {
  return bytes < 1024 ? fmt::format("{} Bytes", bytes) : fmt::format("{:.2f} KBytes", static_cast<double>(bytes) / 1024);
}

std::string bytes_and_size_text(int64_t bytes) { return fmt::format("{} B ({})", thousands(bytes), size_text(bytes)); }

std::string percent_text(double part, double whole) { return fmt::format("{:.1f}%", whole == 0 ? 0.0 : 100 * part / whole); }

std::string difference_text(int64_t from, int64_t to) {
  if (from == to) return "";
  const double percent = 100.0 * static_cast<double>(to - from) / static_cast<double>(from == 0 ? to : from);
  return fmt::format("{}{}({:+.1f}%)", to > from ? "+" : "", thousands(to - from), percent);
}

std::string shorten(std::string_view name, size_t limit) {
  const size_t length = characters(name);
  if (length <= limit || limit < 12) return std::string(name);
  return fmt::format("{}..{}", name.substr(0, offset_of(name, limit - 12)), name.substr(offset_of(name, length - 10)));
}

size_t characters(std::string_view utf8) { return static_cast<size_t>(std::ranges::count_if(utf8, starts_character)); }

std::string pad_right(std::string_view text, size_t width) { return std::string(text) + blanks(width, text); }
std::string pad_left(std::string_view text, size_t width) { return blanks(width, text) + std::string(text); }

std::string lower_case(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

std::string upper_case(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return result;
}

std::string trim(std::string_view text) {
  constexpr std::string_view white = " \t\r\n\f\v";
  const size_t first = text.find_first_not_of(white);
  if (first == std::string_view::npos) return "";
  return std::string(text.substr(first, text.find_last_not_of(white) - first + 1));
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> result;
  for (size_t start = 0;;) {
    const size_t end = text.find(separator, start);
    result.emplace_back(text.substr(start, end - start));
    if (end == std::string_view::npos) return result;
    start = end + 1;
  }
}

std::string join(std::span<const std::string> parts, std::string_view separator) { return fmt::format("{}", fmt::join(parts, separator)); }

std::string wrap(std::string_view text, size_t width, std::string_view indent) {
  std::string result;
  size_t used = 0;
  for (const auto& word : split(text, ' ')) {
    if (word.empty()) continue;
    const bool fits = used == 0 || used + 1 + characters(word) <= width;
    if (!fits) {
      result.append("\n").append(indent);
      used = 0;
    }
    if (used != 0) result += ' ';
    used += (used != 0 ? 1 : 0) + characters(word);
    result += word;
  }
  return result;
}

std::string nearest(std::string_view typed, std::span<const std::string> candidates) {
  std::string best;
  size_t least = std::max<size_t>(2, typed.size() / 3) + 1;  // further away is no misspelling
  for (const auto& candidate : candidates) {
    const size_t distance = edit_distance(typed, candidate);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

std::string last_lines(std::string_view text, size_t count) {
  auto lines = split(trim(text), '\n');
  if (lines.size() > count) lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(count));
  return join(lines, "\n");
}

}  // namespace ew
