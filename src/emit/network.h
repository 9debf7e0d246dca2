// The part of <name>.c that both client APIs share: tables, parameters, one function per c-node, the run over all of them.
#pragma once

#include "program/program.h"

#include <string>

namespace ew {

// #include lines of the kernels' headers.
std::string kernel_includes(const Program& program);

// Whether the body needs <math.h>: a table or parameter is infinite or not a number.
bool needs_math(const Program& program);

// Definitions: `static void <name>_run_nodes(const nn_buffers *net, const nn_listener *listener)` and all it needs.
std::string network_body(const Program& program);

// The function of one c-node, with its comment and parameters.
std::string node_function(const Program& program, const CNode& node);

}  // namespace ew
