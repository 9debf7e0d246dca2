// The arrays of -vi and -vo, before they are fitted to the network.
#pragma once

#include "validate/npy.h"

#include <filesystem>
#include <string>
#include <vector>

namespace ew {

struct UserArrays {
  std::vector<NpyArray> inputs, outputs;
};

// One npz file with pairs of arrays, or one csv or npy file for each input (output), in the network's order. Keys that are tried in an npz, in
// this order: x_test/y_test, inputs/outputs, in_0/out_0 (1, ...), m_inputs/m_outputs, m_inputs_<i>/m_outputs_<i>, c_inputs_<i>/c_outputs_<i>;
// arrays of any other names are inputs without outputs. A .pb file is not_implemented.
UserArrays read_user_files(const std::vector<std::filesystem::path>& inputs, const std::vector<std::filesystem::path>& outputs);

// Which of the arrays of an npz are inputs and which are outputs.
UserArrays pair_arrays(NamedArrays arrays);

}  // namespace ew
