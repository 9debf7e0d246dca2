#include "emit/kernel_headers.h"

#include "base/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace ew {

std::string_view kernel_header(std::string_view function) {
  if (function == "memcpy" || function == "memset" || function == "memmove") return "<string.h>";
  const std::span<const KernelHeader> table(kernel_headers, kernel_header_count);
  const auto found = std::find_if(table.begin(), table.end(), [&](const KernelHeader& k) { return k.function == function; });
  if (found == table.end()) throw internal_error(fmt::format("no header of the runtime declares '{}'", function));
  return found->header;
}

}  // namespace ew
