#include "commands/commands.h"
#include "commands/output.h"

namespace ew {

void run_analyze(const Options& options) {
  const Compiled compiled = compile(options);
  const Workspace workspace(options);
  ReportInput report = report_input(options, compiled, workspace);
  report.runtime = measure(options, emit(compiled.program, emit_options(options, compiled)));
  OutputFiles files;
  write_reports(options, compiled, report, workspace, files);
}

}  // namespace ew
