#include "base/resources.h"
#include "commands/commands.h"
#include "commands/output.h"
#include "emit/runtime_copy.h"

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
  if (options.with_runtime)
    for (const GeneratedFile& file : copy_runtime(compiled.program, options.c_api, resource("runtime"))) files.add(options.output / file.name, file.text);
  write_reports(options, compiled, report, workspace, files, std::nullopt, generated);
}

}  // namespace ew
