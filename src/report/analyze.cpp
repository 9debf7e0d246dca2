// The order of the blocks.
#include "base/text.h"
#include "report/report.h"

namespace ew {
namespace {

struct Part {
  int verbosity;                                 // shown on the console from this -v on
  std::string text;
};

std::vector<Part> parts(const ReportInput& in) {
  return {{0, summary_block(in)},
          {0, memory_pools_block(in)},
          {1, ir_table_block(in)},
          {2, c_graph_block(in)},
          {2, memory_map_block(in)},
          {1, in.blocks.after_c_layers},
          {1, "\n" + operations_block(in)},
          {1, complexity_block(in)},
          {1, in.blocks.after_complexity},
          {1, memory_block(in)},
          {1, generated_files_block(in)}};
}

}  // namespace

std::string report_file(const ReportInput& in) {
  std::string text = header_block(in);
  for (const Part& part : parts(in)) text += part.text;
  return text;
}

std::string report_console(const ReportInput& in, int verbosity) {
  std::string text;
  for (const Part& part : parts(in)) {
    if (part.verbosity > verbosity || part.text.empty()) continue;
    std::vector<std::string> lines = split(part.text, '\n');
    lines.pop_back();                            // after the last '\n'
    for (const std::string& line : lines) text += line.empty() ? "\n" : " " + line + "\n";
  }
  return text;
}

}  // namespace ew
