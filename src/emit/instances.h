// Kernels compiled again in network.c for the constants of one layer, or of several that have the same: docs/decisions/0016-instances.md.
#pragma once

#include "program/program.h"

#include <string>

namespace ew {

// The function that a call with an instance calls: "conv2d_1_kernel". Its parameters are those arguments that are no constants.
std::string instance_name(const Program& program, const Call& call);
bool is_instance_constant(const Arg& arg);

// The instances that this c-node, or step of a group, is the first to use.
std::string instance_definitions(const Program& program, const CNode& node);

// "\"bodies/nn_conv2d_dsp_s8.h\"": what stands after #include.
std::string instance_header(const Call& call);

}  // namespace ew
