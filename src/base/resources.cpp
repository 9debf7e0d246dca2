#include "base/resources.h"

#include "base/error.h"
#include "base/files.h"

namespace ew {

namespace fs = std::filesystem;

namespace {

// bin/stedgeai has share/ beside bin/; build/release/stedgeai has it beside itself; a test program lies a folder or two deeper.
constexpr int levels_up = 4;

std::optional<fs::path> share_folder() {
  std::error_code ignored;
  fs::path folder = fs::read_symlink("/proc/self/exe", ignored).parent_path();
  for (int level = 0; level < levels_up && !folder.empty(); ++level, folder = folder.parent_path()) {
    const fs::path share = folder / "share" / "edgewright";
    if (fs::is_directory(share, ignored)) return share;
  }
  return std::nullopt;
}

}  // namespace

std::optional<fs::path> find_resource(std::string_view relative) {
  static const std::optional<fs::path> share = share_folder();
  if (!share) return std::nullopt;
  std::error_code ignored;
  fs::path path = *share / relative;
  if (!fs::exists(path, ignored)) return std::nullopt;
  return path;
}

fs::path resource(std::string_view relative) {
  if (std::optional<fs::path> path = find_resource(relative)) return *path;
  throw file_error(fmt::format("share/edgewright/{}, which comes with the program, was not found beside the executable; install or build it again",
                               relative));
}

std::string runtime_library(std::string_view folder, std::string_view suffix) {
  return fmt::format("AI/Lib/GCC/{}/NetworkRuntime1020_{}_GCC.a", folder, suffix);
}

std::optional<fs::path> find_runtime_library(std::string_view folder, std::string_view suffix) {
  std::optional<fs::path> path = find_resource(runtime_library(folder, suffix));
  if (path && read_text(*path).find(runtime_stamp) == std::string::npos)
    throw file_error(fmt::format("'{}' was built from other sources of the runtime than this executable; build both again (cmake --build) or "
                                 "install both again", path->string()));
  return path;
}

}  // namespace ew
