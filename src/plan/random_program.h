// Random networks (passes/random_network.h) as planned programs, for tests.
#pragma once

#include "lower/lower.h"
#include "passes/passes.h"
#include "passes/random_network.h"
#include "plan/plan.h"

#include <optional>

namespace ew {

// None: a depthwise layer that makes several channels of one, which the importer would have written in another way.
inline std::optional<Program> random_program(uint32_t seed, std::string_view target_name, Objective objective, const LowerOptions& options = {}) {
  const Target& target = find_target(target_name);
  Graph graph = RandomNetwork(seed, 20).make();
  optimise(graph);
  if (!can_lower(graph, target)) return std::nullopt;
  Program program = lower(graph, target, {}, options);
  plan(program, objective);
  return program;
}

}  // namespace ew
