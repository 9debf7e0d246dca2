// Serial ports.
#pragma once

#include "drivers/link.h"

#include <string>
#include <vector>

namespace ew {

// Opens a serial port for us alone, 8-n-1, raw, without flow control, and waits until it is silent. Four tries. Throws connection_error naming
// the port and what stands in the way (not there, in use, no permission).
std::unique_ptr<Link> open_serial(const std::string& port, int baud);

// The ports a board could be on, those of ST-LINK probes first.
std::vector<std::string> serial_ports();

}  // namespace ew
