// Which c-node stands for which operator of the user's model.
#pragma once

#include "program/program.h"
#include "report/original.h"

#include <string>
#include <vector>

namespace ew {

// For every row of the original model, the c-nodes (positions in Program::nodes) that are shown on it. Every c-node is on exactly one row,
// a layer or (for converters that no operator asked for) an input; constants and activations carry none.
std::vector<std::vector<int>> c_nodes_by_row(const OriginalModel& original, const Program& program);

// The operator a c-node is listed under: the m_id of its row.
std::vector<int> m_id_by_c_node(const OriginalModel& original, const Program& program);

int64_t rom_bytes(const CNode& node, const Program& program);    // of its weights and bias arrays, each rounded up to 4 and counted with its first user

std::string dtype_word(DType dtype);                              // "f32", "int8": in shapes
std::string shaped_text(const Type& type);                        // "int8(1x25x5x64)"

int64_t user_bytes(const Program& program, bool inputs);          // bytes of the inputs (outputs) that do not live in the activations

}  // namespace ew
