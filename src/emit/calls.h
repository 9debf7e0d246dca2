// The body of a c-node's function: its calls of kernels, as flat calls or as loops over output rows.
#pragma once

#include "program/program.h"

#include <string>

namespace ew {

std::string params_name(const CNode& node, size_t call);         // "conv2d_1_params", "conv2d_1_params_2" for the second call

std::string call_statements(const Program& program, const CNode& node);

}  // namespace ew
