#include "drivers/link.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/error.h"

namespace ew {
namespace {

constexpr std::chrono::milliseconds write_limit{5000};

class DescriptorLink : public Link {
 public:
  DescriptorLink(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {
    fcntl(descriptor_, F_SETFL, fcntl(descriptor_, F_GETFL) | O_NONBLOCK);
    fcntl(descriptor_, F_SETFD, FD_CLOEXEC);
  }
  ~DescriptorLink() override { close(descriptor_); }
  DescriptorLink(const DescriptorLink&) = delete;
  DescriptorLink& operator=(const DescriptorLink&) = delete;

  size_t read(std::span<uint8_t> bytes, std::chrono::milliseconds wait) override {
    if (!ready(POLLIN, wait)) return 0;
    const ssize_t got = ::read(descriptor_, bytes.data(), bytes.size());
    if (got > 0) return static_cast<size_t>(got);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return 0;
    throw connection_error(fmt::format("the board is gone: {} ({})", name_, got == 0 ? "end of the link" : std::strerror(errno)));
  }

  void write(std::span<const uint8_t> bytes) override {
    while (!bytes.empty()) {
      if (!ready(POLLOUT, write_limit)) throw connection_error(fmt::format("the board does not take any data: {}", name_));
      const ssize_t put = ::write(descriptor_, bytes.data(), bytes.size());
      if (put > 0) bytes = bytes.subspan(static_cast<size_t>(put));
      else if (errno != EAGAIN && errno != EINTR)
        throw connection_error(fmt::format("the board is gone: {} ({})", name_, std::strerror(errno)));
    }
  }

  void flush() override {
    tcflush(descriptor_, TCIOFLUSH);  // fails on a socket, which is fine
    std::array<uint8_t, 4096> dropped;
    for (int i = 0; i < 1000 && ready(POLLIN, std::chrono::milliseconds(0)); i++)
      if (::read(descriptor_, dropped.data(), dropped.size()) <= 0) return;
  }

  [[nodiscard]] std::string name() const override { return name_; }

 private:
  bool ready(short event, std::chrono::milliseconds wait) const {
    pollfd entry{descriptor_, event, 0};
    return poll(&entry, 1, static_cast<int>(wait.count())) > 0;
  }

  int descriptor_;
  std::string name_;
};

}  // namespace

std::unique_ptr<Link> link_on(int descriptor, std::string name) { return std::make_unique<DescriptorLink>(descriptor, std::move(name)); }

}  // namespace ew
