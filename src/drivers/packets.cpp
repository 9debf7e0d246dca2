#include "drivers/packets.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>


namespace ew {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr size_t header = 2;
constexpr milliseconds read_wait{100};

std::string with_size(std::string_view message) {
  std::string bytes;
  size_t size = message.size();
  for (; size >= 0x80; size >>= 7) bytes.push_back(static_cast<char>((size & 0x7F) | 0x80));
  bytes.push_back(static_cast<char>(size));
  return bytes.append(message);
}

}  // namespace

Error invalid_message(std::string text) { return {Category::load, 803, "InvalidMsgError", std::move(text)}; }

void Packets::send(std::string_view message) {
  const std::string bytes = with_size(message);
  std::vector<uint8_t> packet(header + payload_);
  for (size_t done = 0; done < bytes.size();) {
    const size_t piece = std::min(payload_, bytes.size() - done);
    std::ranges::fill(packet, uint8_t{0});
    packet[0] = static_cast<uint8_t>(piece >> 8);
    packet[1] = static_cast<uint8_t>(piece);
    std::memcpy(packet.data() + header, bytes.data() + done, piece);
    link_.write(packet);
    done += piece;
    if (done == bytes.size()) return;
    std::array<uint8_t, 1> more{};
    if (link_.read(more, sync_limit) == 0) return;
  }
}

// The limit is of silence, and tested only after a read that returned nothing.
void Packets::read_all(std::span<uint8_t> bytes, milliseconds limit) {
  auto begin = Clock::now();
  for (size_t done = 0; done < bytes.size();) {
    const size_t got = link_.read(bytes.subspan(done), read_wait);
    done += got;
    const auto silent = std::chrono::duration_cast<milliseconds>(Clock::now() - begin);
    if (got == 0 && silent >= limit)
      throw connection_error(fmt::format("read timeout {}ms/{}ms ({})", silent.count(), limit.count(), link_.name()));
    if (got > 0) begin = Clock::now();
  }
}

std::string Packets::receive(milliseconds limit) {
  std::string message;
  std::vector<uint8_t> packet(header + payload_);
  for (;;) {
    read_all(packet, limit);
    const bool last = (packet[0] & 0x80) != 0;
    const size_t useful = last ? static_cast<size_t>((packet[0] & 0x7F) << 8 | packet[1]) : payload_;
    if (useful > payload_)
      throw invalid_message(fmt::format("a packet of {} bytes claims to hold {} ({})", payload_, useful, link_.name()));
    message.append(reinterpret_cast<const char*>(packet.data()) + header, useful);
    if (last) return message;
    if (message.size() > message_limit)
      throw invalid_message(fmt::format("a message of more than {} MB ({})", message_limit >> 20, link_.name()));
  }
}

}  // namespace ew
