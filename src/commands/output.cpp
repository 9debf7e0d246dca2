#include "commands/output.h"

#include "base/md5.h"
#include "base/text.h"
#include "base/version.h"
#include "report/memory_map.h"

#include <fmt/chrono.h>

#include <algorithm>
#include <ctime>

namespace ew {
namespace {

std::string options_text(const Options& options) {
  std::vector<std::string_view> words;
  if (options.inputs_in_activations) words.emplace_back("allocate-inputs");
  if (options.outputs_in_activations) words.emplace_back("allocate-outputs");
  if (options.split_weights) words.emplace_back("split-weights");
  if (options.c_api == CApi::st_ai) {
    words.emplace_back("use-lite-runtime");
    words.emplace_back("use-st-ai");
  }
  return fmt::format("{}", fmt::join(words, ", "));
}

}  // namespace

Workspace::Workspace(const Options& options) {
  if (options.no_workspace) temporary_.emplace();
  path_ = options.no_workspace ? temporary_->path() : options.workspace;
}

EmitOptions emit_options(const Options& options, const Compiled& compiled) {
  EmitOptions emit;
  emit.c_api = options.c_api;
  emit.binary = options.binary;
  emit.datetime = compiled.program.datetime;
  return emit;
}

RuntimeSizes measure(const Options& options, const std::vector<GeneratedFile>& files) {
  const TemporaryFolder folder;
  OutputFiles output;
  const std::string_view api = name(options.c_api);
  const std::vector<std::string> code = code_files(api, options.name);
  for (const GeneratedFile& file : files)  // the weights are not compiled
    if (file.name.ends_with(".h") || std::ranges::find(code, file.name) != code.end()) output.add(folder.path() / file.name, file.text);
  output.commit();
  return measure_runtime(*options.series, folder.path(), code, entry_points(api, options.name));
}

ReportInput report_input(const Options& options, const Compiled& compiled, const Workspace& workspace) {
  ReportInput report;
  report.command = name(options.command);
  report.version = banner;
  report.created = fmt::format("{:%Y-%m-%d %H:%M:%S}", fmt::localtime(std::time(nullptr)));
  report.arguments = options.parameters;
  for (const auto& model : options.models) report.model_files.push_back(full_path(model));
  report.type = name(options.type.value_or(Framework::tflite));
  report.compression = options.compression;
  report.options = options_text(options);
  report.optimization = name(options.optimization);
  report.target = options.target;
  report.workspace = full_path(workspace.path());
  report.output = full_path(options.output);
  for (const auto& file : options.inputs) report.vinput_files.push_back(full_path(file));
  for (const auto& file : options.outputs) report.voutput_files.push_back(full_path(file));
  report.c_api = name(options.c_api);
  report.program = &compiled.program;
  report.original = &compiled.original;
  return report;
}

void write_reports(const Options& options, const Compiled& compiled, const ReportInput& report, const Workspace& workspace, OutputFiles& files,
                   std::optional<ValidationEntry> validation, const std::vector<GeneratedFile>& generated) {
  std::string lines;
  if (!options.no_report) {
    const std::filesystem::path info = workspace.path() / fmt::format("{}_c_info.json", options.name);
    const std::filesystem::path beside = options.output / info.filename();
    const std::filesystem::path text = options.output / fmt::format("{}_{}_report.txt", options.name, report.command);
    CInfoInput input{&report, network_signature(compiled.program), {}, std::move(validation)};
    for (const GeneratedFile& file : generated) {
      const std::span content(reinterpret_cast<const uint8_t*>(file.text.data()), file.text.size());
      input.generated_files.push_back({full_path(options.output / file.name), "0x" + md5(content)});
    }
    const std::string json = c_info(input);
    files.add(beside, json);
    if (!options.no_workspace && full_path(info) != full_path(beside)) files.add(info, json);
    files.add(text, report_file(report));
    const std::filesystem::path picture = options.output / fmt::format("{}_memory.svg", options.name);
    files.add(picture, memory_svg(compiled.program));
    lines = fmt::format("Creating c (debug) info json file {}\nCreating svg memory map file {}\nCreating txt report file {}\n",
                        full_path(options.no_workspace ? beside : info), full_path(picture), full_path(text));
  }
  files.commit();
  fmt::print("{}{}", report_console(report, options.verbosity), lines);
  if (options.verbosity >= 3) fmt::print("{}\n", fmt::join(compiled.log, "\n"));
}

}  // namespace ew
