// The firmware on the host, for tests: the same C files, with a socket for a serial port and the network of tests/hand.
#pragma once

#include <cstdint>
#include <filesystem>
#include <thread>
#include <vector>

namespace ew {

class HostBoard {
 public:
  struct Options {
    uint32_t large_payload = 0;                  // com_param
    bool instructions = false;                   // say that the counters count instructions, and where the bulk files are
    std::filesystem::path bulk = {};             // folder of the bulk files; empty: there is no such way
  };
  HostBoard() : HostBoard(Options()) {}
  explicit HostBoard(const Options& options);
  ~HostBoard();                                  // closes the link and waits for the firmware to end
  HostBoard(const HostBoard&) = delete;
  HostBoard& operator=(const HostBoard&) = delete;

  // The host's end of the port; the caller owns it from then on.
  int take_port();

  // What MEMORY_READ and MEMORY_WRITE see from address 0x20000000 on.
  static constexpr uint32_t memory_address = 0x20000000;
  std::vector<uint8_t>& memory();

 private:
  int port_ = -1;
  std::thread thread_;
};

}  // namespace ew
