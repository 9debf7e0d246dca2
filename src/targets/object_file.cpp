#include "targets/object_file.h"

#include "base/error.h"
#include "base/files.h"

#include <elf.h>

#include <charconv>
#include <cstring>

namespace ew {
namespace {

// Bounds-checked reading of plain structs.
class Reader {
 public:
  Reader(std::string_view bytes, const std::string& name) : bytes_(bytes), name_(name) {}

  [[noreturn]] void bad(std::string_view why) const {
    throw tools_error(fmt::format("{} is not an object file of this compiler ({}); install the toolchain again or build Edgewright again", name_, why));
  }

  template <class T> T at(uint64_t offset) const {
    if (offset > bytes_.size() || bytes_.size() - offset < sizeof(T)) bad("it is cut short");
    T value;
    std::memcpy(&value, bytes_.data() + offset, sizeof(T));
    return value;
  }

  std::string_view text(uint64_t offset, uint64_t length) const {
    if (offset > bytes_.size() || bytes_.size() - offset < length) bad("it is cut short");
    return bytes_.substr(offset, length);
  }

  std::string string_at(const Elf32_Shdr& table, uint32_t offset) const {
    const std::string_view all = text(table.sh_offset, table.sh_size);
    if (offset >= all.size()) bad("a name lies outside of its table");
    return std::string(all.substr(offset, all.find('\0', offset) - offset));
  }

 private:
  std::string_view bytes_;
  const std::string& name_;
};

SectionKind kind_of(const Elf32_Shdr& header) {
  if ((header.sh_flags & SHF_ALLOC) == 0) return SectionKind::none;
  if (header.sh_type == SHT_NOBITS) return SectionKind::bss;
  if ((header.sh_flags & SHF_EXECINSTR) != 0) return SectionKind::text;
  return (header.sh_flags & SHF_WRITE) != 0 ? SectionKind::data : SectionKind::rodata;
}

bool is_always_kept(const Elf32_Shdr& header) {
  return header.sh_type == SHT_INIT_ARRAY || header.sh_type == SHT_FINI_ARRAY || header.sh_type == SHT_PREINIT_ARRAY;
}

class ObjectReader {
 public:
  ObjectReader(std::string_view bytes, std::string name) : reader_(bytes, object_.name) { object_.name = std::move(name); }

  ObjectFile run() {
    read_headers();
    read_sections();
    for (const Elf32_Shdr& header : headers_) {
      if (header.sh_type == SHT_SYMTAB) read_symbols(header);
    }
    for (const Elf32_Shdr& header : headers_) {
      if (header.sh_type == SHT_REL) read_references(header, sizeof(Elf32_Rel));
      if (header.sh_type == SHT_RELA) read_references(header, sizeof(Elf32_Rela));
    }
    return std::move(object_);
  }

 private:
  void read_headers() {
    const auto file = reader_.at<Elf32_Ehdr>(0);
    if (std::memcmp(file.e_ident, ELFMAG, SELFMAG) != 0 || file.e_ident[EI_CLASS] != ELFCLASS32 || file.e_ident[EI_DATA] != ELFDATA2LSB)
      reader_.bad("no 32-bit little-endian ELF");
    if (file.e_machine != EM_ARM || file.e_type != ET_REL) reader_.bad("not for ARM, or linked already");
    for (uint32_t i = 0; i < file.e_shnum; ++i) headers_.push_back(reader_.at<Elf32_Shdr>(file.e_shoff + uint64_t{i} * sizeof(Elf32_Shdr)));
    if (file.e_shstrndx >= headers_.size()) reader_.bad("it has no section names");
    names_ = headers_[file.e_shstrndx];
  }

  void read_sections() {
    for (const Elf32_Shdr& header : headers_) {
      ObjectSection section;
      section.name = reader_.string_at(names_, header.sh_name);
      section.kind = kind_of(header);
      section.bytes = header.sh_size;
      section.always_kept = is_always_kept(header);
      if ((header.sh_flags & SHF_LINK_ORDER) != 0 && header.sh_link < headers_.size()) section.goes_with = static_cast<int>(header.sh_link);
      object_.sections.push_back(std::move(section));
    }
  }

  void read_symbols(const Elf32_Shdr& table) {
    if (table.sh_link >= headers_.size()) reader_.bad("it has no symbol names");
    const Elf32_Shdr& names = headers_[table.sh_link];
    for (uint32_t offset = 0; offset + sizeof(Elf32_Sym) <= table.sh_size; offset += sizeof(Elf32_Sym)) {
      const auto entry = reader_.at<Elf32_Sym>(uint64_t{table.sh_offset} + offset);
      ObjectSymbol symbol;
      symbol.name = reader_.string_at(names, entry.st_name);
      symbol.local = ELF32_ST_BIND(entry.st_info) == STB_LOCAL;
      symbol.weak = ELF32_ST_BIND(entry.st_info) == STB_WEAK;
      symbol.defined = entry.st_shndx != SHN_UNDEF;
      if (entry.st_shndx == SHN_COMMON) symbol.section = add_common(entry.st_size);
      else if (entry.st_shndx != SHN_UNDEF && entry.st_shndx < headers_.size()) symbol.section = entry.st_shndx;
      object_.symbols.push_back(std::move(symbol));
    }
  }

  int add_common(uint32_t bytes) {
    object_.sections.push_back({"COMMON", SectionKind::bss, bytes, -1, false, {}});
    return static_cast<int>(object_.sections.size()) - 1;
  }

  void read_references(const Elf32_Shdr& table, uint32_t entry_bytes) {
    if (table.sh_info >= headers_.size()) reader_.bad("relocations of no section");
    for (uint32_t offset = 0; offset + entry_bytes <= table.sh_size; offset += entry_bytes) {
      const uint32_t symbol = ELF32_R_SYM(reader_.at<Elf32_Rel>(uint64_t{table.sh_offset} + offset).r_info);
      if (symbol >= object_.symbols.size()) reader_.bad("a relocation names no symbol");
      object_.sections[table.sh_info].references.push_back(static_cast<int>(symbol));
    }
  }

  ObjectFile object_;
  Reader reader_;
  std::vector<Elf32_Shdr> headers_;
  Elf32_Shdr names_{};
};

constexpr std::string_view archive_magic = "!<arch>\n";
constexpr size_t member_header = 60, size_field = 48, size_length = 10;

uint64_t member_bytes(const Reader& reader, size_t offset) {
  const std::string_view field = reader.text(offset + size_field, size_length);
  uint64_t size = 0;
  if (std::from_chars(field.data(), field.data() + field.size(), size).ec != std::errc()) reader.bad("a member without a size");
  return size;
}

uint32_t big_endian(const Reader& reader, size_t offset) {
  uint32_t value = 0;
  for (const char c : reader.text(offset, 4)) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

}  // namespace

ObjectFile read_object(std::string_view bytes, std::string name) { return ObjectReader(bytes, std::move(name)).run(); }

// The first member, named "/", is the symbol table: a count, the members' offsets (all big endian), the names.
Archive::Archive(const std::filesystem::path& path) : name_(path.filename().string()), bytes_(read_text(path)) {
  const Reader reader(bytes_, name_);
  if (!bytes_.starts_with(archive_magic)) reader.bad("no archive");
  if (bytes_.size() == archive_magic.size()) return;
  if (!reader.text(archive_magic.size(), member_header).starts_with("/ ")) reader.bad("an archive without a symbol table");
  const size_t table = archive_magic.size() + member_header;
  const uint32_t count = big_endian(reader, table);
  const uint64_t end = table + member_bytes(reader, archive_magic.size());
  uint64_t name = table + 4 + uint64_t{count} * 4;
  if (end > bytes_.size()) reader.bad("it is cut short");
  for (uint32_t i = 0; i < count; ++i) {
    const size_t zero = bytes_.find('\0', name);
    if (zero == std::string::npos || zero >= end) reader.bad("its symbol table is cut short");
    members_.try_emplace(bytes_.substr(name, zero - name), big_endian(reader, table + 4 + size_t{i} * 4));
    name = zero + 1;
  }
}

std::optional<size_t> Archive::member_of(const std::string& symbol) const {
  const auto it = members_.find(symbol);
  if (it == members_.end()) return std::nullopt;
  return it->second;
}

ObjectFile Archive::member(size_t offset) const {
  const Reader reader(bytes_, name_);
  return read_object(reader.text(offset + member_header, member_bytes(reader, offset)), name_);
}

}  // namespace ew
