// <name>_c_info.json: the generated network for other tools. Schema 2.0 of the original; keys sorted, indent 2.
#pragma once

#include "report/report.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ew {

struct SignedFile {
  std::string name;                              // absolute path, or file name
  std::string signature;                         // "0x" + MD5 of its bytes
};

struct ExecTime {
  double duration_ms = 0;                        // 0 on a virtual board, which has no time
  int64_t cycles = 0;                            // instructions on a virtual board
  double cycles_by_macc = 0, percentage = 0;
  std::vector<int64_t> counters;
};

struct MetricsEntry {
  std::string desc;                              // "x-cross #1"
  std::optional<double> acc;                     // 0..1
  double rmse = 0, mae = 0, l2r = 0, mean = 0, std = 0, nse = 1, cos = 1;
};

struct ValidationEntry {
  std::string device = "VALIDATION_HOST";        // or VALIDATION_TARGET
  double val_error = 0;
  std::string val_error_desc;                    // "x-cross (l2r) #1"
  std::vector<MetricsEntry> val_metrics;
  std::optional<ExecTime> graph_time;            // of the whole network
  std::vector<ExecTime> node_times;              // one per c-node, or none
};

struct CInfoInput {
  const ReportInput* report = nullptr;           // program, original, runtime, arguments, version
  uint64_t network_signature = 0;
  std::vector<SignedFile> generated_files;       // in the API's order; empty after analyze
  std::optional<ValidationEntry> validation;
};

std::string c_info(const CInfoInput& input);

}  // namespace ew
