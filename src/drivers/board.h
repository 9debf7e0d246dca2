// From the text after -d to something that runs the network.
#pragma once

#include "drivers/runner.h"
#include "targets/target.h"

#include <filesystem>
#include <functional>
#include <string>

namespace ew {

struct BoardRequest {
  std::string desc;                              // "", "serial:/dev/ttyACM0:921600", "qemu", ...
  const Target* target = nullptr;
  std::string c_name = "network";
  std::filesystem::path workspace;               // for what a virtual board needs; made when missing

  // Called for a virtual board only, before its firmware is built: the folder of the network's C with the st-ai API, which it may have to
  // generate first.
  std::function<std::filesystem::path()> network_folder;
  int64_t alignment = 32;                        // see FirmwareRequest
};

// Connects to the board and asks for its network. A virtual board is built and started first. Throws what the parts throw; when no serial port
// answers, the error names `-d qemu`.
std::unique_ptr<Runner> connect_board(const BoardRequest& request);

}  // namespace ew
