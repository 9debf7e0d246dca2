// The text after -d: which board, over which link.
#pragma once

#include <string>
#include <string_view>

namespace ew {

struct BoardDesc {
  enum class Kind { serial, qemu };
  Kind kind = Kind::serial;
  std::string port;                              // serial: "/dev/ttyACM0"; empty: look for one
  int baud = 115200;
  std::string machine;                           // qemu: "mps2-an386"; empty: the one of the target's core
  bool over_link = false;                        // qemu: every sample goes over the serial line, none through files ("qemu:link")
};

// "serial[:PORT][:BAUD]", "qemu[:MACHINE][:link]", the domain in any case; "" and a bare number (a baud rate) are serial. Throws cli_error, and
// not_implemented on the links of the original that we do not have.
BoardDesc parse_desc(std::string_view text);

}  // namespace ew
