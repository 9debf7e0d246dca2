// The imported network as the reports show it: taken right after import, before the passes change the graph.
#pragma once

#include "ir/graph.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace ew {

// One row of the IR table.
struct OriginalRow {
  enum class Kind { input, constant, layer, activation };
  Kind kind = Kind::layer;
  int m_id = 0;                                  // index of the operator in the user's model; inputs and constants: that of their first user
  std::string name;                              // the user's; an activation that the operator carries out is unfused: "<name>_nl"
  std::string type;                              // the layer's word: "Conv2D"; "Input", "Placeholder", "Nonlinearity"
  std::string original;                          // the framework's word: "CONV_2D"
  std::string oshape;                            // "[b:1,h:30,w:10,c:8]"
  int64_t items = 0, bytes = 0;                  // of a constant; bytes rounded up to 4, as in the weights
  int64_t macc = 0;
  std::vector<std::string> connected;            // names of the rows it reads, constants left out
};

struct OriginalModel {
  std::vector<OriginalRow> rows;                 // in blocks of one m_id
  int64_t params = 0;                            // items of all constants
  int64_t param_bytes = 0;
  int64_t macc = 0;
};

// `operators[m_id]` is the framework's name of operator m_id; where the list is too short, the first name the operator is imported from.
OriginalModel describe_original(const Graph& graph, std::span<const std::string> operators = {});

// "[b:1,h:49,w:10,c:8]": names count from the channels backwards; "[c:8]" for a vector, "[]" for a scalar.
std::string oshape_text(const Shape& shape);

}  // namespace ew
