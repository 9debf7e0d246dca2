// Object files of 32-bit ARM (ELF, little endian) and archives of them, as far as the sizes of a linked program need them.
// Format: System V ABI (ELF), "ELF for the Arm Architecture"; archives: the GNU form of ar.
#pragma once

#include "targets/section_sizes.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ew {

enum class SectionKind { none, text, rodata, data, bss };  // none: not loaded (debug information, tables of the linker)

struct ObjectSection {
  std::string name;
  SectionKind kind = SectionKind::none;
  int64_t bytes = 0;
  int goes_with = -1;                            // kept when this section is (unwind tables)
  bool always_kept = false;                      // constructors and the like
  std::vector<int> references;                   // symbols it names (indices)
};

struct ObjectSymbol {
  std::string name;
  int section = -1;                              // -1: defined elsewhere, or absolute
  bool defined = false, local = false, weak = false;
};

struct ObjectFile {
  std::string name;
  std::vector<ObjectSection> sections;
  std::vector<ObjectSymbol> symbols;
};

// Throws tools_error (with `name`) when the bytes are no such object file.
ObjectFile read_object(std::string_view bytes, std::string name);

// The members of an archive are read when they are asked for.
class Archive {
 public:
  explicit Archive(const std::filesystem::path& path);   // throws file_error, tools_error
  [[nodiscard]] const std::string& name() const { return name_; }
  // The member that defines a symbol: its offset in the archive; none: no member does.
  [[nodiscard]] std::optional<size_t> member_of(const std::string& symbol) const;
  [[nodiscard]] ObjectFile member(size_t offset) const;

 private:
  std::string name_, bytes_;
  std::unordered_map<std::string, size_t> members_;
};

}  // namespace ew
