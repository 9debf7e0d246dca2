// Parses the command line, runs the command, reports errors.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <new>
#include <string>
#include <system_error>
#include <vector>

#include "base/error.h"
#include "base/interrupt.h"
#include "base/text.h"
#include "base/version.h"
#include "cli/help.h"
#include "cli/parse.h"
#include "commands/commands.h"

namespace ew {
namespace {

void run_command(const Options& options) {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  fmt::print("{}\n", banner);
  for (const auto& note : options.notes) fmt::print(stderr, "note: {}\n", note);
  switch (options.command) {
    case Command::analyze: run_analyze(options); break;
    case Command::generate: run_generate(options); break;
    case Command::validate: run_validate(options); break;
    case Command::supported_ops: run_supported_ops(options); return;
  }
  const std::chrono::duration<double> elapsed = Clock::now() - start;
  fmt::print("elapsed time ({}): {:.3f}s\n", upper_case(name(options.command)), elapsed.count());
}

void run(const std::vector<std::string>& words) {
  const Request request = parse_command_line(words);
  switch (request.wish) {
    case Wish::run: run_command(request.options); break;
    case Wish::help: fmt::print("{}", help_text(request.options.target)); break;
    case Wish::help_as_markdown: fmt::print("{}", markdown_help()); break;
    case Wish::version: fmt::print("{}", version_text()); break;
    case Wish::tools_version: fmt::print("{}", tools_version_text()); break;
  }
  std::fflush(stdout);
  if (std::ferror(stdout) != 0) throw file_error("cannot write to the standard output; it is closed or its disk is full");
}

}  // namespace
}  // namespace ew

int main(int argc, char** argv) {
  constexpr int failed = 255;
  try {
    ew::watch_interrupts();
    ew::run({argv + (argc > 0 ? 1 : 0), argv + argc});
    return 0;
  } catch (const ew::Error& error) {
    std::fflush(stdout);
    fmt::print(stderr, "{}\n", error.text());
  } catch (const std::system_error& error) {  // fmt::print
    fmt::print(stderr, "{}\n", ew::file_error(error.what()).text());
  } catch (const std::bad_alloc&) {
    std::fputs("INTERNAL ERROR: E501(InternalError): out of memory; use a machine with more, or a smaller model\n", stderr);
  } catch (const std::exception& error) {
    std::fflush(stdout);
    fmt::print(stderr, "{}\n", ew::internal_error(error.what()).text());
  }
  return failed;
}
