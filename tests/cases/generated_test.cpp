// Families of the case table through the two client APIs: every case becomes a network of its own, in turn with the legacy and the st-ai API,
// file by file as a user has them; the networks of a family are compiled, free of warnings, into one library and run.
// (Every case runs as C on every engine in tests/engines.)
#include "family_test.h"

#include "base/error.h"
#include "base/files.h"
#include "base/process.h"
#include "drivers/dll.h"
#include "emit/emit.h"
#include "import/import.h"
#include "lower/lower.h"
#include "passes/passes.h"
#include "plan/plan.h"

#include <fstream>
#include <future>
#include <map>

namespace {

namespace fs = std::filesystem;

ew::Program program_of(const cases::Case& c, const std::string& c_name) {
  ew::ImportedModel model = ew::import_tflite(c.model, c.name);
  ew::optimise(model.graph);
  ew::LowerOptions options;
  options.c_name = c_name;
  ew::Program program = ew::lower(model.graph, ew::find_target("stm32f4"), model.info, options);
  program.datetime = "2026-11-22T10:00:00+0000";
  ew::plan(program, ew::Objective::balanced);
  return program;
}

// Writes the network's files below `folder`; the paths of the C files among them.
std::vector<std::string> write_network(const ew::Program& program, ew::CApi api, const fs::path& folder) {
  ew::EmitOptions options;
  options.c_api = api;
  std::vector<std::string> sources;
  for (const ew::GeneratedFile& file : ew::emit(program, options)) {
    const fs::path path = folder / file.name;
    std::ofstream(path, std::ios::binary) << file.text;
    if (path.extension() == ".c") sources.push_back(path.string());
  }
  return sources;
}

void compile(const std::vector<std::string>& sources, const fs::path& folder) {
  if (sources.empty()) return;
  std::vector<std::string> command{"cc", "-std=c11", "-O1", "-fPIC", "-ffp-contract=off", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion",
                                   "-Werror", "-I" + folder.string(), "-I" RUNTIME_INCLUDE, "-c"};
  command.insert(command.end(), sources.begin(), sources.end());
  ew::ProcessOptions options;
  options.folder = folder;
  ew::run_tool(command, "a compiler named cc is needed", options);
}

// The networks of one family in one shared library.
class FamilyLibrary {
 public:
  explicit FamilyLibrary(const std::string& family) {
    std::vector<std::string> half[2];
    for (const cases::Case& c : cases::read_family(family)) {
      const size_t index = networks_.size();
      const std::string c_name = "net_" + std::to_string(index);
      Network& network = networks_[c.name];
      network.c_name = c_name;
      try {
        const auto api = index % 2 == 0 ? ew::CApi::legacy : ew::CApi::st_ai;
        const auto sources = write_network(program_of(c, c_name), api, folder_.path());
        half[index % 2].insert(half[index % 2].end(), sources.begin(), sources.end());
      } catch (const ew::Error& e) {
        if (e.category() != ew::Category::not_implemented) throw;
        network.not_implemented = e.message();
      }
    }
    auto other = std::async(std::launch::async, [&] { compile(half[1], folder_.path()); });
    compile(half[0], folder_.path());
    other.get();
    link();
  }

  std::vector<cases::Bytes> run(const cases::Case& c) const {
    const Network& network = networks_.at(c.name);
    if (!network.not_implemented.empty()) throw cases::NotImplemented(network.not_implemented);
    ew::DllRunner runner(library(), network.c_name);
    std::vector<ew::Tensor> inputs;
    for (size_t i = 0; i < c.inputs.size(); ++i) {
      ew::Tensor tensor(ew::batched(runner.info().inputs.at(i).type, 1));
      if (tensor.data.size() != c.inputs[i].size()) throw std::runtime_error("input " + std::to_string(i) + " has another size");
      tensor.data = c.inputs[i];
      inputs.push_back(std::move(tensor));
    }
    std::vector<cases::Bytes> outputs;
    for (ew::Tensor& tensor : runner.run(inputs, {}).outputs) outputs.push_back(std::move(tensor.data));
    return outputs;
  }

 private:
  struct Network {
    std::string c_name, not_implemented;
  };
  ew::TemporaryFolder folder_;
  std::map<std::string, Network> networks_;      // by the case's name

  [[nodiscard]] fs::path library() const { return folder_.path() / "family.so"; }

  void link() const {
    std::vector<std::string> command{"cc", "-shared", "-o", library().string()};
    for (const auto& entry : fs::directory_iterator(folder_.path())) {
      if (entry.path().extension() == ".o") command.push_back(entry.path().string());
    }
    command.insert(command.end(), {"-Wl,--whole-archive", RUNTIME_LIBRARY, "-Wl,--no-whole-archive", "-lm"});
    ew::run_tool(command, "");
  }
};

void check_generated(const std::string& family) {
  const FamilyLibrary library(family);
  cases::check_family(family, [&](const cases::Case& c) { return library.run(c); });
}

class ClientApi : public testing::TestWithParam<std::string> {};
TEST_P(ClientApi, family) { check_generated(GetParam()); }
INSTANTIATE_TEST_SUITE_P(cases, ClientApi, testing::Values("graphs", "split", "concatenation", "quantize", "softmax"),
                         [](const auto& test) { return test.param; });

}  // namespace
