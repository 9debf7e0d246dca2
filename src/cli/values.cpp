#include "cli/values.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>

#include "base/error.h"
#include "base/text.h"

namespace ew {
namespace {

constexpr size_t longest_name = 64;
constexpr int64_t largest_alignment = 4096;

// The whole text as a number.
template <typename Number>
std::optional<Number> parse_number(const std::string& text) {
  Number number{};
  const char* start = text.data() + (text.starts_with('+') ? 1 : 0);
  const auto [end, error] = std::from_chars(start, text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

struct Extension {
  std::string_view text;
  Framework framework;
};

constexpr Extension extensions[] = {
    {".tflite", Framework::tflite}, {".onnx", Framework::onnx}, {".h5", Framework::keras},
    {".hdf5", Framework::keras},    {".keras", Framework::keras}, {".json", Framework::keras},
};

std::optional<Framework> framework_by_extension(const std::filesystem::path& path) {
  const auto wanted = lower_case(path.extension().string());
  for (const auto& [text, framework] : extensions)
    if (wanted == text) return framework;
  return std::nullopt;
}

}  // namespace

int64_t integer_value(std::string_view option, const std::string& text, int64_t least, int64_t most) {
  const auto number = parse_number<int64_t>(text);
  if (!number) throw cli_error(fmt::format("argument {}: '{}' is no integer", option, text));
  if (*number < least || *number > most) throw cli_error(fmt::format("argument {}: {} is not from {} to {}", option, *number, least, most));
  return *number;
}

double number_value(std::string_view option, const std::string& text) {
  const auto number = parse_number<double>(text);
  if (!number || !std::isfinite(*number)) throw cli_error(fmt::format("argument {}: '{}' is no finite number", option, text));
  return *number;
}

std::string identifier_value(std::string_view option, const std::string& text) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  const auto letter_or_digit = [&](char c) { return letter(c) || (c >= '0' && c <= '9'); };
  if (text.empty() || text.size() > longest_name || !letter(text[0]) || !std::ranges::all_of(text, letter_or_digit))
    throw cli_error(fmt::format("argument {}: '{}' is no C name (letters, digits and '_', no digit first, at most {} characters)", option, text,
                                longest_name));
  // Names that would make functions, types or include guards of the runtime's own headers.
  for (const std::string_view taken : {"stai", "runtime", "debug", "events", "platform", "nn_legacy", "nn_stai", "network_instance"})
    if (text == taken) throw cli_error(fmt::format("argument {}: the name '{}' belongs to the runtime; take another", option, text));
  return text;
}

int64_t alignment_value(std::string_view option, const std::string& text) {
  const int64_t bytes = integer_value(option, text, 2, largest_alignment);
  if (!std::has_single_bit(static_cast<uint64_t>(bytes))) throw cli_error(fmt::format("argument {}: {} is no power of two", option, bytes));
  return bytes;
}

std::vector<DType> data_type_values(std::string_view option, const std::string& text) {
  std::vector<DType> result;
  for (const auto& word : split(text, ',')) {
    const auto dtype = parse_dtype(trim(word));
    if (!dtype || (*dtype != DType::float32 && *dtype != DType::int8 && *dtype != DType::uint8))
      throw cli_error(fmt::format("argument {}: invalid choice: '{}' (choose from 'float32', 'int8', 'uint8')", option, word));
    result.push_back(*dtype);
  }
  return result;
}

std::vector<std::pair<double, double>> range_values(std::string_view option, std::span<const std::string> texts) {
  if (texts.size() % 2 != 0) throw cli_error(fmt::format("argument {}: expected pairs MIN MAX, got {} values", option, texts.size()));
  std::vector<std::pair<double, double>> result;
  for (size_t i = 0; i < texts.size(); i += 2) {
    const double low = number_value(option, texts[i]), high = number_value(option, texts[i + 1]);
    if (low > high) throw cli_error(fmt::format("argument {}: {} is greater than {}", option, texts[i], texts[i + 1]));
    result.emplace_back(low, high);
  }
  return result;
}

std::string compression_value(const std::string& text) {
  if (text == "none" || text == "lossless") return text;
  if (text == "low" || text == "medium" || text == "high")
    throw not_implemented(fmt::format("-c/--compression {}: weights are not compressed with loss yet; use none or lossless", text));
  if (text.ends_with(".json")) throw not_implemented("-c/--compression FILE: a level for each layer; use none or lossless");
  throw cli_error(fmt::format(
      "argument -c/--compression: invalid choice: '{}' (choose from 'none', 'lossless', 'low', 'medium', 'high' or a JSON file)", text));
}

Framework framework_of(const std::vector<std::filesystem::path>& models, std::optional<Framework> type) {
  for (const auto& path : models) {
    const auto found = framework_by_extension(path);
    if (!found && !type)
      throw cli_error(fmt::format("the framework of '{}' cannot be told from its extension; give it with -t/--type", path.string()));
    if (!type) type = found;
    if (found && found != type) throw cli_error(fmt::format("Wrong model files for '{}'", name(*type)));
  }
  const bool two_files = type == Framework::keras;  // the structure as .json, the weights as .h5
  if (models.size() > (two_files ? 2u : 1u)) throw cli_error(fmt::format("Wrong model files for '{}'", name(*type)));
  return *type;
}

}  // namespace ew
