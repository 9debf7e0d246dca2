// The names and numbers the tool goes by.
#pragma once

#include <string_view>

namespace ew {

inline constexpr std::string_view edgewright_version = "0.1.0";
inline constexpr std::string_view compatible_version = "2.2.0";   // of the original's command line, reports and C interfaces

// First line of every command's output and of every report. Scripts look for "ST Edge AI Core v<digits>-"; the word after it says who it
// really is (docs/decisions/0002-banner.md).
inline constexpr std::string_view banner = "ST Edge AI Core v2.2.0-edgewright 0.1.0";

}  // namespace ew
