#include "drivers/board.h"

#include "base/error.h"
#include "base/files.h"
#include "drivers/desc.h"
#include "drivers/firmware_build.h"
#include "drivers/protocol_client.h"
#include "drivers/qemu.h"
#include "drivers/serial.h"

namespace ew {
namespace {

constexpr std::string_view other_way = "use -d serial:PORT, or -d qemu for a virtual board";

std::unique_ptr<Runner> on_port(const std::string& port, int baud, const std::string& c_name) {
  return std::make_unique<ProtocolRunner>(open_serial(port, baud), ProtocolLimits{}, c_name);
}

std::unique_ptr<Runner> on_any_port(int baud, const std::string& c_name) {
  const std::vector<std::string> ports = serial_ports();
  if (ports.empty()) throw connection_error(fmt::format("No SERIAL COM port detected (Board is not connected!); {}", other_way));
  std::string why;
  for (const std::string& port : ports) {
    try {
      return on_port(port, baud, c_name);
    } catch (const Error& error) {
      why = error.message();
    }
  }
  throw connection_error(fmt::format("Invalid firmware - {}:{} ({}); {}", ports.back(), baud, why, other_way));
}

std::unique_ptr<Runner> on_qemu(const BoardRequest& request, const BoardDesc& desc) {
  using std::chrono::milliseconds;
  // The emulator starts while we wait, and its speed is that of a busy machine: an inference may take minutes.
  static constexpr milliseconds soon(30000), inference(1800000);
  static constexpr ProtocolLimits limits{soon, soon, soon, soon, inference, soon};
  FirmwareRequest firmware_request{request.target, desc.machine, request.network_folder(), request.c_name, request.workspace, request.alignment};
  const Firmware firmware = build_firmware(firmware_request);
  return std::make_unique<ProtocolRunner>(start_qemu(firmware.machine, firmware.elf, request.workspace), limits, request.c_name,
                                          desc.over_link ? BulkFolder() : BulkFolder(request.workspace));
}

}  // namespace

std::unique_ptr<Runner> connect_board(const BoardRequest& request) {
  const BoardDesc desc = parse_desc(request.desc);
  if (desc.kind == BoardDesc::Kind::qemu) return on_qemu(request, desc);
  if (desc.port.empty()) return on_any_port(desc.baud, request.c_name);
  return on_port(desc.port, desc.baud, request.c_name);
}

}  // namespace ew
