// A planned program run over bytes that know what they are, for tests: written apart from what plans.
#pragma once

#include "program/program.h"

#include <string>

namespace ew {

// Runs all calls in the order of the generated C. Every byte of the activations holds the name of the value it has (array and place in it, as if
// that array were whole in memory): empty when every byte that is read is the one that should be there, else what is wrong.
std::string replay(const Program& program);

}  // namespace ew
