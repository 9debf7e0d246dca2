// The steps the commands share: model file -> graph -> program.
#pragma once

#include "commands/options.h"
#include "program/program.h"
#include "report/original.h"

namespace ew {

struct Compiled {
  OriginalModel original;            // as imported, for the reports
  Program program;                   // planned
  std::vector<Type> model_inputs;    // types of the model's inputs, before --input-data-type
  std::vector<std::string> log;      // passes and kernels chosen (-v 3)
};

// `open`: without streamed groups, so that every layer's result exists as a whole (for comparing layers).
Compiled compile(const Options& options, bool open = false);

}  // namespace ew
