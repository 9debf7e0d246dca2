// The tensors of the c-nodes as the legacy API's observer shows them.
#pragma once

#include "program/program.h"

#include <string>

namespace ew {

// Definitions up to `static const ai_observer_node <name>_nodes[]`, behind `#ifndef NN_NO_OBSERVER`.
std::string observer_tables(const Program& program);

// {"network_intq_0", definition} pieces for a quantised tensor; the flag of its zero points' type.
std::string intq_definition(const Type& type, const std::string& name);

}  // namespace ew
