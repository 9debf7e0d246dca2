// The host's side of the validation protocol: asks a board who it is and has it run networks.
#pragma once

#include "drivers/link.h"
#include "drivers/runner.h"

#include <filesystem>
#include <memory>

namespace ew {

// How long a board may be silent before it is given up. The defaults are those of the published client but for the tensors of a node,
// where it allows 0.1 s only; an emulator on a busy machine needs more everywhere.
struct ProtocolLimits {
  std::chrono::milliseconds sync{2000};          // SYNC, SYS_INFO
  std::chrono::milliseconds info{5000};          // NETWORK_INFO
  std::chrono::milliseconds request{3000};       // the answer to NETWORK_RUN
  std::chrono::milliseconds input{10000};        // the answer to each input
  std::chrono::milliseconds run{50000};          // each node, the whole, each output
  std::chrono::milliseconds tensor{5000};        // each tensor of a node
};

// A file on the host's side of a virtual board: all samples travel by files in this folder instead of the link (firmware/run.c).
using BulkFolder = std::filesystem::path;

class ProtocolRunner : public Runner {
 public:
  // Says SYNC, SYS_INFO and NETWORK_INFO for the network `model` (the first of the board when empty). Throws connection_error E801,
  // E803 (a wrong message), E805 (a network that is not there or not initialised).
  ProtocolRunner(std::unique_ptr<Link> link, const ProtocolLimits& limits, std::string model = "", BulkFolder bulk = {});
  ~ProtocolRunner() override;

  const ModelDescription& info() override;
  RunResult run(const std::vector<Tensor>& inputs, const RunOptions& options) override;

  // MEMORY_CHECKSUM, MEMORY_READ and MEMORY_WRITE.
  uint32_t checksum(uint32_t address, uint32_t bytes);
  std::vector<uint8_t> read_memory(uint32_t address, uint32_t bytes);
  void write_memory(uint32_t address, std::span<const uint8_t> bytes);

  // The self-test of the link: the board sends `bytes` back (TEST 50).
  std::vector<uint8_t> echo(std::span<const uint8_t> bytes);

 private:
  struct Session;
  std::unique_ptr<Session> session_;
  ModelDescription description_;
  BulkFolder bulk_;
};

// The 16-bit checksum of BSD's sum(1).
uint16_t bsd_checksum(std::span<const uint8_t> bytes);

}  // namespace ew
