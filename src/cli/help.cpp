#include "cli/help.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/process.h"
#include "base/text.h"
#include "base/version.h"
#include "cli/option_table.h"
#include "reference/reference.h"

namespace ew {
namespace {

constexpr size_t line_width = 110;
constexpr size_t help_column = 34;

struct SectionTitle {
  Section section;
  std::string_view text;
};

constexpr SectionTitle sections[] = {
    {Section::model, "Model and folders"},    {Section::code, "Generated C"}, {Section::validation, "Validation"},
    {Section::output, "Reports and messages"}, {Section::device, "STM32"},     {Section::sensors, "Sensors and microprocessors"},
};

constexpr Command all_commands[] = {Command::analyze, Command::generate, Command::validate, Command::supported_ops};

// "DIR", "host|target", "[0|1|2|3]", "FILE [FILE ...]"
std::string argument_text(const OptionRow& row) {
  switch (row.arity) {
    case Arity::none: return "";
    case Arity::one:
    case Arity::repeated: return std::string(row.argument);
    case Arity::optional: return fmt::format("[{}]", row.argument);
    case Arity::many: return fmt::format("{0} [{0} ...]", row.argument);
  }
  return "";
}

// "-m, --model"
std::string spellings(const OptionRow& row) {
  std::string result;
  for (const auto& other : split(row.other, ' '))
    if (!other.empty()) result += other + ", ";
  return result + std::string(row.flag);
}

std::string state_text(const OptionRow& row) {
  switch (row.state) {
    case State::works: return "";
    case State::no_effect: return "no effect";
    case State::not_implemented:
      return row.harmless.empty() ? fmt::format("not implemented: {}", row.reason)
                                  : fmt::format("only {} is implemented: {}", row.harmless, row.reason);
  }
  return "";
}

std::string commands_text(const OptionRow& row) {
  std::vector<std::string> names;
  for (const Command command : all_commands)
    if ((row.commands & (1u << static_cast<int>(command))) != 0) names.emplace_back(name(command));
  return names.size() == std::size(all_commands) ? "all" : join(names, ", ");
}

std::string families_text(const OptionRow& row) {
  struct Word { unsigned bit; std::string_view text; };
  constexpr Word words[] = {{family::stm32, "stm32"}, {family::stellar, "stellar"}, {family::neural_art, "stm32n6 with NPU"},
                            {family::ispu, "ispu"},   {family::mlc, "mlc"},         {family::stm32mp, "stm32mp"}};
  std::vector<std::string> names;
  for (const Word& word : words)
    if ((row.families & word.bit) != 0) names.emplace_back(word.text);
  return names.size() == std::size(words) ? "all" : join(names, ", ");
}

unsigned families_for_help(std::string_view target) {
  if (target.empty()) return ~0u;
  const unsigned family = family_of(target);
  if (family == 0) find_target(target);  // throws with the list of targets
  return lower_case(target) == "stm32n6" ? family | family::neural_art : family;
}

std::string help_line(const OptionRow& row) {
  auto head = fmt::format("  {} {}", spellings(row), argument_text(row));
  while (head.ends_with(' ')) head.pop_back();
  auto text = std::string(row.help);
  if (const auto state = state_text(row); !state.empty()) text += fmt::format(" ({})", state);
  const std::string indent(help_column, ' ');
  const auto gap = head.size() + 2 > help_column ? "\n" + indent : std::string(help_column - head.size(), ' ');
  return head + gap + wrap(text, line_width - help_column, indent) + "\n";
}

std::string usage(unsigned families) {
  constexpr char unbroken = '\x1f';  // a blank at which no line ends
  std::string text = "stedgeai analyze|generate|validate|supported-ops";
  for (const OptionRow& row : option_table()) {
    if ((row.families & families) == 0) continue;
    const auto argument = row.arity == Arity::none ? "" : " " + argument_text(row);
    const bool required = row.flag == "--model" || row.flag == "--target";
    auto part = required ? fmt::format("{}{}", row.flag, argument) : fmt::format("[{}{}]", row.flag, argument);
    std::ranges::replace(part, ' ', unbroken);
    text += ' ' + part;
  }
  text = "usage: " + wrap(text, line_width - 9, "         ") + "\n";
  std::ranges::replace(text, unbroken, ' ');
  return text;
}

// What a program prints when asked for its version, as one line; empty when it is not there or fails.
std::string answer(const std::vector<std::string>& argv) {
  if (!find_program(argv[0])) return "";
  ProcessOptions options;
  options.timeout = std::chrono::seconds(20);
  const auto result = run_process(argv, options);
  return result.ok() ? trim(result.out.substr(0, result.out.find('\n'))) : "";
}

std::string tool_line(std::string_view title, const std::string& version) {
  return fmt::format("- {} version : {}\n", title, version.empty() ? "not found" : version);
}

// A '|' would end the cell of a Markdown table.
std::string cell(std::string_view text) {
  std::string result;
  for (const char c : text) result += c == '|' ? "\\|" : c == '<' ? "&lt;" : std::string(1, c);
  return result;
}

constexpr std::string_view markdown_head = R"(# The command line

Written by the tool from its table of options (`src/cli/option_table.cpp`); not edited by hand.

    stedgeai analyze|generate|validate|supported-ops --model FILE --target STR [options]

Options may stand before and after the command word, a long option may be cut as long as it stays unique, and the value may follow after a blank or `=`.
An option of another command is accepted and has no effect. The exit status is 0 on success and 255 for every error.
)";

constexpr std::string_view markdown_errors = R"(
## Errors

One line on standard error: category, code, kind, what is wrong and the remedy.

| text | when |
|---|---|
| `E102(CliArgumentError)` | the command line does not make sense |
| `LOAD ERROR: E201(ModelLoadError)` | a model or data file is not what it claims to be |
| `LOAD ERROR: E202(FileError)` | a path cannot be opened, read, made or written, or holds a part of another build of the tool |
| `LOAD ERROR: E801(HwIOError)` | a board does not answer, or wrongly |
| `NOT IMPLEMENTED: E301(NotImplementedError)` | asked for something that is not there yet |
| `TOOLS ERROR: E401(ToolsError)` | a compiler, emulator or interpreter is missing or failed |
| `INTERNAL ERROR: E501(InternalError)` | a mistake in this tool |
| `INTERRUPT: E901(KeyboardInterrupt)` | Ctrl-C or SIGTERM; nothing is left half-written |
)";

}  // namespace

std::string help_text(std::string_view target) {
  const unsigned families = families_for_help(target);
  std::string text = usage(families) + fmt::format("\n{}\n", banner);
  if (!target.empty()) text += fmt::format("Options of the target '{}'\n", target);
  for (const auto& [section, title] : sections) {
    std::string lines;
    for (const OptionRow& row : option_table())
      if (row.section == section && (row.families & families) != 0) lines += help_line(row);
    if (!lines.empty()) text += fmt::format("\n{}:\n{}", title, lines);
  }
  std::vector<std::string> names;
  for (const Target& known : all_targets()) names.emplace_back(known.name);
  text += fmt::format("\nTargets:\n  {}\n", wrap("stm32 (= stm32h7), stellar-pg (= stellar-pg-r52), " + join(names, ", "), line_width - 2, "  "));
  return text;
}

std::string markdown_help() {
  std::string text(markdown_head);
  for (const auto& [section, title] : sections) {
    text += fmt::format("\n## {}\n\n| option | value | commands | targets | meaning | state |\n|---|---|---|---|---|---|\n", title);
    for (const OptionRow& row : option_table()) {
      if (row.section != section) continue;
      const auto argument = argument_text(row);
      const auto state = state_text(row);
      text += fmt::format("| `{}` | {} | {} | {} | {} | {} |\n", spellings(row), cell(argument), commands_text(row), families_text(row),
                          cell(row.help), cell(state.empty() ? "works" : state));
    }
  }
  return text + std::string(markdown_errors);
}

std::string version_text() {
  return fmt::format("{}\n  Edgewright {} (command line, reports and C interfaces of version {})\n", banner, edgewright_version, compatible_version);
}

std::string tools_version_text() {
  const auto reference = reference_python();
  const auto python = reference ? reference->string() : std::string("python3");
  const auto package = [&](const std::string& name) {
    return answer({python, "-c", fmt::format("import importlib.metadata; print(importlib.metadata.version('{}'))", name)});
  };
  return fmt::format("stedgeai - {}\n", banner) +
         tool_line("Python", answer({python, "-c", "import platform; print(platform.python_version())"})) +
         tool_line("Numpy", package("numpy")) + tool_line("LiteRT", package("ai-edge-litert")) +
         tool_line("GCC", answer({"cc", "-dumpfullversion"})) + tool_line("Arm GCC", answer({"arm-none-eabi-gcc", "-dumpfullversion"})) +
         tool_line("QEMU", answer({"qemu-system-arm", "--version"}));
}

}  // namespace ew
