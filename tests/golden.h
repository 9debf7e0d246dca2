// Golden files: texts kept in tests/golden that a test compares with, byte for byte.
// EDGEWRIGHT_UPDATE_GOLDEN=1 unit_tests writes them anew; read the difference before committing it.
#pragma once

#include "base/files.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace ew {

inline std::filesystem::path golden_path(const std::string& name) { return std::filesystem::path(EDGEWRIGHT_SOURCE_DIR) / "tests" / "golden" / name; }

// `name` is relative to tests/golden: "report/dense_analyze.txt".
inline void expect_golden(const std::string& name, const std::string& text) {
  const std::filesystem::path path = golden_path(name);
  if (std::getenv("EDGEWRIGHT_UPDATE_GOLDEN") != nullptr) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  ASSERT_TRUE(std::filesystem::exists(path)) << path << " is missing; EDGEWRIGHT_UPDATE_GOLDEN=1 writes it";
  EXPECT_EQ(text, read_text(path)) << "differs from tests/golden/" << name << "; EDGEWRIGHT_UPDATE_GOLDEN=1 writes it anew, git diff shows what changed";
}

}  // namespace ew
