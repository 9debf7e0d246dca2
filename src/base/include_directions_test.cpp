// Left folders of src/ never include right ones (docs/design.md, section 2).
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <string>
#include <vector>

namespace ew {
namespace {

// Folders that stand beside one another have the same number.
const std::map<std::string, int> position{{"base", 0},      {"ir", 1},     {"targets", 1},  {"formats", 1},  {"program", 2}, {"ops", 3},
                                          {"import", 4},    {"passes", 4}, {"lower", 4},    {"plan", 5},     {"emit", 6},    {"report", 7},
                                          {"drivers", 8},   {"reference", 8}, {"validate", 9}, {"commands", 10}, {"cli", 11}};
// Stated in design.md: formats uses the types of ir, passes may read ops, and so on; within one position only these may be used.
const std::map<std::string, std::vector<std::string>> beside{{"formats", {"ir"}}};

bool allowed(const std::string& from, const std::string& to) {
  if (from == to || position.at(to) < position.at(from)) return true;
  const auto it = beside.find(from);
  return it != beside.end() && std::ranges::find(it->second, to) != it->second.end();
}

TEST(IncludeDirections, NoFolderLooksToTheRight) {
  const std::filesystem::path source = std::filesystem::path(EDGEWRIGHT_SOURCE_DIR) / "src";
  const std::regex include(R"re(^\s*#include "([a-z_]+)/)re");
  int includes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(source)) {
    const std::string extension = entry.path().extension().string();
    if (extension != ".h" && extension != ".cpp") continue;
    const std::string file = entry.path().filename().string();
    if (file.ends_with("_test.cpp") || file == "main.cpp") continue;
    const std::string folder = entry.path().lexically_relative(source).begin()->string();
    ASSERT_TRUE(position.contains(folder)) << "a folder that design.md does not know: " << folder;
    std::ifstream in(entry.path());
    for (std::string line; std::getline(in, line);) {
      std::smatch match;
      if (!std::regex_search(line, match, include) || !position.contains(match[1])) continue;
      ++includes;
      EXPECT_TRUE(allowed(folder, match[1])) << entry.path() << " includes " << match[1] << "/, which stands right of it";
    }
  }
  EXPECT_GT(includes, 200);          // a test that found nothing would be blind
}

}  // namespace
}  // namespace ew
