#include "host_board.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "board.h"
#include "server.h"

namespace {

// One board at a time.
struct Host {
  int descriptor = -1;
  uint64_t ticks = 0;
  board_facts facts{};
  std::vector<uint8_t> memory;
  std::filesystem::path bulk;
  std::FILE* in = nullptr;
  std::FILE* out = nullptr;
} host;

const char* const virtual_config[] = {"s:config:virtual_board:host", "s:config:counter:instructions", nullptr};

}  // namespace

extern "C" {

int board_read_byte(void) {
  pollfd entry{host.descriptor, POLLIN, 0};
  if (poll(&entry, 1, 1) <= 0) return BOARD_NO_BYTE;
  uint8_t byte = 0;
  return read(host.descriptor, &byte, 1) == 1 ? static_cast<int>(byte) : static_cast<int>(BOARD_CLOSED);
}

void board_write(const uint8_t* data, size_t bytes) {
  while (bytes > 0) {
    const ssize_t put = send(host.descriptor, data, bytes, MSG_NOSIGNAL);
    if (put <= 0) return;
    data += put;
    bytes -= static_cast<size_t>(put);
  }
}

uint32_t board_milliseconds(void) {
  return static_cast<uint32_t>(std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count());
}

// Every reading is 100 later than the last: an empty stretch counts 100, which the server must subtract.
uint64_t board_ticks(void) { return host.ticks += 100; }
uint64_t board_count(uint64_t ticks) { return ticks; }
double board_duration(uint64_t count) { return static_cast<double>(count) / 1000.0; }
void board_stack_paint(void) {}
uint32_t board_stack_lowest(void) { return 1000; }
uint32_t board_stack_now(void) { return 1480; }
const board_facts* board_describe(void) { return &host.facts; }

uint8_t* board_memory(uint32_t address, uint32_t bytes, bool) {
  const uint32_t offset = address - ew::HostBoard::memory_address;
  return address >= ew::HostBoard::memory_address && offset <= host.memory.size() && bytes <= host.memory.size() - offset ? host.memory.data() + offset : nullptr;
}

bool board_bulk_open(void) {
  if (host.bulk.empty()) return false;
  host.in = std::fopen((host.bulk / "bulk_inputs.bin").c_str(), "rb");
  host.out = std::fopen((host.bulk / "bulk_answers.bin").c_str(), "wb");
  return host.in != nullptr && host.out != nullptr;
}
bool board_bulk_read(void* data, size_t bytes) { return std::fread(data, 1, bytes, host.in) == bytes; }
bool board_bulk_write(const void* data, size_t bytes) { return std::fwrite(data, 1, bytes, host.out) == bytes; }
bool board_bulk_close(void) {
  std::fclose(host.in);
  return std::fclose(host.out) == 0;
}

}  // extern "C"

namespace ew {

HostBoard::HostBoard(const Options& options) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) std::abort();
  host = Host{};
  host.descriptor = ends[0];
  port_ = ends[1];
  host.memory.resize(5000);
  host.bulk = options.bulk;
  host.facts.device_id = 0x450;
  host.facts.core_clock = 480000000;
  host.facts.bus_clock = 240000000;
  host.facts.cache = 3u << 24 | 1u << 16 | 1u << 10 | 1u << 11 | 4;
  host.facts.large_payload = options.large_payload;
  if (options.instructions) {
    host.facts.counter_type = 1;
    host.facts.config = virtual_config;
  }
  thread_ = std::thread(serve);
}

HostBoard::~HostBoard() {
  shutdown(host.descriptor, SHUT_RDWR);
  thread_.join();
  close(host.descriptor);
  if (port_ >= 0) close(port_);
}

int HostBoard::take_port() { return std::exchange(port_, -1); }

std::vector<uint8_t>& HostBoard::memory() { return host.memory; }

}  // namespace ew
