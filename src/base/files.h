// Files: reading whole ones with a size limit, and writing several so that either all of them appear or none.
#pragma once

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/interrupt.h"

namespace ew {

inline constexpr int64_t default_size_limit = int64_t{2} << 30;  // FlatBuffers end at 2 GiB

// The whole file. Throws file_error when the path does not exist, is no regular file, cannot be read or is longer than `limit` bytes.
std::vector<uint8_t> read_bytes(const std::filesystem::path& path, int64_t limit = default_size_limit);
std::string read_text(const std::filesystem::path& path, int64_t limit = default_size_limit);

// The absolute path without "." and ".." in it, as the reports print it. The file need not exist.
std::string full_path(const std::filesystem::path& path);

// Makes the folder and its parents. Throws file_error when that fails or when a folder in the path is a file.
void make_folder(const std::filesystem::path& folder);

// Files that appear together. Each is written to a temporary name in its own folder; commit() renames them all. Without a commit (an
// exception, Ctrl-C) the temporary files and the folders made for them are removed and files of the same names keep their old content.
class OutputFiles {
 public:
  OutputFiles();
  ~OutputFiles();
  OutputFiles(const OutputFiles&) = delete;
  OutputFiles& operator=(const OutputFiles&) = delete;

  // Writes `content` to a temporary name. Makes the folder. Throws file_error (not writable, disk full, the path is a folder).
  void add(const std::filesystem::path& path, std::string_view content);
  void add(const std::filesystem::path& path, std::span<const uint8_t> content);
  // The temporary name of `path`, for a writer that wants a path (a compiler, an archive). Writing it is the caller's part, before commit().
  std::filesystem::path reserve(const std::filesystem::path& path);
  // Renames everything added since the last commit. Throws file_error.
  void commit();

  // Everything added so far, committed or not, in order of adding, by its final name.
  [[nodiscard]] const std::vector<std::filesystem::path>& paths() const { return paths_; }

 private:
  struct Pending { std::filesystem::path temporary, path; };
  void roll_back() noexcept;
  void make_folder_of(const std::filesystem::path& path);
  std::mutex mutex_;
  std::vector<Pending> pending_;
  std::vector<std::filesystem::path> made_folders_;
  std::vector<std::filesystem::path> paths_;
  AtInterrupt at_interrupt_;
};

// A folder of our own below the system's folder for temporary files, removed with everything in it at the end (and on Ctrl-C).
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  AtInterrupt at_interrupt_;
};

}  // namespace ew
