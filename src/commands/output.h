// What the commands write and show: generated files, reports, <name>_c_info.json.
#pragma once

#include "base/files.h"
#include "commands/compile.h"
#include "emit/emit.h"
#include "report/c_info.h"
#include "report/report.h"

#include <filesystem>
#include <optional>

namespace ew {

// The workspace folder: --workspace, or with --no-workspace a temporary one.
class Workspace {
 public:
  explicit Workspace(const Options& options);
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::optional<TemporaryFolder> temporary_;
  std::filesystem::path path_;
};

EmitOptions emit_options(const Options& options, const Compiled& compiled);

// Code sizes on the target's core. The generated files are compiled in a temporary folder.
RuntimeSizes measure(const Options& options, const std::vector<GeneratedFile>& files);

ReportInput report_input(const Options& options, const Compiled& compiled, const Workspace& workspace);

// Writes <name>_<cmd>_report.txt, <name>_memory.svg and <name>_c_info.json (unless --no-report), all or nothing together with what `files` holds already,
// and prints the console's part. `generated`: the files of the generated C; empty when none were asked for.
void write_reports(const Options& options, const Compiled& compiled, const ReportInput& report, const Workspace& workspace, OutputFiles& files,
                   std::optional<ValidationEntry> validation = std::nullopt, const std::vector<GeneratedFile>& generated = {});

}  // namespace ew
