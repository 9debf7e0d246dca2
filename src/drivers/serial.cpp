#include "drivers/serial.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <thread>
#include <utility>

#include "base/error.h"

namespace ew {
namespace fs = std::filesystem;
namespace {

using std::chrono::milliseconds;

constexpr int tries = 4;
constexpr milliseconds between_tries{200}, silence{100}, settle{400};

speed_t speed(int baud) {
  static constexpr std::pair<int, speed_t> rows[] = {
      {9600, B9600},       {19200, B19200},     {38400, B38400},     {57600, B57600},     {115200, B115200},   {230400, B230400},
      {460800, B460800},   {500000, B500000},   {576000, B576000},   {921600, B921600},   {1000000, B1000000}, {1152000, B1152000},
      {1500000, B1500000}, {2000000, B2000000}, {2500000, B2500000}, {3000000, B3000000}, {3500000, B3500000}, {4000000, B4000000}};
  for (const auto& [rate, constant] : rows)
    if (rate == baud) return constant;
  throw cli_error(fmt::format("-d: {} baud is no rate of a serial port (9600 to 4000000; 115200 and 921600 are usual)", baud));
}

// The descriptor, or -1 with errno.
int try_open(const std::string& port, speed_t rate) {
  const int descriptor = open(port.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (descriptor < 0) return -1;
  termios settings{};
  if (tcgetattr(descriptor, &settings) == 0 && ioctl(descriptor, TIOCEXCL) == 0) {
    cfmakeraw(&settings);
    settings.c_cflag |= CLOCAL | CREAD;
    settings.c_cflag &= ~static_cast<tcflag_t>(CRTSCTS | CSTOPB);
    settings.c_cc[VMIN] = 0;
    settings.c_cc[VTIME] = 0;
    cfsetispeed(&settings, rate);
    cfsetospeed(&settings, rate);
    if (tcsetattr(descriptor, TCSANOW, &settings) == 0) return descriptor;
  }
  const int error = errno;
  close(descriptor);
  errno = error;
  return -1;
}

std::string_view remedy(int error) {
  switch (error) {
    case EACCES: return "add the user to the group dialout";
    case EBUSY: return "another program uses it: close that";
    case ENOENT: return "connect the board, or name its port with -d serial:PORT";
    default: return "is it a serial port?";
  }
}

bool is_stlink(const fs::path& port) {
  std::error_code ignored;
  const fs::path device = fs::canonical("/sys/class/tty" / port.filename() / "device", ignored);
  for (fs::path folder = device; !ignored && folder.has_relative_path(); folder = folder.parent_path()) {
    std::ifstream file(folder / "idVendor");
    std::string vendor;
    if (file >> vendor) return vendor == "0483";
  }
  return false;
}

}  // namespace

std::unique_ptr<Link> open_serial(const std::string& port, int baud) {
  const speed_t rate = speed(baud);
  int descriptor = -1;
  for (int i = 0; i < tries && descriptor < 0; i++) {
    if (i > 0) std::this_thread::sleep_for(between_tries);
    descriptor = try_open(port, rate);
    if (descriptor < 0 && errno != EBUSY && errno != EAGAIN) break;
  }
  if (descriptor < 0) {
    const int error = errno;
    throw connection_error(fmt::format("the serial port {} cannot be opened: {}; {}", port, std::strerror(error), remedy(error)));
  }
  auto link = link_on(descriptor, fmt::format("Serial driver v1.0 - {}:{}", port, baud));
  link->flush();
  std::array<uint8_t, 10> dropped;
  for (int i = 0; i < 1000 && link->read(dropped, silence) > 0; i++) {
  }
  std::this_thread::sleep_for(settle);
  return link;
}

std::vector<std::string> serial_ports() {
  std::vector<std::string> ports;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator("/dev", ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("ttyACM") || name.starts_with("ttyUSB")) ports.push_back(entry.path().string());
  }
  std::ranges::sort(ports);
  std::stable_partition(ports.begin(), ports.end(), [](const std::string& port) { return is_stlink(port); });
  return ports;
}

}  // namespace ew
