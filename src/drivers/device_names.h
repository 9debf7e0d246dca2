// What the numbers that a board sends about itself mean.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ew {

// "stm32 family - 0x450 - STM32H743/53/50xx and STM32H745/55/47/57xx @480/240MHz"; clocks in Hz.
std::string device_text(uint32_t device_id, int64_t core_clock, int64_t bus_clock);

// "fpu", "art_lat=4", "core_icache", ... from the `cache` word of the protocol's sysinfoMsg.
std::vector<std::string> device_attributes(uint32_t cache);

}  // namespace ew
