// The files that come with the executable: runtime libraries and sources, headers, firmware, the reference runner.
//
// One layout, found relative to the executable (/proc/self/exe), installed or in a build folder:
//   share/edgewright/AI/Inc/*.h                                            headers of the two client APIs and of the kernels
//   share/edgewright/AI/Lib/GCC/<core folder>/NetworkRuntime1020_*_GCC.a   the runtime, compiled for each core
//   share/edgewright/runtime/{include,kernels,core,arch}                   its sources, for generate --with-runtime and the host library
//   share/edgewright/firmware, share/edgewright/python                     validation firmware, reference runner
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

namespace ew {

// The folder or file `relative` below share/edgewright. Throws file_error with the remedy when it is not there.
std::filesystem::path resource(std::string_view relative);

// The same for things one can do without: empty when it is not there.
std::optional<std::filesystem::path> find_resource(std::string_view relative);

}  // namespace ew
