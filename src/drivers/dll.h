// The generated network on the host: compiled by the system's C compiler into a shared library, run in a child process.
#pragma once

#include "drivers/runner.h"

#include <filesystem>

namespace ew {

// Compiles every .c file of `folder` (the generated files of the network `name`) with the host's runtime into
// <library_folder>/libai_<name>.so, as one whole or not at all, and returns its path. Throws tools_error when there is no C compiler, with the
// package to install, or when it fails, with what it said; file_error when the runtime is missing or of another build.
std::filesystem::path build_library(const std::filesystem::path& folder, const std::string& name, const std::filesystem::path& library_folder);

// Runs the network `name` of a library made by build_library, through whichever client API it has. Durations are those of this machine.
// A crash, a hang or an error of the generated code is an internal_error that says where it happened.
class DllRunner : public Runner {
 public:
  DllRunner(std::filesystem::path library, std::string name);
  const ModelDescription& info() override { return info_; }
  RunResult run(const std::vector<Tensor>& inputs, const RunOptions& options) override;

 private:
  std::filesystem::path library_;
  std::string name_;
  ModelDescription info_;
  std::vector<NodeResult> nodes_;                // what is known before a run
};

}  // namespace ew
