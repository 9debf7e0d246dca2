#include "base/resources.h"

#include "base/error.h"

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

}  // namespace ew
