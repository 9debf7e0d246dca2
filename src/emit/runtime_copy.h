// The runtime's sources that a network needs, with build files: what `generate --with-runtime` adds to the output folder.
#pragma once

#include "emit/emit.h"

#include <filesystem>

namespace ew {

// `runtime`: the folder with include/, kernels/ and core/. Returns runtime/include/* (the client's headers, and those of include/arch that
// are needed), runtime/src/* (the sources this network calls, in the runtime's own folders), <name>_library.mk and .cmake (which list them),
// Makefile and CMakeLists.txt, equal for all networks: they build lib<name>.a of network and runtime for every network of the folder.
// Throws file_error when a source cannot be read, internal_error when none defines a function that the network calls.
std::vector<GeneratedFile> copy_runtime(const Program& program, CApi c_api, const std::filesystem::path& runtime);

// Functions (nn_..., at the start of a line or as the first argument of a macro there) that a C source defines; for copy_runtime and its test.
std::vector<std::string> defined_functions(std::string_view source);

}  // namespace ew
