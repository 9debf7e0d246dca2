// Which layer of the generated network stands for which operator of the user's model.
#pragma once

#include "program/program.h"
#include "report/original.h"

#include <string>
#include <vector>

namespace ew {

// A layer as the tables list it: a c-node, or one step of a streamed group.
struct CLayer {
  const CNode* node = nullptr;
  int c_id = 0;                                  // of the c-node that it is, or belongs to: position in Program::nodes
  bool streamed = false;                         // a step
};
std::vector<CLayer> c_layers(const Program& program);             // in order of execution

// For every row of the original model, the layers that are shown on it. Every layer is on exactly one row, that of an operator or (for
// converters that no operator asked for) of an input; constants and activations carry none.
std::vector<std::vector<CLayer>> c_layers_by_row(const OriginalModel& original, const Program& program);

// The operator that a layer is listed under: the m_id of its row. In the order of c_layers().
std::vector<int> m_id_by_c_layer(const OriginalModel& original, const Program& program);

// Of the layer's weights and bias arrays, each rounded up to 4 and counted with its first user; of a group the sum over its steps.
int64_t rom_bytes(const CNode& node, const Program& program);

std::string dtype_word(DType dtype);                              // "f32", "int8": in shapes
std::string shaped_text(const Type& type);                        // "int8(1x25x5x64)"

int64_t user_bytes(const Program& program, bool inputs);          // bytes of the inputs (outputs) that do not live in the activations

}  // namespace ew
