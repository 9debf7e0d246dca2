// The cross compiler: how large the code of a network is on its core.
//
// network.c and <name>_data.c are compiled; which sections of the runtime library and of the compiler's libraries (libgcc, libm, libc)
// a firmware's linker would keep is then followed through the object files themselves (targets/link_closure.h), without linking.
#pragma once

#include "targets/section_sizes.h"
#include "targets/target.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace ew {

struct ModuleSizes {
  std::string module;                            // "NetworkRuntime1020_CM4_GCC.a", "network.o", "lib (toolchain)*"
  SectionSizes sizes;
};

// What the report's "Requested memory size by section" shows above its sums.
struct RuntimeSizes {
  std::vector<ModuleSizes> modules;              // the toolchain's objects last
  SectionSizes toolchain;                        // those of the last one again
  std::string compiler;                          // "arm-none-eabi-gcc (15:12.2.rel1-1) 12.2.1 20221205"
  std::string missing;                           // not empty: why there are no sizes, and the remedy
  [[nodiscard]] SectionSizes total() const;
};

// Sizes of a generated network on `target`. `sources`: see code_files(); `folder`: where the generated files lie; `entry_points`: functions a firmware calls. A missing compiler or library is no error: see `missing`.
// Throws tools_error when the compiler refuses a source, file_error when the library is of another build.
RuntimeSizes measure_runtime(const Target& target, const std::filesystem::path& folder, const std::vector<std::string>& sources,
                             const std::vector<std::string>& entry_points);

// The functions a minimal firmware calls: those of the canonical sequences of the two client APIs ("legacy", "st-ai").
std::vector<std::string> entry_points(std::string_view c_api, std::string_view c_name);

// The generated C files that hold code, in the order of the report. st-ai: <name>_data.c is the weights alone, which have a line of their own.
std::vector<std::string> code_files(std::string_view c_api, std::string_view c_name);

// Flags for the C files of a network, beside those of the core: optimised for size like the rest of a firmware (the kernels of the library
// are built with -O3).
std::vector<std::string> network_flags();

}  // namespace ew
