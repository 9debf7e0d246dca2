# cmake -DSOURCE_FOLDER=... -DRULES=... -DC_OUTPUT=... -DCPP_OUTPUT=... -P runtime_stamp.cmake
# Writes the stamp of the runtime, a hash over its sources and the rules that compile them (files below SOURCE_FOLDER), as a C file for the runtime's archives and as a C++
# file for the executable, which refuses archives that do not hold its own stamp (src/base/resources.h). Equal files are left alone.
file(GLOB_RECURSE sources RELATIVE ${SOURCE_FOLDER} ${SOURCE_FOLDER}/runtime/*.c ${SOURCE_FOLDER}/runtime/*.h)
set(text "")
foreach(source ${sources} ${RULES})
  file(MD5 ${SOURCE_FOLDER}/${source} hash)
  string(APPEND text "${hash} ${source}\n")
endforeach()
string(MD5 stamp "${text}")
file(CONFIGURE OUTPUT ${C_OUTPUT} @ONLY CONTENT [[
/* Made by cmake/runtime_stamp.cmake. */
extern const char nn_runtime_stamp[];
const char nn_runtime_stamp[] = "nn_runtime @stamp@";
]])
file(CONFIGURE OUTPUT ${CPP_OUTPUT} @ONLY CONTENT [[
// Made by cmake/runtime_stamp.cmake.
#include "base/resources.h"

namespace ew {

const std::string_view runtime_stamp = "nn_runtime @stamp@";

}  // namespace ew
]])
