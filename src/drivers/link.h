// Bytes to and from a board.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace ew {

class Link {
 public:
  virtual ~Link() = default;

  // Reads what is there, at most bytes.size(); waits up to `wait` for the first byte. 0: nothing came. Throws connection_error when the
  // other side is gone.
  virtual size_t read(std::span<uint8_t> bytes, std::chrono::milliseconds wait) = 0;

  // Writes all of it. Throws connection_error when the other side is gone or takes nothing for 5 s.
  virtual void write(std::span<const uint8_t> bytes) = 0;

  // Drops what waits in either direction.
  virtual void flush() = 0;

  // "Serial driver v1.0 - /dev/ttyACM0:115200"
  [[nodiscard]] virtual std::string name() const = 0;
};

// A link over a file descriptor that can be polled (socket, terminal); owns it. `name` as above.
std::unique_ptr<Link> link_on(int descriptor, std::string name);

}  // namespace ew
