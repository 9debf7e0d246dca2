// The body of a c-node's function: its calls of kernels, as flat calls or as loops over output rows.
#pragma once

#include "program/program.h"

#include <string>
#include <string_view>
#include <vector>

namespace ew {

// The name of parameters: "conv2d_1_params", "conv2d_1_params_2" for a c-node's second call. Equal ones are defined once, with the first call that has them.
std::string params_name(const Program& program, const Params& params);
bool defines_params(const Program& program, const CNode& node, const Call& call);

// A call or a declaration in lines of at most 140 columns: `start` with its opening bracket, the parts, `end` with the closing one.
std::string wrapped_call(const std::string& start, const std::vector<std::string>& parts, std::string_view end);

std::string call_statements(const Program& program, const CNode& node);

}  // namespace ew
