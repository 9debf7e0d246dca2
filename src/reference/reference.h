// The original model in its own framework: LiteRT with its reference kernels, in a small Python program that we start.
#pragma once

#include "ir/tensor.h"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ew {

struct ReferenceRequest {
  std::filesystem::path model;                   // a .tflite file
  std::vector<Tensor> inputs;                    // in the model's order and types; dimension 0 = samples
  bool layers = false;                           // what every operator computes too
  std::chrono::milliseconds timeout{600'000};
};

// What one operator of the model computed. Dimension 0 = samples.
struct ReferenceLayer {
  int m_id = -1;                                 // operator of the user's model
  std::string name;                              // of the tensor
  Tensor value;
};

struct ReferenceResult {
  std::vector<Tensor> outputs;                   // in the model's order; dimension 0 = samples; quantisation as in the file
  std::vector<ReferenceLayer> layers;            // in order of execution; empty unless asked for
  std::string framework;                         // "LiteRT 2.3.0 (BUILTIN_REF)"
  std::vector<std::string> notes;                // what the report must say: other kernels, rewritten weights
};

// Throws tools_error with the remedy when the Python environment is missing, when the framework refuses the model, crashes or is too slow.
ReferenceResult run_reference(const ReferenceRequest& request);

// The interpreter of the environment variable EDGEWRIGHT_PYTHON, else that of the virtual environment of the build folder
// (<folder of the executable>/../venv) or of the installation (share/edgewright/venv). None when there is none.
std::optional<std::filesystem::path> reference_python();

}  // namespace ew
