// The parts of <name>_c_info.json that tell where every tensor lives.
#pragma once

#include "program/program.h"

#include <nlohmann/json.hpp>

namespace ew {

struct CInfoMemory {
  nlohmann::json buffers = nlohmann::json::array();
  nlohmann::json pools = nlohmann::json::array();
};

// One buffer for each c-array (same ids); one pool for the activations, one for the weights and one for each input and output of the user.
CInfoMemory c_info_memory(const Program& program);

// Names of a tensor's dimensions. Activations: BATCH H W CH, or with `batch` false without the first; parameters: CH H W CH_IN.
nlohmann::json shape_map(const Type& type, bool parameter, bool batch);

}  // namespace ew
