#include "drivers/firmware_build.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <future>
#include <thread>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "base/process.h"
#include "base/resources.h"
#include "base/text.h"
#include "targets/toolchain.h"

namespace ew {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view compiler_remedy = "install the Debian packages gcc-arm-none-eabi and libnewlib-arm-none-eabi";
constexpr std::string_view portable_sources[] = {"start.c", "semihost.c", "link.c", "wire.c", "messages.c", "memory.c", "run.c", "server.c",
                                                 "tested_network.c", "tested_networks.c", "validation_main.c"};
constexpr std::string_view machine_sources[] = {"counter.c", "uart.c", "board_qemu.c"};  // these know the machine

using Arguments = std::vector<std::string>;

struct Compilation {
  fs::path source, object;
  Arguments flags;
};

// All of them, as many at a time as there are processors.
void compile(const std::string& compiler, const std::vector<Compilation>& compilations) {
  const size_t workers = std::max(1u, std::thread::hardware_concurrency());
  std::vector<std::future<void>> running;
  for (size_t worker = 0; worker < workers; worker++)
    running.push_back(std::async(std::launch::async, [&, worker] {
      for (size_t i = worker; i < compilations.size(); i += workers) {
        Arguments argv{compiler};
        argv.insert(argv.end(), compilations[i].flags.begin(), compilations[i].flags.end());
        argv.insert(argv.end(), {"-c", compilations[i].source.string(), "-o", compilations[i].object.string()});
        run_tool(argv, fmt::format("compiling {} for the virtual board", compilations[i].source.filename().string()));
      }
    }));
  for (auto& worker : running) worker.wait();
  for (auto& worker : running) worker.get();
}

nlohmann::json read_machines() {
  const fs::path path = resource("firmware/machines.json");
  try {
    return nlohmann::json::parse(read_text(path)).at("machines");
  } catch (const nlohmann::json::exception& error) {
    throw file_error(fmt::format("'{}' is damaged: {}; install the program again", path.string(), error.what()));
  }
}

bool runs(const nlohmann::json& machine, Core core) {
  return std::ranges::any_of(machine.at("cores"), [&](const nlohmann::json& name_of) { return name_of.get<std::string>() == name(core); });
}

// The machines to try, the preferred one first: an M0 that fits a microbit runs on a true M0.
std::vector<std::string> candidates(const FirmwareRequest& request, const nlohmann::json& machines) {
  const Target& target = *request.target;
  if (request.machine.empty()) {
    if (target.machine.empty())
      throw not_implemented(fmt::format("QEMU has no machine with a {} ({}): validate it on the host or on a board", name(target.core),
                                        target.name));
    std::vector<std::string> usual{std::string(target.machine)};
    if (target.core == Core::m0 || target.core == Core::m0plus) usual.insert(usual.begin(), "microbit");
    return usual;
  }
  std::string known;
  for (const auto& [machine, row] : machines.items())
    if (runs(row, target.core)) known += (known.empty() ? "" : ", ") + machine;
  if (known.empty()) known = "none";
  if (!machines.contains(request.machine))
    throw cli_error(fmt::format("-d qemu:{}: this machine is not known; for the {} there is {}", request.machine, name(target.core), known));
  if (!runs(machines.at(request.machine), target.core))
    throw cli_error(fmt::format("-d qemu:{}: this machine does not run code for the {} ({}); for it there is {}", request.machine,
                                name(target.core), target.name, known));
  return {request.machine};
}

Arguments machine_defines(const std::string& machine, const nlohmann::json& row) {
  return {"-DMACHINE=\"" + machine + "\"",
          "-DUART_" + row.at("uart").get<std::string>(),
          "-DUART_ADDRESS=" + row.at("uart_address").get<std::string>() + "u",
          "-DTIMER_" + row.at("timer").get<std::string>(),
          "-DTIMER_ADDRESS=" + row.at("timer_address").get<std::string>() + "u",
          fmt::format("-DTIMER_HZ={}u", row.at("timer_hz").get<int64_t>())};
}

Arguments linker_symbols(const nlohmann::json& row) {
  Arguments symbols{"-Wl,--defsym=STACK_BYTES=" + row.at("stack").get<std::string>()};
  for (const char* region : {"vectors", "code", "weights", "ram"}) {
    const std::string upper = upper_case(region);
    symbols.push_back("-Wl,--defsym=" + upper + "_ORIGIN=" + row.at(region).at(0).get<std::string>());
    symbols.push_back("-Wl,--defsym=" + upper + "_LENGTH=" + row.at(region).at(1).get<std::string>());
  }
  return symbols;
}

Arguments operator+(Arguments a, const Arguments& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

// The archive of the runtime that comes with the program, or its sources to compile.
std::vector<Compilation> runtime_sources(const fs::path& objects, const Arguments& flags) {
  std::vector<Compilation> result;
  for (const char* folder : {"runtime/kernels", "runtime/core"}) {
    const auto path = find_resource(folder);
    if (!path) continue;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(*path))
      if (entry.path().extension() == ".c")
        result.push_back({entry.path(), objects / fmt::format("runtime_{}_{}.o", result.size(), entry.path().stem().string()),
                          flags + Arguments{"-O3", "-ffp-contract=off", "-fno-math-errno"}});
  }
  return result;
}

struct Build {
  const FirmwareRequest& request;
  std::string compiler;
  fs::path firmware, objects;
  Arguments flags;                               // of every file
  Arguments linked;                              // objects and archives, machine's own left out
};

void compile_network(Build& build) {
  const FirmwareRequest& request = build.request;
  const Arguments tested{"-DTESTED_HEADER=\"" + request.c_name + ".h\"", "-DTESTED_LOWER=" + request.c_name,
                         "-DTESTED_UPPER=" + upper_case(request.c_name), fmt::format("-DNETWORK_ALIGNMENT={}", std::max<int64_t>(request.alignment, 32))};
  std::vector<Compilation> compilations;
  for (std::string_view source : portable_sources)
    compilations.push_back({build.firmware / source, build.objects / fmt::format("firmware_{}.o", source),
                            build.flags + Arguments{"-O2"} + tested});
  for (const char* suffix : {".c", "_data.c"}) {
    const fs::path source = request.network_folder / (request.c_name + suffix);
    if (fs::exists(source))
      compilations.push_back({source, build.objects / (request.c_name + suffix + ".o"),
                              build.flags + network_flags() + Arguments{"-DHAVE_NETWORK_INFO"}});
  }
  const Target& target = *request.target;
  const auto library = find_runtime_library(target.library_folder, target.library_suffix);
  if (!library)
    for (Compilation& compilation : runtime_sources(build.objects, build.flags)) compilations.push_back(std::move(compilation));
  compile(build.compiler, compilations);
  for (const Compilation& compilation : compilations) build.linked.push_back(compilation.object.string());
  if (library) build.linked.push_back(library->string());
}

// False when the network does not fit the machine; `why` are the linker's words.
bool link(const Build& build, const std::string& machine, const nlohmann::json& row, const fs::path& elf, std::string& why) {
  std::vector<Compilation> compilations;
  for (std::string_view source : machine_sources)
    compilations.push_back({build.firmware / source, build.objects / fmt::format("{}_{}.o", machine, source),
                            build.flags + Arguments{"-O2"} + machine_defines(machine, row)});
  compile(build.compiler, compilations);
  Arguments argv = Arguments{build.compiler} + build.flags + linker_symbols(row);
  for (const Compilation& compilation : compilations) argv.push_back(compilation.object.string());
  argv = argv + build.linked +
         Arguments{"-nostartfiles", "-Wl,--gc-sections", "-Wl,--no-warn-rwx-segments", "-T", (build.firmware / "sections.ld").string(), "-lm",
                   "-o", elf.string()};
  const ProcessResult result = run_process(argv);
  if (result.ok()) return true;
  if (result.err.find("overflowed by") == std::string::npos && result.err.find("will not fit in region") == std::string::npos)
    throw tools_error(fmt::format("the validation firmware for {} could not be linked\n{}", machine, last_lines(result.err, 20)));
  why = last_lines(result.err, 4);
  return false;
}

}  // namespace

Firmware build_firmware(const FirmwareRequest& request) {
  const nlohmann::json machines = read_machines();
  const std::vector<std::string> tried = candidates(request, machines);
  const std::string compiler(request.target->compiler);
  if (!find_program(compiler)) throw tools_error(fmt::format("the compiler {} for the virtual board is not found; {}", compiler, compiler_remedy));
  Build build{request, compiler, resource("firmware"), request.workspace / "objects", {}, {}};
  make_folder(build.objects);
  build.flags = request.target->flags + Arguments{"-std=c11", "-ffunction-sections", "-fdata-sections",
                                                  "-I" + request.network_folder.string(), "-I" + resource("AI/Inc").string(),
                                                  "-I" + build.firmware.string()};
  compile_network(build);
  std::string why;
  for (const std::string& machine : tried) {
    const fs::path elf = request.workspace / (machine + ".elf");
    if (link(build, machine, machines.at(machine), elf, why)) return {elf, machine};
  }
  throw tools_error(fmt::format("the network '{}' does not fit the memory of the virtual board {}; validate it on the host\n{}",
                                request.c_name, tried.back(), why));
}

}  // namespace ew
