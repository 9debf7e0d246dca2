// What is fuzzed: a file goes through import, verify, the passes and verify again. Any bytes must give a network or an error of the
// categories "load" or "not implemented".
#pragma once

#include "base/error.h"
#include "import/import.h"
#include "ops/op.h"
#include "passes/passes.h"

#include <cstdint>
#include <string>
#include <vector>

namespace fuzz {

// Empty when the file was taken; otherwise the message. Errors of other categories (a broken promise of ours) are thrown on.
inline std::string import_anything(std::vector<uint8_t> bytes) {
  try {
    ew::ImportedModel model = ew::import_tflite(std::move(bytes), "fuzzed");
    ew::verify(model.graph);
    ew::optimise(model.graph);
    ew::verify(model.graph);
    return "";
  } catch (const ew::Error& error) {
    if (error.category() == ew::Category::load || error.category() == ew::Category::not_implemented) return error.text();
    throw;
  }
}

}  // namespace fuzz
