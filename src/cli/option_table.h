// The one table of options: parser, --help and docs/cli.md derive from it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "commands/options.h"

namespace ew {

enum class Section { model, code, validation, output, device, sensors };
enum class Arity { none, one, repeated, optional, many };  // values after the flag. repeated: one, and the flag may be given again; many: one or more
enum class State { works, not_implemented, no_effect };

// Bits of OptionRow::commands.
inline constexpr unsigned on_analyze = 1u << static_cast<int>(Command::analyze);
inline constexpr unsigned on_generate = 1u << static_cast<int>(Command::generate);
inline constexpr unsigned on_validate = 1u << static_cast<int>(Command::validate);
inline constexpr unsigned on_supported_ops = 1u << static_cast<int>(Command::supported_ops);

// Bits of OptionRow::families: targets that take the same options. stm32n6 is `stm32` without and `neural_art` with --st-neural-art.
namespace family {
inline constexpr unsigned stm32 = 1, stellar = 2, neural_art = 4, ispu = 8, mlc = 16, stm32mp = 32;
}

using Values = std::span<const std::string>;

struct OptionRow {
  std::string_view flag;                               // "--model"
  std::string_view other;                              // further spellings, blanks between them: "-m"
  std::string_view argument;                           // "FILE", "host|target"; with '|' the only values allowed
  Arity arity;
  Section section;
  unsigned commands, families;
  State state;
  std::string_view help;                               // one or two sentences
  void (*set)(Options&, Values) = nullptr;             // takes over the values; null for what is not in Options. Throws cli_error
  std::string_view reason = "";                        // why it is not implemented
  std::string_view harmless = "";                      // the value that asks for what happens anyway, allowed though not implemented
};

std::span<const OptionRow> option_table();

// "-m/--model", as messages call it.
std::string title(const OptionRow& row);

// The values of `argument` when it lists them; empty when any value goes.
std::vector<std::string> choices(const OptionRow& row);

// The family of a target as typed, also of one that is not implemented; 0 when unknown.
unsigned family_of(std::string_view target);

}  // namespace ew
