// The validation firmware of a virtual board, made from a generated network, the runtime and firmware/.
#pragma once

#include "targets/target.h"

#include <filesystem>
#include <string>

namespace ew {

struct FirmwareRequest {
  const Target* target = nullptr;
  std::string machine;                           // of firmware/machines.json; empty: the smallest of the target's core that it fits
  std::filesystem::path network_folder;          // what `generate --c-api st-ai` wrote
  std::string c_name = "network";
  std::filesystem::path workspace;               // objects and the ELF file go there; made when missing
  int64_t alignment = 32;                        // of the memory the network is given, bytes: at least what it asks for
};

struct Firmware {
  std::filesystem::path elf;
  std::string machine;
};

// Throws cli_error for a machine that is unknown or cannot run the target's code, not_implemented for a core without a machine, tools_error when
// the compiler is missing (with the package's name), refuses a file, or when the network is too large for the board, file_error when the
// runtime's library is of another build.
Firmware build_firmware(const FirmwareRequest& request);

}  // namespace ew
