// What is fuzzed behind the import: a network goes through the passes, and is lowered, planned and replayed for cores of three classes. Whatever
// its layers, every byte that the generated C would read must be the right one.
#pragma once

#include "import_target.h"
#include "lower/lower.h"
#include "plan/plan.h"
#include "plan/replay.h"

#include <stdexcept>

namespace fuzz {

// Bytes whose replay takes some milliseconds.
constexpr int64_t most_elements = 1 << 16;

inline bool is_small(const ew::Graph& graph) {
  int64_t sum = 0;
  for (const ew::Node* node : graph.nodes())
    for (const auto* list : {&node->in, &node->out})
      for (const ew::Value* value : *list)
        if (value != nullptr) sum += ew::elements(value->type.shape);
  return sum <= most_elements;
}

inline void plan_for(const ew::Graph& graph, std::string_view name, ew::Objective objective) {
  const ew::Target& target = ew::find_target(name);
  if (!ew::can_lower(graph, target)) return;
  ew::Program program = ew::lower(graph, target, {}, {});
  ew::plan(program, objective);
  if (const std::string wrong = ew::replay(program); !wrong.empty()) throw std::logic_error(wrong);
}

// True when the network was planned for at least one core. Errors of categories other than "load" and "not implemented" are thrown on, and so is
// what the replay finds.
inline bool plan_anything(std::vector<uint8_t> bytes) {
  try {
    ew::ImportedModel model = ew::import_tflite(std::move(bytes), "fuzzed");
    ew::optimise(model.graph);
    if (!is_small(model.graph)) return false;
    for (const char* target : {"stm32f4", "stm32f0", "stm32n6"})
      for (const ew::Objective objective : {ew::Objective::balanced, ew::Objective::ram}) plan_for(model.graph, target, objective);
    return ew::can_lower(model.graph, ew::find_target("stm32f4"));
  } catch (const ew::Error& error) {
    if (error.category() == ew::Category::load || error.category() == ew::Category::not_implemented) return false;
    throw;
  }
}

}  // namespace fuzz
