// The parts of a validation's report about the run: who ran the network, how long it took, what its tensors held.
#pragma once

#include "drivers/runner.h"

#include <string>
#include <vector>

namespace ew {

struct RunReport {
  std::string c_name = "network";
  bool target = false;                           // a board, real or virtual
  const ModelDescription* model = nullptr;
  const RunResult* result = nullptr;
  int64_t samples = 0;
  bool nodes = false;                            // the table of c-nodes
  std::vector<Tensor> inputs, outputs;           // dimension 0 = samples
};

std::string running_text(const RunReport& run);     // "Running the ST.AI c-model ..." and the driver
std::string device_text(const RunReport& run);      // "Summary 'network' - ['network']"
std::string profile_text(const RunReport& run);     // "ST.AI Profiling results v2.0", and "Inference time per node"
std::string statistics_text(const RunReport& run);  // "Statistic per tensor"

}  // namespace ew
