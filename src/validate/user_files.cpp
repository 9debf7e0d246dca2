#include "validate/user_files.h"

#include "base/error.h"
#include "base/text.h"
#include "validate/csv.h"

#include <algorithm>

namespace ew {
namespace {

namespace fs = std::filesystem;

const NpyArray* find_array(const NamedArrays& arrays, const std::string& name) {
  const auto found = std::ranges::find(arrays, name, [](const auto& pair) { return pair.first; });
  return found == arrays.end() ? nullptr : &found->second;
}

// prefix0, prefix1, ... or from another first number, up to the first that is missing.
std::vector<NpyArray> numbered(const NamedArrays& arrays, const std::string& prefix, int first) {
  std::vector<NpyArray> out;
  for (int i = first; const NpyArray* array = find_array(arrays, prefix + std::to_string(i)); ++i) out.push_back(*array);
  return out;
}

std::vector<NpyArray> single(const NamedArrays& arrays, const std::string& name) {
  const NpyArray* array = find_array(arrays, name);
  return array == nullptr ? std::vector<NpyArray>{} : std::vector<NpyArray>{*array};
}

NpyArray read_array(const fs::path& path) {
  const std::string extension = lower_case(path.extension().string());
  if (extension == ".npy") return read_npy(path);
  if (extension == ".csv" || extension == ".txt") {
    Tensor tensor = read_csv(path);
    std::string stored(name(tensor.type.dtype));
    return {std::move(tensor), std::move(stored)};
  }
  if (extension == ".pb") throw not_implemented(fmt::format("data of the type TensorProto ('{}'); npz, npy and csv files can be used", path.string()));
  throw cli_error(fmt::format("'{}' is no data file: npz, npy and csv files can be used", path.string()));
}

std::vector<NpyArray> read_arrays(const std::vector<fs::path>& paths) {
  std::vector<NpyArray> out;
  for (const fs::path& path : paths) {
    if (lower_case(path.extension().string()) != ".npz") {
      out.push_back(read_array(path));
      continue;
    }
    for (auto& [name, array] : read_npz(path)) out.push_back(std::move(array));
  }
  return out;
}

}  // namespace

UserArrays pair_arrays(NamedArrays arrays) {
  for (const auto& [in, out] : {std::pair{"x_test", "y_test"}, std::pair{"inputs", "outputs"}}) {
    if (auto found = single(arrays, in); !found.empty()) return {std::move(found), single(arrays, out)};
  }
  if (auto found = numbered(arrays, "in_", 0); !found.empty()) return {std::move(found), numbered(arrays, "out_", 0)};
  if (auto found = single(arrays, "m_inputs"); !found.empty()) return {std::move(found), single(arrays, "m_outputs")};
  for (const std::string side : {"m", "c"}) {
    if (auto found = numbered(arrays, side + "_inputs_", 1); !found.empty()) return {std::move(found), numbered(arrays, side + "_outputs_", 1)};
  }
  UserArrays all;
  for (auto& [name, array] : arrays) all.inputs.push_back(std::move(array));
  return all;
}

UserArrays read_user_files(const std::vector<fs::path>& inputs, const std::vector<fs::path>& outputs) {
  const bool archive = inputs.size() == 1 && lower_case(inputs[0].extension().string()) == ".npz";
  UserArrays arrays = archive ? pair_arrays(read_npz(inputs[0])) : UserArrays{read_arrays(inputs), {}};
  if (arrays.outputs.empty()) arrays.outputs = read_arrays(outputs);  // -vo says nothing when the file of -vi brings the outputs
  return arrays;
}

}  // namespace ew
