// A Program as C: the files of the two client APIs. The only folder that prints C.
#pragma once

#include "program/program.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ew {

struct EmitOptions {
  CApi c_api = CApi::legacy;
  bool binary = false;                           // weights in <name>_data.bin, not in the C
  std::string datetime;                          // for the banners and `model_datetime`; empty: Program::datetime
};

struct GeneratedFile {
  std::string name;                              // without folder, or below the output folder: "runtime/include/nn_types.h"
  std::string text;                              // the bytes; binary for <name>_data.bin
};

// The generated files in the order of the reports. legacy: 7, st-ai: 5; one more with `binary`.
// Deterministic: the same program and options give the same bytes. Throws internal_error when the program is not well formed
// (names that are no C identifiers, arrays outside their segment, functions that no header of the runtime declares).
std::vector<GeneratedFile> emit(const Program& program, const EmitOptions& options = {});

// 64 bits that identify the network: model, c-nodes, weights.
uint64_t network_signature(const Program& program);

// The bytes of one segment of the weights.
std::vector<uint8_t> segment_bytes(const Program& program, const Segment& segment);

}  // namespace ew
