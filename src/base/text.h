// Small texts that reports and messages share.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ew {

std::string thousands(int64_t number);                       // "-1,234,567"
std::string size_text(int64_t bytes);                        // "740 B", "4.79 KiB", "1.17 MiB"; from 1024 on the next unit
std::string tensor_size_text(int64_t bytes);                 // "784 Bytes", "1200.00 KBytes": inputs and outputs in the summary
std::string bytes_and_size_text(int64_t bytes);              // "3,316 B (3.24 KiB)"
std::string percent_text(double part, double whole);         // "72.5%"; "0.0%" when the whole is 0
std::string difference_text(int64_t from, int64_t to);       // "-8,736(-72.5%)", "+960(+100.0%)"; "" when equal

// `name` cut to `limit` characters: the first limit - 12, "..", the last 10. The IR table cuts at 30, the complexity table at 40.
std::string shorten(std::string_view name, size_t limit = 30);

size_t characters(std::string_view utf8);                    // code points; a broken byte counts as one
std::string pad_right(std::string_view text, size_t width);  // blanks after it, up to `width` characters
std::string pad_left(std::string_view text, size_t width);

std::string lower_case(std::string_view text);               // ASCII
std::string upper_case(std::string_view text);
std::string trim(std::string_view text);                     // without white space at both ends
std::vector<std::string> split(std::string_view text, char separator);
std::string join(std::span<const std::string> parts, std::string_view separator);
std::string last_lines(std::string_view text, size_t count);  // of what a program printed, for messages
std::string wrap(std::string_view text, size_t width, std::string_view indent);  // lines of at most `width`, `indent` before all but the first

// "did you mean ...?": the candidate nearest to `typed` by edit distance, empty when none is near.
std::string nearest(std::string_view typed, std::span<const std::string> candidates);

}  // namespace ew
