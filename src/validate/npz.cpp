#include "base/error.h"
#include "validate/npy.h"

#include <zip.h>

#include <memory>

namespace ew {
namespace {

constexpr uint64_t max_entry_bytes = uint64_t{4} << 30;  // of one array, unpacked

struct ArchiveDiscard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
using Archive = std::unique_ptr<zip_t, ArchiveDiscard>;

struct EntryClose {
  void operator()(zip_file_t* entry) const { zip_fclose(entry); }
};

Archive open_archive(const std::filesystem::path& path, int flags) {
  int code = 0;
  Archive archive(zip_open(path.c_str(), flags, &code));
  if (archive) return archive;
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  const std::string why = zip_error_strerror(&error);
  zip_error_fini(&error);
  if (code == ZIP_ER_NOZIP || code == ZIP_ER_INCONS) throw load_error(fmt::format("'{}' is not an npz file: {}", path.string(), why));
  throw file_error(fmt::format("cannot open '{}': {}", path.string(), why));
}

std::vector<uint8_t> read_entry(zip_t* archive, const zip_stat_t& stat, const std::string& what) {
  if ((stat.valid & ZIP_STAT_SIZE) == 0 || stat.size > max_entry_bytes) {
    throw load_error(fmt::format("'{}' claims to be {} bytes; at most {} can be used", what, stat.size, max_entry_bytes));
  }
  const std::unique_ptr<zip_file_t, EntryClose> entry(zip_fopen_index(archive, stat.index, 0));
  if (!entry) throw load_error(fmt::format("'{}' cannot be read: {}", what, zip_strerror(archive)));
  std::vector<uint8_t> bytes;
  constexpr size_t step = size_t{1} << 22;  // a false size does not make us take memory for nothing
  while (bytes.size() < stat.size) {
    const size_t before = bytes.size();
    bytes.resize(before + std::min<size_t>(step, stat.size - before));
    const zip_int64_t got = zip_fread(entry.get(), bytes.data() + before, bytes.size() - before);
    if (got <= 0) throw load_error(fmt::format("'{}' is damaged or cut short", what));
    bytes.resize(before + static_cast<size_t>(got));
  }
  uint8_t behind = 0;                // only at the end of the entry libzip compares its checksum
  if (zip_fread(entry.get(), &behind, 1) != 0) throw load_error(fmt::format("'{}' is damaged: its checksum does not agree", what));
  return bytes;
}

}  // namespace

NamedArrays read_npz(const std::filesystem::path& path) {
  const Archive archive = open_archive(path, ZIP_RDONLY);
  NamedArrays arrays;
  const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
  for (zip_int64_t i = 0; i < count; ++i) {
    zip_stat_t stat;
    if (zip_stat_index(archive.get(), static_cast<zip_uint64_t>(i), 0, &stat) != 0 || (stat.valid & ZIP_STAT_NAME) == 0) {
      throw load_error(fmt::format("'{}': entry {} has no name", path.string(), i));
    }
    std::string name = stat.name;
    const std::string what = path.string() + ":" + name;
    if (name.ends_with(".npy")) name.resize(name.size() - 4);
    arrays.emplace_back(name, parse_npy(read_entry(archive.get(), stat, what), what));
  }
  if (arrays.empty()) throw load_error(fmt::format("'{}' holds no arrays", path.string()));
  return arrays;
}

void write_npz(const std::filesystem::path& path, std::span<const std::pair<std::string, const Tensor*>> arrays) {
  std::vector<std::vector<uint8_t>> files;  // must live until the archive is closed
  Archive archive = open_archive(path, ZIP_CREATE | ZIP_TRUNCATE);
  const auto fail = [&] { return file_error(fmt::format("cannot write '{}': {}", path.string(), zip_strerror(archive.get()))); };
  for (const auto& [name, tensor] : arrays) {
    const std::vector<uint8_t>& bytes = files.emplace_back(npy_bytes(*tensor));
    zip_source_t* source = zip_source_buffer(archive.get(), bytes.data(), bytes.size(), 0);
    if (source == nullptr) throw fail();
    const zip_int64_t index = zip_file_add(archive.get(), (name + ".npy").c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
      zip_source_free(source);
      throw fail();
    }
    const auto entry = static_cast<zip_uint64_t>(index);
    zip_set_file_compression(archive.get(), entry, ZIP_CM_STORE, 0);
    zip_file_set_dostime(archive.get(), entry, 0, 0x21, 0);  // 1 January 1980: the same data give the same file
  }
  if (zip_close(archive.get()) != 0) throw fail();
  static_cast<void>(archive.release());  // closed
}

}  // namespace ew
