// Pieces of C text.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ew {

bool is_c_identifier(std::string_view text);

// Safe inside a C comment and a string literal, on one line: no comment ends, quotes, backslashes, trigraphs or control characters.
std::string plain(std::string_view text, size_t longest = 200);

std::string string_literal(std::string_view text);               // "..." with escapes

// Round-trips exactly; INFINITY and NAN need <math.h>.
std::string float_literal(float value);

std::string integer_literal(int64_t value);

// The items, separated by commas, `per_line` to a line, each line indented by two blanks.
std::string lines_of(std::span<const std::string> items, size_t per_line);

std::string joined(std::span<const std::string> items, std::string_view separator = ", ");

// Little-endian 64-bit words of a block of bytes, the last one filled with zeros: "0x1f2U", four to a line. At least one word.
std::string words_u64(std::span<const uint8_t> bytes);
size_t count_u64(size_t bytes);                                  // words of them

// The banner of a generated file.
std::string file_banner(std::string_view file, std::string_view datetime, std::string_view brief);

// `text` with every @key@ (an identifier between two @) replaced; other @ stay. Throws internal_error on an unknown key.
std::string expand(std::string_view text, std::initializer_list<std::pair<std::string_view, std::string>> values);

}  // namespace ew
