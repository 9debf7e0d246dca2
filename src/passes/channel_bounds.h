// What every channel of a network can hold.
#pragma once

#include "ops/channels.h"

namespace ew {

// Bounds of the channels of every int8 value, whatever the inputs are: those hold the whole range of their type, constants themselves.
std::unordered_map<const Value*, Bounds> channel_bounds(const Graph& graph);

}  // namespace ew
