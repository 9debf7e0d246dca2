// The whole of `validate`: data, the generated network, the original model, metrics, files and the texts of the report.
#pragma once

#include "base/files.h"
#include "drivers/runner.h"
#include "program/program.h"
#include "report/c_info.h"
#include "reference/reference.h"
#include "report/report.h"
#include "validate/dataset.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ew {

// The network once more, without streamed groups, whose inner tensors never exist as a whole: for comparing layers.
struct OpenedNetwork {
  const Program* program = nullptr;
  Runner* runner = nullptr;
};

struct Validation {
  const Program* program = nullptr;
  Runner* runner = nullptr;                      // the generated network: host library, board, virtual board
  std::function<OpenedNetwork()> open;           // called once at most, when layers of a network with groups are to be compared
  std::function<ReferenceResult(const ReferenceRequest&)> reference = run_reference;  // the original model
  bool target = false;                           // --mode target
  std::filesystem::path model;                   // the user's file
  std::vector<Type> model_inputs;                // its inputs' types, where the network's differ (--input-data-type); empty: the same
  DataOptions data;
  bool classifier = false;                       // --classifier
  bool no_exec_model = false;                    // --no-exec-model
  bool io_only = false;                          // --io-only
  bool full = false;                             // --full: compare every layer
  bool save_csv = false;                         // --save-csv
  int verbosity = 1;                             // 2: c-nodes are timed on the host too
  std::filesystem::path output;                  // folder of the saved data
  std::string date;                              // "2026-04-04 23:37:12"
  std::function<void(int64_t done, int64_t all)> progress;  // samples run on the network; may be empty
};

struct ValidationResult {
  ReportBlocks blocks;
  std::optional<ValidationEntry> entry;          // none: there was nothing to compare with
  bool differs = false;                          // the network's outputs are not the original's (compare.h says what equal means)
};

// Adds the saved data to `files`. Throws what the data files, the runner and the reference throw.
ValidationResult validate(const Validation& validation, OutputFiles& files);

}  // namespace ew
