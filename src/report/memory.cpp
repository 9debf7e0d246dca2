// "Requested memory size by section" and its summary.
#include "base/table.h"
#include "base/text.h"
#include "report/join.h"
#include "report/report.h"

namespace ew {
namespace {

std::vector<std::string> cells(std::string module, const SectionSizes& s) {
  return {std::move(module), thousands(s.text), thousands(s.rodata), thousands(s.data), thousands(s.bss)};
}

struct NetworkSizes { SectionSizes weights, activations, states, io; };

NetworkSizes network_sizes(const Program& program) {
  NetworkSizes sizes;
  sizes.weights.rodata = (program.bytes(SegmentKind::weights) + 7) / 8 * 8;  // an array of 64-bit words
  sizes.activations.bss = program.bytes(SegmentKind::activations);
  sizes.states.bss = program.bytes(SegmentKind::state);
  sizes.io.bss = user_bytes(program, true) + user_bytes(program, false);
  return sizes;
}

std::string section_table(const ReportInput& in, const NetworkSizes& sizes) {
  TextTable table({{"module"}, {"text", Align::right}, {"rodata", Align::right}, {"data", Align::right}, {"bss", Align::right}});
  for (const ModuleSizes& module : in.runtime->modules) table.row(cells(module.module, module.sizes));
  table.rule();
  table.row(cells("RT total**", in.runtime->total()));
  table.rule();
  SectionSizes total = in.runtime->total();
  const auto row = [&](std::string name, const SectionSizes& s) {
    table.row(cells(std::move(name), s));
    total += s;
  };
  row("weights", sizes.weights);
  row("activations", sizes.activations);
  if (in.c_api == "st-ai") row("states", sizes.states);
  row("io", sizes.io);
  table.rule();
  table.row(cells("TOTAL", total));
  return fmt::format(" Requested memory size by section - \"{}\" target\n{}", in.target, table.text(" ")) +
         " *  toolchain objects (libm/libgcc*)\n ** RT AI runtime objects (kernels+infrastructure)\n\n";
}

std::string summary_table(const ReportInput& in, const NetworkSizes& sizes) {
  const SectionSizes rt = in.runtime->total();
  const int64_t flash = rt.flash() + sizes.weights.rodata;
  const int64_t ram = rt.ram() + sizes.activations.bss + sizes.states.bss + sizes.io.bss;
  const auto share = [](int64_t part, int64_t whole) { return percent_text(static_cast<double>(part), static_cast<double>(whole)); };
  const auto line = [](std::string_view name, std::string_view a, std::string_view b, std::string_view c, std::string_view d) {
    return fmt::format("  {:<11}{:>12}{:>9}{:>12}{:>7}\n", name, a, b, c, d);
  };
  const std::string rule = "  " + std::string(51, '-') + "\n";
  return fmt::format("  Summary - \"{}\" target\n", in.target) + rule + line("", "FLASH (ro)", "%*", "RAM (rw)", "%") + rule +
         line("RT total", thousands(rt.flash()), share(rt.flash(), flash), thousands(rt.ram()), share(rt.ram(), ram)) + rule +
         line("TOTAL", thousands(flash), "", thousands(ram), "") + rule + "  *  rt/total\n\n";
}

}  // namespace

std::string memory_block(const ReportInput& in) {
  if (!in.runtime) return "";
  if (!in.runtime->missing.empty()) return fmt::format(" Requested memory size by section - \"{}\" target: {}\n\n", in.target, in.runtime->missing);
  const NetworkSizes sizes = network_sizes(*in.program);
  return section_table(in, sizes) + summary_table(in, sizes);
}

}  // namespace ew
