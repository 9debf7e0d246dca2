// The macros of <name>.h of the st-ai API, each line a #define that starts with `prefix` ("STAI_NETWORK_").
#pragma once

#include "program/program.h"

#include <string>
#include <string_view>
#include <vector>

namespace ew {

// Those of the inputs (word "IN") or outputs ("OUT").
std::string stai_port_macros(const Program& program, const std::string& prefix, std::string_view word, const std::vector<int>& ids, bool allocated);

// Those of the activations or weights.
std::string stai_segment_macros(const std::string& prefix, const std::vector<Segment>& segments, std::string_view flags);

}  // namespace ew
