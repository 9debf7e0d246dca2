#include "validate/csv.h"

#include "base/error.h"

#include <charconv>
#include <cmath>
#include <fstream>

namespace ew {
namespace {

constexpr int64_t default_samples = 128;
constexpr int64_t default_values = 512;

struct Rows {
  std::vector<float> values;
  size_t columns = 0;
  DType dtype = DType::float32;
};

[[noreturn]] void bad(const std::string& what, int64_t line, const std::string& why) {
  throw load_error(fmt::format("'{}', line {}: {}", what, line, why));
}

std::string_view trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

float parse_number(std::string_view field, const std::string& what, int64_t line) {
  if (field.starts_with('+')) field.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
  if (field.empty() || error == std::errc::invalid_argument || end != field.data() + field.size()) {
    bad(what, line, fmt::format("'{}' is not a number", field.substr(0, 40)));
  }
  return static_cast<float>(value);
}

void parse_row(Rows& rows, std::string_view line, const std::string& what, int64_t number) {
  size_t columns = 0;
  if (line.ends_with(',')) line.remove_suffix(1);
  for (size_t at = 0; at <= line.size(); ++columns) {
    const size_t comma = std::min(line.find(',', at), line.size());
    rows.values.push_back(parse_number(trimmed(line.substr(at, comma - at)), what, number));
    at = comma + 1;
  }
  if (rows.columns == 0) rows.columns = columns;
  if (columns != rows.columns) bad(what, number, fmt::format("{} values, the lines before have {}", columns, rows.columns));
}

void parse_comment(Rows& rows, std::string_view line) {
  if (line.find("dtype=uint8") != std::string_view::npos) rows.dtype = DType::uint8;
  else if (line.find("dtype=int8") != std::string_view::npos) rows.dtype = DType::int8;
}

Rows parse_rows(std::string_view text, const std::string& what) {
  Rows rows;
  int64_t number = 0, comments = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = trimmed(text.substr(at, end - at));
    at = end + 1;
    ++number;
    if (line.empty()) continue;
    if (line.starts_with('#')) {
      if (++comments <= 5) parse_comment(rows, line);
    } else {
      parse_row(rows, line, what, number);
    }
  }
  if (rows.values.empty()) throw load_error(fmt::format("'{}' holds no numbers", what));
  return rows;
}

template <class T> void to_integers(Tensor& out, const std::vector<float>& values, const std::string& what) {
  auto to = out.as<T>();
  for (size_t i = 0; i < values.size(); ++i) {
    const float value = values[i];
    if (!(value >= std::numeric_limits<T>::min() && value <= std::numeric_limits<T>::max())) {
      throw load_error(fmt::format("'{}': the value {} is outside the range of {}, its type by the tag dtype=", what, value,
                                   name(out.type.dtype)));
    }
    to[i] = static_cast<T>(value);
  }
}

}  // namespace

Tensor parse_csv(std::string_view text, const std::string& what) {
  const Rows rows = parse_rows(text, what);
  const auto columns = static_cast<int64_t>(rows.columns);
  Tensor out(Type{rows.dtype, {static_cast<int64_t>(rows.values.size()) / columns, columns}, {}});
  if (rows.dtype == DType::float32) std::memcpy(out.data.data(), rows.values.data(), out.data.size());
  if (rows.dtype == DType::int8) to_integers<int8_t>(out, rows.values, what);
  if (rows.dtype == DType::uint8) to_integers<uint8_t>(out, rows.values, what);
  return out;
}

Tensor read_csv(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw file_error("cannot open '" + path.string() + "'");
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  return parse_csv(text, path.string());
}

std::string csv_text(const Tensor& tensor, const CsvOptions& options) {
  const int64_t samples = tensor.type.shape.empty() ? 1 : tensor.type.shape[0];
  const int64_t columns = samples == 0 ? 0 : elements(tensor.type.shape) / samples;
  const bool too_wide = !options.everything && columns > default_values;
  const int64_t saved = too_wide ? 0 : options.everything ? samples : std::min(samples, default_samples);
  std::string out = fmt::format("# file created : {}\n# dtype={}\n# {} features - {}/{}\n# {}\n", options.date, name(tensor.type.dtype),
                                options.side, too_wide ? samples : saved, samples, options.summary);
  if (too_wide) out += fmt::format("# Note: w/o data, number of item by sample is exceeded: {} > {}\n", columns, default_values);
  if (saved == 0) return out;
  Tensor plain;
  plain.type = {tensor.type.dtype, tensor.type.shape, {}};  // the stored numbers, not the dequantised ones
  plain.data = tensor.data;
  const std::vector<double> values = reals(plain);
  for (int64_t row = 0; row < saved; ++row) {
    for (int64_t column = 0; column < columns; ++column) {
      out += fmt::format("{}{:.18e}", column == 0 ? "" : ",", values[static_cast<size_t>(row * columns + column)]);
    }
    out += '\n';
  }
  return out;
}

}  // namespace ew
