#include "targets/toolchain.h"

#include "base/error.h"
#include "base/files.h"
#include "base/process.h"
#include "base/resources.h"
#include "base/text.h"
#include "targets/link_closure.h"

#include <algorithm>
#include <future>

namespace ew {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view remedy = "install the package gcc-arm-none-eabi (and libnewlib-arm-none-eabi)";

std::vector<std::string> compiler_with_flags(const Target& target) {
  std::vector<std::string> argv{std::string(target.compiler)};
  argv.insert(argv.end(), target.flags.begin(), target.flags.end());
  return argv;
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

// Where the compiler's libraries for this core lie, nearest first.
std::vector<fs::path> library_folders(const Target& target) {
  std::vector<std::string> argv = compiler_with_flags(target);
  argv.emplace_back("-print-search-dirs");
  std::vector<fs::path> folders;
  constexpr std::string_view mark = "libraries: =";
  for (const std::string& line : split(run_tool(argv, remedy), '\n'))
    if (line.starts_with(mark))
      for (const std::string& folder : split(line.substr(mark.size()), ':')) folders.emplace_back(folder);
  return folders;
}

// The reduced C library ("nano") is what firmware for small chips links.
std::vector<Archive> toolchain_archives(const Target& target) {
  std::vector<Archive> archives;
  const std::vector<fs::path> folders = library_folders(target);
  for (const std::string_view library : {"libm.a", "libc_nano.a", "libgcc.a"})
    for (const fs::path& folder : folders)
      if (fs::exists(folder / library)) {
        archives.emplace_back(folder / library);
        break;
      }
  return archives;
}

ObjectFile compile(const Target& target, const fs::path& folder, const std::string& source, const fs::path& temporary) {
  const std::string name = fs::path(source).stem().string() + ".o";
  std::vector<std::string> argv = compiler_with_flags(target);
  for (const std::string& flag : network_flags()) argv.push_back(flag);
  for (const fs::path& include : {folder, resource("AI/Inc")}) argv.push_back("-I" + include.string());
  for (const std::string& word : {std::string("-c"), (folder / source).string(), std::string("-o"), (temporary / name).string()}) argv.push_back(word);
  run_tool(argv, "the generated code should compile: please report this with the model");
  return read_object(read_text(temporary / name), name);
}

std::vector<ObjectFile> compile_all(const Target& target, const fs::path& folder, const std::vector<std::string>& sources) {
  const TemporaryFolder temporary;
  std::vector<std::future<ObjectFile>> started;
  for (const std::string& source : sources)
    started.push_back(std::async(std::launch::async, [&] { return compile(target, folder, source, temporary.path()); }));
  for (const auto& future : started) future.wait();  // before the folder goes, also when one of them throws
  std::vector<ObjectFile> objects;
  for (auto& future : started) objects.push_back(future.get());
  return objects;
}

}  // namespace

SectionSizes RuntimeSizes::total() const {
  SectionSizes sum;
  for (const ModuleSizes& module : modules) sum += module.sizes;
  return sum;
}

std::vector<std::string> network_flags() {
  return {"-std=c11", "-Os", "-ffunction-sections", "-fdata-sections", "-fshort-enums", "-ffp-contract=off", "-fno-math-errno"};
}

std::vector<std::string> entry_points(std::string_view c_api, std::string_view c_name) {
  static constexpr std::string_view legacy[] = {"create_and_init", "inputs_get", "outputs_get", "run", "get_error"};
  static constexpr std::string_view stai[] = {"init", "set_activations", "get_inputs", "get_outputs", "run"};
  std::vector<std::string> names;
  if (c_api == "st-ai")
    for (const std::string_view function : stai) names.push_back(fmt::format("stai_{}_{}", c_name, function));
  else
    for (const std::string_view function : legacy) names.push_back(fmt::format("ai_{}_{}", c_name, function));
  return names;
}

std::vector<std::string> code_files(std::string_view c_api, std::string_view c_name) {
  std::vector<std::string> files{fmt::format("{}.c", c_name)};
  if (c_api == "legacy") files.push_back(fmt::format("{}_data.c", c_name));
  return files;
}

RuntimeSizes measure_runtime(const Target& target, const fs::path& folder, const std::vector<std::string>& sources,
                             const std::vector<std::string>& entry_points) {
  RuntimeSizes result;
  if (!find_program(target.compiler)) {
    result.missing = fmt::format("not measured: {} was not found; {}", target.compiler, remedy);
    return result;
  }
  const std::optional<fs::path> runtime = find_runtime_library(target.library_folder, target.library_suffix);
  if (!runtime) {
    result.missing = fmt::format("not measured: share/edgewright/{} was not found; build Edgewright again with {} installed",
                                 runtime_library(target.library_folder, target.library_suffix), target.compiler);
    return result;
  }
  auto version = std::async(std::launch::async, [&] { return first_line(run_tool({std::string(target.compiler), "--version"}, remedy)); });
  auto toolchain = std::async(std::launch::async, [&] { return toolchain_archives(target); });
  const std::vector<ObjectFile> objects = compile_all(target, folder, sources);
  std::vector<Archive> archives{Archive(*runtime)};
  for (Archive& archive : toolchain.get()) archives.push_back(std::move(archive));
  result.compiler = version.get();

  const LinkClosure closure = close_links(objects, archives, entry_points);
  for (const std::string& name : closure.undefined)
    if (std::ranges::find(entry_points, name) != entry_points.end())
      throw internal_error(fmt::format("the generated code does not define {}", name));
  result.modules.push_back({archives.front().name(), closure.modules[objects.size()].sizes});
  for (size_t i = 0; i < objects.size(); ++i) result.modules.push_back({closure.modules[i].module, closure.modules[i].sizes});
  for (size_t i = objects.size() + 1; i < closure.modules.size(); ++i) result.toolchain += closure.modules[i].sizes;
  result.modules.push_back({"lib (toolchain)*", result.toolchain});
  return result;
}

}  // namespace ew
