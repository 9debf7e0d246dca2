#include "ir/attrs.h"

#include "base/error.h"

#include <array>
#include <charconv>
#include <cstdlib>

namespace ew {
namespace {

constexpr std::array<std::string_view, 5> activation_names{"none", "relu", "relu_n1_to_1", "relu6", "tanh"};

template <class T>
T number(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) throw load_error(fmt::format("'{}' is no number", text));
  return value;
}

}  // namespace

std::string_view name(Activation activation) { return activation_names[static_cast<size_t>(activation)]; }

Activation parse_activation(std::string_view text) {
  for (size_t i = 0; i < activation_names.size(); ++i)
    if (activation_names[i] == text) return static_cast<Activation>(i);
  throw load_error(fmt::format("'{}' is no activation", text));
}

namespace detail {

std::string attr_text(bool v) { return v ? "true" : "false"; }
std::string attr_text(int64_t v) { return fmt::format("{}", v); }
std::string attr_text(double v) { return fmt::format("{}", v); }
std::string attr_text(Activation v) { return std::string(name(v)); }
std::string attr_text(const std::string& v) { return v; }
std::string attr_text(const std::vector<int64_t>& v) { return fmt::format("[{}]", fmt::join(v, " ")); }

void attr_parse(std::string_view text, bool& v) {
  if (text != "true" && text != "false") throw load_error(fmt::format("'{}' is neither true nor false", text));
  v = text == "true";
}
void attr_parse(std::string_view text, int64_t& v) { v = number<int64_t>(text); }
void attr_parse(std::string_view text, double& v) { v = number<double>(text); }
void attr_parse(std::string_view text, Activation& v) { v = parse_activation(text); }
void attr_parse(std::string_view text, std::string& v) { v = text; }
void attr_parse(std::string_view text, std::vector<int64_t>& v) {
  if (text.size() < 2 || text.front() != '[' || text.back() != ']') throw load_error(fmt::format("'{}' is no list", text));
  text = text.substr(1, text.size() - 2);
  v.clear();
  while (!text.empty()) {
    const size_t space = std::min(text.find(' '), text.size());
    if (space > 0) v.push_back(number<int64_t>(text.substr(0, space)));
    text.remove_prefix(std::min(space + 1, text.size()));
  }
}
void unknown_field(std::string_view field) { throw load_error(fmt::format("there is no attribute '{}'", field)); }

}  // namespace detail
}  // namespace ew
