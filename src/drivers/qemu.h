// A virtual board: QEMU with a firmware, the serial port of which is a link.
#pragma once

#include "drivers/link.h"

#include <filesystem>
#include <string>

namespace ew {

// Starts the firmware in `folder`, where its semihosting files lie. The emulator ends with the link. Throws tools_error when QEMU is missing or
// does not start. Under the link's name the errors of the firmware's machine are told ("FAULT ...").
std::unique_ptr<Link> start_qemu(const std::string& machine, const std::filesystem::path& elf, const std::filesystem::path& folder);

}  // namespace ew
