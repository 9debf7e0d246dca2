// The texts that derive from the table of options.
#pragma once

#include <string>
#include <string_view>

namespace ew {

std::string help_text(std::string_view target);    // of all options, or of those `target` takes. Throws cli_error on an unknown target
std::string markdown_help();                       // docs/cli.md
std::string version_text();
std::string tools_version_text();                  // asks the programs

}  // namespace ew
