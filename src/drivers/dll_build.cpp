#include "base/error.h"
#include "base/files.h"
#include "base/process.h"
#include "base/resources.h"
#include "drivers/dll.h"

#include <algorithm>
#include <cstdlib>
#include <thread>

namespace ew {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view remedy = "install a C compiler (Debian: the package gcc), or name one in the environment variable CC";

std::string compiler() {
  const char* named = std::getenv("CC");
  for (const char* candidate : {named, "cc", "gcc", "clang"}) {
    if (candidate != nullptr && *candidate != '\0' && find_program(candidate)) return candidate;
  }
  throw tools_error(fmt::format("no C compiler was found, which a validation on the host needs: {}", remedy));
}

std::vector<fs::path> c_files(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".c") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  if (files.empty()) throw internal_error(fmt::format("there are no C files in '{}'", folder.string()));
  return files;
}

}  // namespace

fs::path build_library(const fs::path& folder, const std::string& name, const fs::path& library_folder) {
  const std::string cc = compiler();
  std::optional<fs::path> runtime = find_runtime_library("Host", "Host");
  if (!runtime) runtime = resource(runtime_library("Host", "Host"));  // which says that it is missing
  // -O2: the generated file instantiates kernels; no fused multiply-add across statements: the results are those of the cores.
  const std::vector<std::string> flags = {"-std=c11", "-O2", "-fPIC", "-ffp-contract=off", "-fno-math-errno", "-I" + folder.string(),
                                          "-I" + resource("AI/Inc").string()};
  const TemporaryFolder objects;
  std::vector<std::string> link = {cc, "-shared"};
  std::vector<std::exception_ptr> errors;
  const std::vector<fs::path> files = c_files(folder);
  errors.resize(files.size());
  std::vector<std::jthread> compilations;
  for (size_t i = 0; i < files.size(); ++i) {
    const std::string object = (objects.path() / (files[i].stem().string() + ".o")).string();
    link.push_back(object);
    compilations.emplace_back([&, i, object] {
      try {
        std::vector<std::string> compile = {cc};
        compile.insert(compile.end(), flags.begin(), flags.end());
        compile.insert(compile.end(), {"-c", files[i].string(), "-o", object});
        run_tool(compile, remedy);
      } catch (...) {
        errors[i] = std::current_exception();
      }
    });
  }
  compilations.clear();  // joins
  for (const std::exception_ptr& error : errors) {
    if (error) std::rethrow_exception(error);
  }
  make_folder(library_folder);
  OutputFiles output;
  const fs::path library = library_folder / ("libai_" + name + ".so");
  // The whole runtime: the validation also calls what the network does not (the observer).
  link.insert(link.end(), {"-Wl,--whole-archive", runtime->string(), "-Wl,--no-whole-archive", "-Wl,-z,defs", "-lm", "-o", output.reserve(library).string()});
  run_tool(link, remedy);
  output.commit();
  return library;
}

}  // namespace ew
