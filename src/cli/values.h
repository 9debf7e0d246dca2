// From the words after an option to fields of Options. Each function throws cli_error and says which option it is about.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "commands/options.h"

namespace ew {

int64_t integer_value(std::string_view option, const std::string& text, int64_t least, int64_t most);
double number_value(std::string_view option, const std::string& text);
std::string identifier_value(std::string_view option, const std::string& text);             // a C identifier of at most 64 characters
int64_t alignment_value(std::string_view option, const std::string& text);                 // a power of two, 2 ... 4096
std::vector<DType> data_type_values(std::string_view option, const std::string& text);     // "float32,int8,uint8"
std::vector<std::pair<double, double>> range_values(std::string_view option, std::span<const std::string> texts);
std::string compression_value(const std::string& text);                                    // not_implemented for lossy levels and JSON files

// The framework by the files' extensions, or `type` when given; throws cli_error when they do not fit.
Framework framework_of(const std::vector<std::filesystem::path>& models, std::optional<Framework> type);

}  // namespace ew
