// What a validation runs the network on: random data, or the user's files of -vi and -vo.
#pragma once

#include "program/program.h"
#include "validate/random.h"

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ew {

struct DataOptions {
  std::vector<std::filesystem::path> inputs;     // -vi; empty: random data
  std::vector<std::filesystem::path> outputs;    // -vo
  std::optional<int64_t> batches;                // -b; random: default 10; the user's: all, else this many chosen at random by the seed
  std::vector<std::pair<double, double>> ranges; // --range: one for all inputs or one each; empty: [0, 1)
  int64_t seed = 42;
};

struct DataSet {
  std::vector<Tensor> inputs;                    // of the generated network, in its types; shapes of the c-model's side (n, h, w, c)
  std::vector<Tensor> outputs;                   // what the user expects; float32 or the network's types; empty: nothing was given
  std::string log;                               // the report's lines about it
  [[nodiscard]] int64_t samples() const { return inputs.empty() ? 0 : inputs[0].type.shape[0]; }
};

// Throws cli_error or load_error, with the expected and the given type and shape, when the files do not fit the network.
DataSet make_data_set(const Program& program, const DataOptions& options);

// The values that input `index` of the network may take: all of its type, or, if it is an index into a table (GATHER), those of the table.
IntegerRange integer_range(const Program& program, size_t index);

}  // namespace ew
