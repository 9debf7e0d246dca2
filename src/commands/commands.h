// The four commands. Each does all of its work or throws an Error.
#pragma once

#include <string>

#include "commands/options.h"

namespace ew {

void run_analyze(const Options& options);
void run_generate(const Options& options);
void run_validate(const Options& options);
void run_supported_ops(const Options& options);

// The Markdown report of supported-ops: every operator of the framework with its types and the rules of its kernels.
std::string supported_ops_report(Framework framework);

}  // namespace ew
