// The files of a validation's data: <name>_val_io.npz, and an npy and a csv for each tensor.
#pragma once

#include "base/files.h"
#include "ir/tensor.h"

#include <filesystem>
#include <string>
#include <vector>

namespace ew {

struct SavedTensor {
  std::string key;                               // "m_inputs_1", "c_outputs_2"
  std::string name;                              // the user's
  Tensor tensor;
};

struct SaveOptions {
  std::filesystem::path folder;
  std::string c_name = "network";
  std::string date;                              // "2026-04-04 23:37:12"
  bool everything = false;                       // --save-csv
};

// Adds the files to `files`; they appear with its commit.
void save_data(const std::vector<SavedTensor>& tensors, const SaveOptions& options, OutputFiles& files);

}  // namespace ew
