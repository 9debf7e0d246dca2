#include "targets/target.h"

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/text.h"

namespace ew {
namespace {

struct CoreFacts {
  Core core;
  std::string_view name, machine;
  bool dsp, mve, neon;
};

// QEMU 7.2 has no machine with a Cortex-R52; an M3 machine runs the ARMv6-M code of M0 and M0+. The R52 has SMLAD, too, but kernels made for
// it are not for this core: NEON multiplies eight int8 at a time.
constexpr std::array<CoreFacts, 8> core_facts{{
    {Core::m0, "cortex-m0", "mps2-an385", false, false, false},
    {Core::m0plus, "cortex-m0plus", "mps2-an385", false, false, false},
    {Core::m3, "cortex-m3", "mps2-an385", false, false, false},
    {Core::m4, "cortex-m4", "mps2-an386", true, false, false},
    {Core::m7, "cortex-m7", "mps2-an500", true, false, false},
    {Core::m33, "cortex-m33", "mps2-an505", true, false, false},
    {Core::m55, "cortex-m55", "mps3-an547", true, true, false},
    {Core::r52, "cortex-r52", "", false, false, true},
}};

const CoreFacts& facts(Core core) {
  return *std::ranges::find_if(core_facts, [&](const CoreFacts& row) { return row.core == core; });
}

// A library folder of src/targets/cores.def.
struct Library {
  std::string_view folder, suffix;
  Core core;
  std::string_view flags;
};

constexpr Library libraries[] = {
#define EDGEWRIGHT_CORE(folder, suffix, core, flags) {folder, suffix, Core::core, flags},
#include "targets/cores.def"
#undef EDGEWRIGHT_CORE
};

struct Series {
  std::string_view name, family, folder;
};

// The first of a family is what the family's own name means. stm32f1, stm32f2 and stm32l1 (Cortex-M3) are ours: the original has no library for them.
constexpr Series all_series[] = {
    {"stm32h7", "stm32", "STM32H7"},
    {"stm32f7", "stm32", "ARMCortexM7"},
    {"stm32f4", "stm32", "ARMCortexM4"},
    {"stm32g4", "stm32", "ARMCortexM4"},
    {"stm32f3", "stm32", "ARMCortexM4"},
    {"stm32wb", "stm32", "ARMCortexM4"},
    {"stm32l4", "stm32", "ARMCortexM4"},
    {"stm32l4p", "stm32", "ARMCortexM4"},
    {"stm32wl", "stm32", "STM32WL"},
    {"stm32l5", "stm32", "ARMCortexM33"},
    {"stm32u5", "stm32", "ARMCortexM33"},
    {"stm32h5", "stm32", "ARMCortexM33"},
    {"stm32u3", "stm32", "ARMCortexM33"},
    {"stm32wba", "stm32", "ARMCortexM33"},
    {"stm32n6", "stm32", "ARMCortexM55"},
    {"stm32f1", "stm32", "ARMCortexM3"},
    {"stm32f2", "stm32", "ARMCortexM3"},
    {"stm32l1", "stm32", "ARMCortexM3"},
    {"stm32l0", "stm32", "ARMCortexM0+"},
    {"stm32g0", "stm32", "ARMCortexM0+"},
    {"stm32c0", "stm32", "ARMCortexM0+"},
    {"stm32u0", "stm32", "ARMCortexM0+"},
    {"stm32f0", "stm32", "ARMCortexM0"},
    {"stellar-e", "stellar", "StellarE"},
    {"stellar-pg-r52", "stellar", "ARMCortexR52"},
    {"stellar-pg-m4", "stellar", "ARMCortexM4"},
};

struct Alias {
  std::string_view typed, name;
};

constexpr Alias aliases[] = {
    {"stm32", "stm32h7"}, {"stm32l4+", "stm32l4p"}, {"stm32l4r", "stm32l4p"}, {"stellar-pg", "stellar-pg-r52"},
};

struct Missing {
  std::string_view prefix, reason;
};

constexpr Missing missing[] = {
    {"ispu", "the sensor core needs the vendor's compiler and a runtime of its own"},
    {"mlc", "decision trees for a sensor's registers are no network in C"},
    {"stm32mp", "shared objects for the Cortex-A cores of a microprocessor are not generated yet"},
    {"stm32v8", "it came after version 2.2, and the Cortex-M85 needs GCC 13"},
};

std::vector<Target> make_targets() {
  std::vector<Target> result;
  for (const Series& series : all_series) {
    const auto& library = *std::ranges::find_if(libraries, [&](const Library& row) { return row.folder == series.folder; });
    const CoreFacts& core = facts(library.core);
    Target target;
    target.name = series.name;
    target.family = series.family;
    target.core = library.core;
    target.features = {.fpu = library.flags.find("-mfloat-abi=hard") != std::string_view::npos, .dsp = core.dsp, .mve = core.mve, .neon = core.neon};
    target.compiler = "arm-none-eabi-gcc";
    target.flags = split(library.flags, ' ');
    target.library_folder = library.folder;
    target.library_suffix = library.suffix;
    target.machine = core.machine;
    result.push_back(std::move(target));
  }
  return result;
}

std::string list_of_names() {
  std::vector<std::string> names;
  for (const Target& target : all_targets()) names.emplace_back(target.name);
  return join(names, ", ");
}

}  // namespace

std::string_view name(Core core) { return facts(core).name; }

std::span<const Target> all_targets() {
  static const std::vector<Target> targets = make_targets();
  return targets;
}

const Target& find_target(std::string_view typed) {
  std::string wanted = lower_case(typed);
  for (const Alias& alias : aliases)
    if (wanted == alias.typed) wanted = alias.name;
  for (const Target& target : all_targets())
    if (wanted == target.name) return target;
  for (const Missing& entry : missing)
    if (wanted.starts_with(entry.prefix)) throw not_implemented(fmt::format("the target '{}': {}", typed, entry.reason));
  throw cli_error(fmt::format("argument --target: unknown target '{}'; choose one of stm32 (= stm32h7), stellar-pg (= stellar-pg-r52), {}", typed,
                              list_of_names()));
}

}  // namespace ew
