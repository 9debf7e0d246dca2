// Model files become graphs: walks the file and asks the operators' import rows (ops/op.h).
#pragma once

#include "ir/graph.h"
#include "program/program.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ew {

struct ImportedModel {
  Graph graph;
  ModelInfo info;
};

// Of a TFLite file. Quantised uint8 becomes int8 (the same bits but the highest, zero point - 128) with a conversion at the graph's inputs
// and outputs; constant integer weights of operators on floats (dynamic range, hybrid) become float32; an unknown batch is 1.
// Throws load_error for a broken file, not_implemented for what we do not have; both name the operator or tensor.
ImportedModel import_tflite(const std::string& path);
ImportedModel import_tflite(std::vector<uint8_t> bytes, const std::string& name);

}  // namespace ew
