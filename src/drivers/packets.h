// Messages cut into packets, the host's side: a packet has two bytes of header and a fixed payload (protocol of 2.2).
#pragma once

#include "base/error.h"
#include "drivers/link.h"

#include <string>
#include <string_view>

namespace ew {

// A board that sends what the protocol does not allow here: E803.
Error invalid_message(std::string text);

class Packets {
 public:
  explicit Packets(Link& link) : link_(link) {}

  // Bytes of a packet, both ways, header not counted. 32 until both sides have agreed on another.
  void set_payload(size_t payload) { payload_ = payload; }

  // Sends the message behind its size. The board answers each packet but the last with one byte, awaited for up to `sync_limit`;
  // without it the rest is silently dropped, as the published client does.
  void send(std::string_view message);

  // The next message of the board. Throws connection_error "read timeout" when nothing comes for `limit`, and E803 when it is longer
  // than `message_limit` or a packet is impossible.
  std::string receive(std::chrono::milliseconds limit);

  Link& link() { return link_; }

  static constexpr size_t default_payload = 32;
  static constexpr size_t message_limit = size_t{256} << 20;
  static constexpr std::chrono::milliseconds sync_limit{5000};

 private:
  void read_all(std::span<uint8_t> bytes, std::chrono::milliseconds limit);

  Link& link_;
  size_t payload_ = default_payload;
};

}  // namespace ew
