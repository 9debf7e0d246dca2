// The text reports of analyze, generate and validate: <name>_<cmd>_report.txt and what the console shows of it.
// Layout: that of version 2.2.0 of the original tool, so that scripts that read the reports keep working.
#pragma once

#include "program/program.h"
#include "report/original.h"
#include "targets/toolchain.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ew {

// What validate inserts; every text is complete lines with '\n' at their ends, or empty.
struct ReportBlocks {
  std::string after_c_layers;                    // data, run, profile, statistics, metrics
  std::string after_complexity;                  // "Evaluation report (summary)" and its legend
  std::vector<double> c_durations;               // one per c-node, any unit; empty: no column c_dur
  std::map<std::string, double> errors;          // name of a layer, c-node or step of a group -> error of its output; empty: no column
  std::string error_name = "l2r";                // "l2r (X-CROSS)"; "rmse" for integer models
};

struct ReportInput {
  std::string command;                           // "analyze", "generate", "validate"
  std::string version;                           // "ST Edge AI Core v2.2.0-20266 2adc00962"
  std::string created;                           // "2026-04-04 23:37:12"
  std::string arguments;                         // the command line without the program's name
  std::vector<std::string> model_files;          // absolute paths
  std::string type = "tflite";
  std::string compression = "lossless";
  std::string options;                           // "allocate-inputs, allocate-outputs"
  std::string optimization = "balanced";
  std::string target;                            // as typed
  std::string memory_pool;                       // path; empty: no line
  std::string workspace, output;                 // absolute paths
  std::vector<std::string> vinput_files, voutput_files;
  std::string c_api = "legacy";                  // or "st-ai": its memory table has a line for states
  std::vector<std::string> generated_files;      // absolute paths, in the API's order; empty: no block
  const Program* program = nullptr;
  const OriginalModel* original = nullptr;
  std::optional<RuntimeSizes> runtime;           // none: not asked for
  ReportBlocks blocks;
};

// The whole text of the report file.
std::string report_file(const ReportInput& input);

// What the console shows at `-v verbosity`, indented by one blank: 0 the summary, 1 everything but the C graph, 2 and more everything.
std::string report_console(const ReportInput& input, int verbosity);

// The blocks, in the order of the file; complete lines.
std::string header_block(const ReportInput& input);
std::string summary_block(const ReportInput& input);
std::string memory_pools_block(const ReportInput& input);         // empty without --memory-pool
std::string ir_table_block(const ReportInput& input);
std::string c_graph_block(const ReportInput& input);              // summary, C-Arrays, C-Layers
std::string memory_map_block(const ReportInput& input);           // the activations by address
std::string operations_block(const ReportInput& input);
std::string complexity_block(const ReportInput& input);
std::string memory_block(const ReportInput& input);               // memory by section and summary, or why they are missing
std::string generated_files_block(const ReportInput& input);

}  // namespace ew
