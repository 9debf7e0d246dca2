// The words of the command line as a request.
#pragma once

#include <span>
#include <string>

#include "commands/options.h"

namespace ew {

enum class Wish { run, help, help_as_markdown, version, tools_version };

struct Request {
  Wish wish = Wish::run;
  Options options;               // for run; for help only the target
};

// `words` without the program's name. Options may stand before and after the command word; a file name without an option is a model; a long
// option may be cut as long as it is unique. Throws cli_error, and not_implemented for what the specification has and we do not.
Request parse_command_line(std::span<const std::string> words);

}  // namespace ew
