// What a linker with --gc-sections keeps: the sections that can be reached from the entry points, followed through the symbols.
#pragma once

#include "targets/object_file.h"

#include <span>

namespace ew {

struct LinkedModule {
  std::string module;                            // name of the object file or of the archive
  SectionSizes sizes;                            // of its sections that are kept
};

struct LinkClosure {
  std::vector<LinkedModule> modules;             // the objects, then the archives, in the order given
  std::vector<std::string> undefined;            // symbols that nothing defines
};

// `archives` are searched in their order, as often as needed. A weak reference fetches nothing from an archive.
LinkClosure close_links(std::span<const ObjectFile> objects, std::span<const Archive> archives, std::span<const std::string> entry_points);

}  // namespace ew
