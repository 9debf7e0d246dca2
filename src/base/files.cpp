#include "base/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "base/error.h"

namespace ew {
namespace fs = std::filesystem;
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { close(number_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

std::string reason() { return std::strerror(errno); }

template <typename Bytes>
Bytes read_whole(const fs::path& path, int64_t limit) {
  // O_NONBLOCK: a pipe must be refused, not waited for.
  const int number = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (number < 0) throw file_error(fmt::format("cannot open '{}': {}; check the path and its permissions", path.string(), reason()));
  const Descriptor file(number);
  struct stat facts {};
  if (fstat(number, &facts) != 0) throw file_error(fmt::format("cannot read '{}': {}", path.string(), reason()));
  if (!S_ISREG(facts.st_mode)) throw file_error(fmt::format("'{}' is no regular file", path.string()));
  if (facts.st_size > limit)
    throw file_error(fmt::format("'{}' is too large: {} bytes, at most {} are read", path.string(), facts.st_size, limit));
  Bytes content(static_cast<size_t>(facts.st_size), {});
  size_t done = 0;
  while (done < content.size()) {
    const ssize_t count = read(number, content.data() + done, content.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw file_error(fmt::format("cannot read '{}': {}", path.string(), reason()));
    if (count == 0) break;  // it became shorter while we read
    done += static_cast<size_t>(count);
  }
  content.resize(done);
  return content;
}

void write_whole(const fs::path& temporary, const fs::path& path, std::span<const uint8_t> content) {
  const auto fail = [&] { return file_error(fmt::format("cannot write '{}': {}", path.string(), reason())); };
  const int number = open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (number < 0) throw fail();
  const Descriptor file(number);
  size_t done = 0;
  while (done < content.size()) {
    const ssize_t count = write(number, content.data() + done, content.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw fail();
    done += static_cast<size_t>(count);
  }
}

fs::path temporary_name(const fs::path& path) {
  return path.parent_path() / fmt::format(".{}.{}.tmp", path.filename().string(), getpid());
}

}  // namespace

std::vector<uint8_t> read_bytes(const fs::path& path, int64_t limit) { return read_whole<std::vector<uint8_t>>(path, limit); }
std::string read_text(const fs::path& path, int64_t limit) { return read_whole<std::string>(path, limit); }

std::string full_path(const fs::path& path) {
  auto result = fs::absolute(path).lexically_normal();
  if (!result.has_filename() && result.has_parent_path() && result != result.root_path()) result = result.parent_path();  // "folder/" -> "folder"
  return result.string();
}

void make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw file_error(fmt::format("cannot make the folder '{}': {}", folder.string(), error.message()));
  if (!fs::is_directory(folder, error)) throw file_error(fmt::format("'{}' is no folder", folder.string()));
}

OutputFiles::OutputFiles() : at_interrupt_([this] {
  const std::scoped_lock lock(mutex_);
  roll_back();
}) {}

OutputFiles::~OutputFiles() {
  const std::scoped_lock lock(mutex_);
  roll_back();
}

void OutputFiles::add(const fs::path& path, std::string_view content) {
  add(path, std::span(reinterpret_cast<const uint8_t*>(content.data()), content.size()));
}

void OutputFiles::add(const fs::path& path, std::span<const uint8_t> content) { write_whole(reserve(path), path, content); }

fs::path OutputFiles::reserve(const fs::path& path) {
  const std::scoped_lock lock(mutex_);
  std::error_code ignored;
  const fs::path whole = full_path(path);
  if (fs::is_directory(whole, ignored)) throw file_error(fmt::format("cannot write '{}': it is a folder", path.string()));
  make_folder_of(whole);
  for (const auto& pending : pending_)
    if (pending.path == whole) return pending.temporary;
  pending_.push_back({temporary_name(whole), whole});
  paths_.push_back(whole);
  return pending_.back().temporary;
}

void OutputFiles::make_folder_of(const fs::path& path) {
  std::vector<fs::path> missing;
  std::error_code ignored;
  for (auto folder = path.parent_path(); !folder.empty() && !fs::exists(folder, ignored); folder = folder.parent_path())
    missing.push_back(folder);
  made_folders_.insert(made_folders_.end(), missing.rbegin(), missing.rend());  // outermost first
  make_folder(path.parent_path());
}

void OutputFiles::commit() {
  const std::scoped_lock lock(mutex_);
  while (!pending_.empty()) {
    const auto& [temporary, path] = pending_.front();
    std::error_code error;
    fs::rename(temporary, path, error);
    if (error) throw file_error(fmt::format("cannot write '{}': {}", path.string(), error.message()));
    pending_.erase(pending_.begin());
  }
  made_folders_.clear();
}

void OutputFiles::roll_back() noexcept {
  std::error_code ignored;
  for (const auto& pending : pending_) fs::remove(pending.temporary, ignored);
  for (auto folder = made_folders_.rbegin(); folder != made_folders_.rend(); ++folder) fs::remove(*folder, ignored);  // only empty ones go
  pending_.clear();
  made_folders_.clear();
}

namespace {

fs::path make_temporary_folder() {
  std::error_code error;
  auto parent = fs::temp_directory_path(error);
  if (error) parent = "/tmp";
  std::string name = (parent / "edgewright-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw file_error(fmt::format("cannot make a folder in '{}': {}", parent.string(), reason()));
  return name;
}

}  // namespace

TemporaryFolder::TemporaryFolder() : path_(make_temporary_folder()), at_interrupt_([this] {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}) {}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace ew
