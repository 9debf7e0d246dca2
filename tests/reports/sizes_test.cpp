// "Requested memory size by section" of whole networks, computed without linking, against firmware that is really linked.
#include "base/files.h"
#include "base/process.h"
#include "base/resources.h"
#include "base/text.h"
#include "commands/compile.h"
#include "commands/output.h"

#include "cases.h"
#include "shared_models.h"

#include <gmock/gmock.h>

#include <fstream>

namespace ew {
namespace {

namespace fs = std::filesystem;

// A model and what to make of it: "conv2d/int8_0" of the case table, or a file of ../shared/models.
struct SizeCase {
  std::string model, target;
  CApi c_api;
  Optimization optimization = Optimization::balanced;
};

fs::path model_file(const std::string& model, const fs::path& folder) {
  if (model.ends_with(".tflite")) return shared_model("tflite/" + model);
  const size_t slash = model.find('/');
  for (const cases::Case& c : cases::read_family(model.substr(0, slash))) {
    if (c.name != model.substr(slash + 1)) continue;
    std::ofstream(folder / "model.tflite", std::ios::binary).write(reinterpret_cast<const char*>(c.model.data()), static_cast<std::streamsize>(c.model.size()));
    return folder / "model.tflite";
  }
  return {};
}

SectionSizes sections_of(const fs::path& program) {
  SectionSizes sizes;
  for (const std::string& line : split(run_tool({"arm-none-eabi-size", "-A", program.string()}, ""), '\n')) {
    char name[64];
    long bytes = 0;
    if (std::sscanf(line.c_str(), "%63s %ld", name, &bytes) != 2) continue;
    const std::string_view section = name;
    if (section == ".text") sizes.text += bytes;
    if (section == ".rodata" || section == ".ARM.exidx" || section == ".ARM.extab") sizes.rodata += bytes;
    if (section == ".data") sizes.data += bytes;
    if (section == ".bss") sizes.bss += bytes;
  }
  return sizes;
}

// The generated files, the runtime library and the toolchain's, linked as a firmware's linker does it.
SectionSizes linked(const Options& options, const std::vector<GeneratedFile>& files, const fs::path& folder) {
  const Target& target = *options.series;
  std::vector<std::string> argv{std::string(target.compiler)};
  argv.insert(argv.end(), target.flags.begin(), target.flags.end());
  for (const std::string& flag : network_flags()) argv.push_back(flag);
  argv.insert(argv.end(), {"-nostartfiles", "-specs=nano.specs", "-Wl,--gc-sections", "-I.", "-I" + resource("AI/Inc").string()});
  const std::vector<std::string> entries = entry_points(name(options.c_api), options.name);
  argv.push_back("-Wl,-e," + entries.front());
  for (const std::string& entry : entries) argv.push_back("-Wl,-u," + entry);
  for (const GeneratedFile& file : files) {
    std::ofstream(folder / file.name, std::ios::binary) << file.text;
    if (file.name.ends_with(".c")) argv.push_back(file.name);
  }
  argv.push_back(find_runtime_library(target.library_folder, target.library_suffix)->string());
  argv.insert(argv.end(), {"-lm", "-o", "network.elf"});
  ProcessOptions process;
  process.folder = folder;
  run_tool(argv, "", process);
  return sections_of(folder / "network.elf");
}

class Sizes : public testing::TestWithParam<SizeCase> {};

TEST_P(Sizes, AreThoseOfALinkedFirmware) {
  const TemporaryFolder folder;
  Options options;
  options.models = {model_file(GetParam().model, folder.path())};
  if (!fs::exists(options.models.front())) GTEST_SKIP() << GetParam().model << " is not there";
  options.type = Framework::tflite;
  options.target = GetParam().target;
  options.series = &find_target(options.target);
  options.c_api = GetParam().c_api;
  options.optimization = GetParam().optimization;
  const Compiled compiled = compile(options);
  const std::vector<GeneratedFile> files = emit(compiled.program, emit_options(options, compiled));
  const RuntimeSizes measured = measure(options, files);
  if (!measured.missing.empty()) GTEST_SKIP() << measured.missing;

  SectionSizes expected = linked(options, files, folder.path());
  expected.rodata -= (compiled.program.bytes(SegmentKind::weights) + 7) / 8 * 8;  // they have a line of their own
  constexpr int64_t padding = 64;                // the linker's, between sections
  const SectionSizes got = measured.total();
  EXPECT_NEAR(static_cast<double>(got.text), static_cast<double>(expected.text), padding);
  EXPECT_NEAR(static_cast<double>(got.rodata), static_cast<double>(expected.rodata), padding);
  EXPECT_NEAR(static_cast<double>(got.data), static_cast<double>(expected.data), padding);
  EXPECT_NEAR(static_cast<double>(got.bss), static_cast<double>(expected.bss), padding);
  EXPECT_GT(measured.modules.front().sizes.text, 0) << "no kernel is used";
}

std::vector<SizeCase> size_cases() {
  std::vector<SizeCase> all;
  for (const char* model : {"conv2d/int8_0", "conv2d/float32_0", "fully_connected/int8_0", "softmax/float32_0", "mlcommons+tiny/kws_ref_model.tflite",
                            "mlcommons+tiny/pretrainedResnet.tflite"})
    for (const char* target : {"stm32l0", "stm32f4", "stm32n6"})
      for (const CApi api : {CApi::legacy, CApi::st_ai}) all.push_back({model, target, api});
  // Kernels compiled in network.c: the library's are counted only as far as they are linked.
  for (const char* target : {"stm32l0", "stm32f4", "stm32n6"})
    all.push_back({"mlcommons+tiny/kws_ref_model.tflite", target, CApi::st_ai, Optimization::time});
  return all;
}

std::string case_name(const testing::TestParamInfo<SizeCase>& info) {
  std::string text = fmt::format("{}_{}_{}_{}", info.param.model, info.param.target, name(info.param.c_api),
                                 info.param.optimization == Optimization::time ? "time" : "balanced");
  for (char& c : text)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  return text;
}

INSTANTIATE_TEST_SUITE_P(Networks, Sizes, testing::ValuesIn(size_cases()), case_name);

}  // namespace
}  // namespace ew
