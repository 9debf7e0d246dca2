// The makers of the single files; emit.cpp lists them in the order of the reports.
#pragma once

#include "emit/emit.h"

namespace ew {

// What every maker is given: the program, the options with the date filled in, names in both cases.
struct Naming {
  const Program& program;
  const EmitOptions& options;
  std::string name, upper, datetime;
};

// Legacy API: api_legacy.cpp, data_legacy.cpp.
GeneratedFile legacy_config_h(const Naming& naming);
GeneratedFile legacy_network_h(const Naming& naming);
GeneratedFile legacy_network_c(const Naming& naming);
GeneratedFile legacy_data_params_h(const Naming& naming);
GeneratedFile legacy_data_params_c(const Naming& naming);
GeneratedFile legacy_data_h(const Naming& naming);
GeneratedFile legacy_data_c(const Naming& naming);

// st-ai API: api_stai.cpp, data_stai.cpp, details.cpp.
GeneratedFile stai_network_h(const Naming& naming);
GeneratedFile stai_network_c(const Naming& naming);
GeneratedFile stai_data_h(const Naming& naming);
GeneratedFile stai_data_c(const Naming& naming);
GeneratedFile stai_details_h(const Naming& naming);

// All weights segments one after the other, as they lie in memory (each a multiple of 4 bytes long).
GeneratedFile weights_binary(const Naming& naming);

// The name of a weights segment's array behind "s_<name>_": "" for the only one, else the c-array's: "conv2d_1_weights_".
std::string weights_array_infix(const Program& program, const Segment& segment);

// Its array in the st-ai API: "g_network_weights_array", "g_network_conv2d_1_weights_array".
std::string stai_weights_name(const Naming& naming, const Segment& segment);

// An initialiser of stai_tensor; what it points at is appended to `arrays`, with names that start with `variable`.
std::string stai_tensor_initialiser(const std::string& variable, const Array& array, const std::string& flags, const std::string& name,
                                    std::string& arrays);

}  // namespace ew
