#include "drivers/desc.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <vector>

#include "base/error.h"
#include "base/text.h"

namespace ew {
namespace {

std::optional<int> number(std::string_view text) {
  if (text.empty() || text.size() > 8 || !std::ranges::all_of(text, [](unsigned char c) { return std::isdigit(c) != 0; })) return {};
  return std::stoi(std::string(text));
}

}  // namespace

BoardDesc parse_desc(std::string_view text) {
  static constexpr std::string_view others[] = {"socket", "fvp", "app", "mpu", "serial-ispu", "ispu-app", "lib", "file"};
  const std::string whole = trim(text);
  BoardDesc desc;
  if (const auto baud = number(whole)) {
    desc.baud = *baud;
    return desc;
  }
  std::vector<std::string> parts = split(whole, ':');
  const std::string domain = lower_case(parts.front());
  parts.erase(parts.begin());
  if (domain.empty() || domain == "serial" || domain == "default") {
    for (std::string& part : parts) {
      if (const auto baud = number(part)) desc.baud = *baud;
      else if (!part.empty()) desc.port = std::move(part);
    }
    return desc;
  }
  if (domain == "qemu") {
    desc.kind = BoardDesc::Kind::qemu;
    for (std::string& part : parts) {
      if (lower_case(part) == "link") desc.over_link = true;
      else if (!part.empty()) desc.machine = lower_case(part);
    }
    return desc;
  }
  if (std::ranges::find(others, domain) != std::end(others))
    throw not_implemented(fmt::format("-d {}: the links of this tool are serial[:PORT][:BAUD] and qemu[:MACHINE]", whole));
  throw cli_error(fmt::format("invalid/unsupported \"{}\" descriptor; use serial[:PORT][:BAUD] or qemu[:MACHINE]", whole));
}

}  // namespace ew
