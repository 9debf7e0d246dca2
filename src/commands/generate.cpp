#include "commands/commands.h"
#include "commands/output.h"

namespace ew {

void run_generate(const Options& options) {
  const Compiled compiled = compile(options);
  const Workspace workspace(options);
  const std::vector<GeneratedFile> generated = emit(compiled.program, emit_options(options, compiled));
  ReportInput report = report_input(options, compiled, workspace);
  report.runtime = measure(options, generated);
  OutputFiles files;
  for (const GeneratedFile& file : generated) {
    files.add(options.output / file.name, file.text);
    report.generated_files.push_back(full_path(options.output / file.name));
  }
  write_reports(options, compiled, report, workspace, files);
}

}  // namespace ew
