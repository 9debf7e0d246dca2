#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "commands/commands.h"
#include "ops/op.h"

namespace ew {
namespace {

struct Row {
  const Op* op;
  const Import* import;
};

std::vector<Row> rows_of(Framework framework) {
  std::vector<Row> rows;
  for (const Op* op : all_ops())
    for (const Import& import : op->imports)
      if (import.framework == name(framework)) rows.push_back({op, &import});
  std::ranges::sort(rows, {}, [](const Row& row) { return row.import->name; });
  return rows;
}

std::string section(const Row& row) {
  auto text = fmt::format("\n## {}\n\nTypes: {}. In the C graph: `{}`.\n\n", row.import->name, row.import->types, row.op->name);
  if (row.op->kernels.empty()) text += "No kernel: it is folded, or a view of its input.\n";
  for (const Kernel& kernel : row.op->kernels) {
    text += fmt::format("- `{}`\n", kernel.function);
    for (const Rule& rule : kernel.rules) text += fmt::format("  - {}\n", rule.text);
  }
  return text;
}

}  // namespace

std::string supported_ops_report(Framework framework) {
  const auto rows = rows_of(framework);
  auto text = fmt::format(
      "# Supported {0} operators\n\n"
      "Written by `stedgeai supported-ops -t {0} --with-report` from the tables that the importer and the code generator use; not edited by hand.\n"
      "Below each operator stand its kernels with the rules that must hold for each; when no kernel is left, the tool names the node and the rule.\n\n"
      "{1} operators.\n\n| operator | types |\n|---|---|\n",
      name(framework), rows.size());
  for (const Row& row : rows) text += fmt::format("| [{}](#{}) | {} |\n", row.import->name, lower_case(row.import->name), row.import->types);
  for (const Row& row : rows) text += section(row);
  return text;
}

void run_supported_ops(const Options& options) {
  const Framework framework = options.type.value_or(Framework::tflite);
  if (framework != Framework::tflite)
    throw not_implemented(fmt::format("the operators of {}: only TFLite models are imported so far", name(framework)));
  std::vector<std::string> names;
  for (const Row& row : rows_of(framework)) names.emplace_back(row.import->name);
  fmt::print("Parsing operators for {} toolbox\n{} operators found\n  {}\n", upper_case(name(framework)), names.size(), wrap(join(names, ", "), 110, "  "));
  if (!options.with_report) return;

  const auto path = options.output / fmt::format("supported_ops_{}.md", name(framework));
  OutputFiles files;
  files.add(path, supported_ops_report(framework));
  files.commit();
  fmt::print("Building report..\n creating file: {}\n", files.paths().front().string());
}

}  // namespace ew
