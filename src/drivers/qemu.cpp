#include "drivers/qemu.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <optional>

#include "base/error.h"
#include "base/files.h"
#include "base/process.h"
#include "base/text.h"

namespace ew {
namespace fs = std::filesystem;
namespace {

using std::chrono::milliseconds;

constexpr milliseconds start_limit{20000};
constexpr std::string_view qemu = "qemu-system-arm";

// A listening socket of ours for the emulator to connect to, so that nothing waits for a file to appear.
class Listener {
 public:
  explicit Listener(const fs::path& path) : descriptor_(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.string().size() >= sizeof address.sun_path)
      throw file_error(fmt::format("the folder for temporary files has too long a name for a socket: '{}'; set TMPDIR to a shorter one",
                                   path.string()));
    std::strcpy(address.sun_path, path.c_str());
    const auto* generic = reinterpret_cast<const sockaddr*>(&address);
    if (descriptor_ < 0 || bind(descriptor_, generic, sizeof address) != 0 || listen(descriptor_, 1) != 0)
      throw file_error(fmt::format("cannot make the socket '{}': {}", path.string(), std::strerror(errno)));
  }
  ~Listener() { close(descriptor_); }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  // A connection, or -1 when none came in that time.
  int accept_for(milliseconds wait) {
    pollfd entry{descriptor_, POLLIN, 0};
    return poll(&entry, 1, static_cast<int>(wait.count())) > 0 ? accept4(descriptor_, nullptr, nullptr, SOCK_CLOEXEC) : -1;
  }

 private:
  int descriptor_;
};

class QemuLink : public Link {
 public:
  QemuLink(const std::string& machine, const fs::path& elf, const fs::path& folder) : name_("QEMU driver v1.0 - " + machine) {
    if (!find_program(qemu))
      throw tools_error("the emulator qemu-system-arm of the virtual board is not found; install the Debian package qemu-system-arm");
    const fs::path socket_path = socket_folder_.path() / "uart";
    Listener listener(socket_path);
    ProcessOptions options;
    options.folder = folder;
    std::vector<std::string> argv{std::string(qemu), "-M", machine, "-nographic", "-monitor", "none",
                                  "-chardev", "socket,id=uart,path=" + socket_path.string(), "-serial", "chardev:uart",
                                  "-semihosting-config", "enable=on,target=native", "-icount", "shift=7,sleep=off",
                                  "-kernel", fs::absolute(elf).string()};
    // Should we be killed without a chance to clean up, the emulator ends too.
    if (find_program("setpriv")) argv.insert(argv.begin(), {"setpriv", "--pdeathsig", "KILL"});
    child_.emplace(argv, options);
    child_->close_in();
    int descriptor = -1;
    for (auto waited = milliseconds(0); descriptor < 0 && waited < start_limit && !child_->status(); waited += milliseconds(100))
      descriptor = listener.accept_for(milliseconds(100));
    if (descriptor < 0) throw tools_error(fmt::format("{} -M {} did not start{}", qemu, machine, output()));
    link_ = link_on(descriptor, name_);
  }

  size_t read(std::span<uint8_t> bytes, milliseconds wait) override {
    return guarded([&] { return link_->read(bytes, wait); });
  }
  void write(std::span<const uint8_t> bytes) override {
    guarded([&] { link_->write(bytes); return size_t{0}; });
  }
  void flush() override { link_->flush(); }
  [[nodiscard]] std::string name() const override { return name_; }

 private:
  // The emulator's own words make the better error.
  template <class Action> size_t guarded(Action action) {
    try {
      return action();
    } catch (const Error&) {
      child_->kill();
      throw connection_error(fmt::format("the virtual board stopped ({}){}", name_, output()));
    }
  }

  // What it has printed so far.
  std::string output() {
    std::string text;
    for (int descriptor : {child_->out(), child_->err()}) {
      std::array<char, 4096> buffer;
      pollfd entry{descriptor, POLLIN, 0};
      while (text.size() < 65536 && poll(&entry, 1, 0) > 0) {
        const ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
        if (got <= 0) break;
        text.append(buffer.data(), static_cast<size_t>(got));
      }
    }
    return text.empty() ? "" : ":\n" + last_lines(text, 10);
  }

  std::string name_;
  TemporaryFolder socket_folder_;
  std::optional<ChildProcess> child_;
  std::unique_ptr<Link> link_;
};

}  // namespace

std::unique_ptr<Link> start_qemu(const std::string& machine, const fs::path& elf, const fs::path& folder) {
  return std::make_unique<QemuLink>(machine, elf, folder);
}

}  // namespace ew
