#include "base/progress.h"
#include "commands/commands.h"
#include "commands/output.h"
#include "drivers/board.h"
#include "drivers/dll.h"
#include "validate/session.h"

#include <algorithm>
#include <memory>

namespace ew {
namespace {

std::filesystem::path write_generated(const Compiled& compiled, const EmitOptions& options, const std::filesystem::path& folder) {
  OutputFiles files;
  for (const GeneratedFile& file : emit(compiled.program, options)) files.add(folder / file.name, file.text);
  files.commit();
  return folder;
}

// The generated C as a shared library on this machine: <workspace>/inspector_<name>/workspace/{generated,lib}.
std::unique_ptr<Runner> host_runner(const Options& options, const Compiled& compiled, const std::filesystem::path& workspace,
                                    std::string_view suffix = "") {
  const std::filesystem::path inspector = workspace / fmt::format("inspector_{}{}", options.name, suffix) / "workspace";
  EmitOptions emit = emit_options(options, compiled);
  emit.binary = false;               // the library carries its weights
  const std::filesystem::path generated = write_generated(compiled, emit, inspector / "generated" / name(options.c_api));
  return std::make_unique<DllRunner>(build_library(generated, options.name, inspector / "lib"), options.name);
}

std::unique_ptr<Runner> board_runner(const Options& options, const Compiled& compiled, const std::filesystem::path& workspace,
                                     std::string_view suffix = "") {
  BoardRequest request;
  request.desc = options.description;
  request.target = options.series;
  request.c_name = options.name;
  request.workspace = workspace / fmt::format("board_{}{}", options.name, suffix);
  for (const Segment& segment : compiled.program.segments) request.alignment = std::max(request.alignment, segment.alignment);
  request.network_folder = [&, folder = request.workspace / "generated"] {
    EmitOptions emit = emit_options(options, compiled);
    emit.c_api = CApi::st_ai;        // the validation firmware's
    emit.binary = false;
    return write_generated(compiled, emit, folder);
  };
  return connect_board(request);
}

// The network without streamed groups: its layers can be compared. A real board holds the firmware that the user put there, so that
// the host runs it then.
class Opened {
 public:
  OpenedNetwork make(const Options& options, const std::filesystem::path& workspace) {
    compiled_ = compile(options, true);
    const bool on_board = options.mode == Mode::target && options.description.starts_with("qemu");
    runner_ = on_board ? board_runner(options, *compiled_, workspace, "_opened") : host_runner(options, *compiled_, workspace, "_opened");
    return {&compiled_->program, runner_.get()};
  }

 private:
  std::optional<Compiled> compiled_;
  std::unique_ptr<Runner> runner_;
};

}  // namespace

void run_validate(const Options& options) {
  const Compiled compiled = compile(options);
  const Workspace workspace(options);
  const std::unique_ptr<Runner> runner =
      options.mode == Mode::host ? host_runner(options, compiled, workspace.path()) : board_runner(options, compiled, workspace.path());
  ReportInput report = report_input(options, compiled, workspace);
  Validation validation;
  validation.program = &compiled.program;
  validation.runner = runner.get();
  Opened opened;
  validation.open = [&] { return opened.make(options, workspace.path()); };
  validation.target = options.mode == Mode::target;
  validation.model = options.models.front();
  validation.model_inputs = compiled.model_inputs;
  validation.data = {options.inputs, options.outputs, options.batches, options.ranges, options.seed};
  validation.classifier = options.classifier;
  validation.no_exec_model = options.no_exec_model;
  validation.io_only = options.io_only;
  validation.full = options.full;
  validation.save_csv = options.save_csv;
  validation.verbosity = options.verbosity;
  validation.output = options.output;
  validation.date = report.created;
  std::optional<Progress> progress;
  validation.progress = [&](int64_t done, int64_t all) {
    if (!progress) progress.emplace("running", all, progress_wanted(options.quiet));
    if (done > 0) progress->advance();
  };
  OutputFiles files;
  ValidationResult result = validate(validation, files);
  progress.reset();
  report.blocks = std::move(result.blocks);
  write_reports(options, compiled, report, workspace, files, std::move(result.entry));
}

}  // namespace ew
