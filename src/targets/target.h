// Series of chips -> core, compiler flags, library names, virtual board.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ew {

enum class Core { m0, m0plus, m3, m4, m7, m33, m55, r52 };

std::string_view name(Core core);                // "cortex-m4"

// Instruction sets and units that kernels and costs depend on.
struct Features {
  bool fpu = false;                              // single precision in hardware
  bool dsp = false;                              // SMLAD and friends are worth kernels of their own
  bool mve = false;                              // Helium
  bool neon = false;
};

struct Target {
  std::string_view name;                         // as typed after --target: "stm32h7"
  std::string_view family;                       // "stm32", "stellar"
  Core core = Core::m7;
  Features features;
  std::string_view compiler;                     // "arm-none-eabi-gcc"
  std::vector<std::string> flags;                // -mthumb -mcpu=... -mfpu=... -mfloat-abi=...
  std::string_view library_folder;               // "ARMCortexM4" below AI/Lib/GCC/
  std::string_view library_suffix;               // "CM4": NetworkRuntime1020_CM4_GCC.a
  std::string_view machine;                      // QEMU machine of the core; empty: none
};

// The target typed by the user ("stm32" means "stm32h7", in any case of letters). Throws cli_error on an unknown one and not_implemented on one
// the specification names but that is not built yet, with the reason.
const Target& find_target(std::string_view typed);
std::span<const Target> all_targets();

}  // namespace ew
