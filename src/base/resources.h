// The files that come with the executable: runtime libraries and sources, headers, firmware, the reference runner.
//
// One layout, found relative to the executable (/proc/self/exe), installed or in a build folder:
//   share/edgewright/AI/Inc/*.h                                            headers of the two client APIs and of the kernels
//   share/edgewright/AI/Lib/GCC/<core folder>/NetworkRuntime1020_*_GCC.a   the runtime, compiled for each core
//   share/edgewright/runtime/{include,kernels,core,arch}                   its sources, for generate --with-runtime and the host library
//   (each archive holds the stamp of the sources it was made from, cmake/runtime_stamp.cmake)
//   share/edgewright/firmware, share/edgewright/python                     validation firmware, reference runner
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace ew {

// The folder or file `relative` below share/edgewright. Throws file_error with the remedy when it is not there.
std::filesystem::path resource(std::string_view relative);

// The same for things one can do without: empty when it is not there.
std::optional<std::filesystem::path> find_resource(std::string_view relative);

// The name of a core's archive of the runtime below share/edgewright: folder "ARMCortexM4" and suffix "CM4", or both "Host".
std::string runtime_library(std::string_view folder, std::string_view suffix);

// That archive; empty when it is not there. Throws file_error when it was built from other sources than the executable: their kernels and
// parameters may differ in ways that no linker notices.
std::optional<std::filesystem::path> find_runtime_library(std::string_view folder, std::string_view suffix);

// What the archives of this build hold (generated).
extern const std::string_view runtime_stamp;

}  // namespace ew
