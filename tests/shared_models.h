// Real models for tests: the folder of the environment variable EDGEWRIGHT_MODELS, else shared/models beside the source tree.
// They are never part of the repository; a test without its model is skipped.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string_view>

namespace ew {

// The file, which need not exist. `relative` as in the catalogue: "tflite/mlcommons+tiny/kws_ref_model.tflite".
inline std::filesystem::path shared_model(std::string_view relative) {
  const char* folder = std::getenv("EDGEWRIGHT_MODELS");
  return (folder != nullptr ? std::filesystem::path(folder) : std::filesystem::path(EDGEWRIGHT_SOURCE_DIR) / ".." / "shared" / "models") / relative;
}

}  // namespace ew
