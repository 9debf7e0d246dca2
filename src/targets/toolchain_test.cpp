#include "targets/toolchain.h"

#include "base/error.h"
#include "base/files.h"
#include "base/process.h"
#include "base/resources.h"
#include "base/text.h"
#include "targets/link_closure.h"

#include <gmock/gmock.h>

#include <fstream>

namespace ew {
namespace {

namespace fs = std::filesystem;

// Uses a kernel, libm, libgcc (64-bit division, on small cores every float operation) and libc; `unused` must not count.
constexpr std::string_view network_c = R"(#include <math.h>
#include <string.h>
#include "nn_copy.h"
static float state[4] = {1.0f};
static uint8_t buffer[100];
int64_t ai_network_init(int64_t a, int64_t b);
float ai_network_run(float x, double y);
double unused(double x);
int64_t ai_network_init(int64_t a, int64_t b) { return a / b; }
float ai_network_run(float x, double y) {
  memcpy(buffer, state, sizeof state);
  nn_copy(buffer, buffer + 16, 16);
  return expf(x) * state[0] + (float)pow(y, 2.5) + tanhf(x) + (float)buffer[3] + (float)(y / 3.0);
}
double unused(double x) { return sin(x); }
)";

const std::vector<std::string> entries{"ai_network_run", "ai_network_init"};

class Toolchain : public testing::TestWithParam<std::string_view> {
 protected:
  void SetUp() override {
    std::ofstream(folder_.path() / "network.c") << network_c;
    sizes_ = measure_runtime(find_target(GetParam()), folder_.path(), {"network.c"}, entries);
    if (!sizes_.missing.empty()) GTEST_SKIP() << sizes_.missing;
  }

  // What a linker makes of the same program.
  SectionSizes linked() const {
    const Target& target = find_target(GetParam());
    std::vector<std::string> argv{std::string(target.compiler)};
    argv.insert(argv.end(), target.flags.begin(), target.flags.end());
    for (const std::string& flag : network_flags()) argv.push_back(flag);
    for (std::string word : {"-nostartfiles", "-specs=nano.specs", "-Wl,--gc-sections", "-Wl,-e,ai_network_run", "-Wl,-u,ai_network_init", "network.c"})
      argv.push_back(std::move(word));
    argv.push_back("-I" + resource("AI/Inc").string());
    argv.push_back(find_runtime_library(target.library_folder, target.library_suffix)->string());
    for (std::string word : {"-lm", "-o", "network.elf"}) argv.push_back(std::move(word));
    ProcessOptions options;
    options.folder = folder_.path();
    run_tool(argv, "", options);
    return section_sizes(run_tool({"arm-none-eabi-size", "-A", (folder_.path() / "network.elf").string()}, ""));
  }

  static SectionSizes section_sizes(const std::string& table) {
    SectionSizes sizes;
    for (const std::string& line : split(table, '\n')) {
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

  TemporaryFolder folder_;
  RuntimeSizes sizes_;
};

// The linker adds padding between sections and joins equal unwind entries: a few bytes.
TEST_P(Toolchain, SizesAreThoseOfALinkedProgram) {
  constexpr int64_t padding = 32;
  const SectionSizes expected = linked(), got = sizes_.total();
  EXPECT_NEAR(static_cast<double>(got.text), static_cast<double>(expected.text), padding);
  EXPECT_NEAR(static_cast<double>(got.rodata), static_cast<double>(expected.rodata), padding);
  EXPECT_NEAR(static_cast<double>(got.data), static_cast<double>(expected.data), padding);
  EXPECT_NEAR(static_cast<double>(got.bss), static_cast<double>(expected.bss), padding);
}

TEST_P(Toolchain, NamesItsModules) {
  ASSERT_EQ(sizes_.modules.size(), 3U);
  EXPECT_THAT(sizes_.modules[0].module, testing::StartsWith("NetworkRuntime1020_"));
  EXPECT_GT(sizes_.modules[0].sizes.text, 0);
  EXPECT_LT(sizes_.modules[0].sizes.text, 400) << "only nn_copy is used";
  EXPECT_EQ(sizes_.modules[1].module, "network.o");
  EXPECT_EQ(sizes_.modules[1].sizes.data, 16);
  EXPECT_EQ(sizes_.modules[1].sizes.bss, 100);
  EXPECT_EQ(sizes_.modules[2].module, "lib (toolchain)*");
  EXPECT_GT(sizes_.toolchain.text, 1000);
  EXPECT_THAT(sizes_.compiler, testing::StartsWith("arm-none-eabi-gcc"));
}

INSTANTIATE_TEST_SUITE_P(Cores, Toolchain, testing::Values("stm32f0", "stm32l0", "stm32f1", "stm32f4", "stm32wl", "stm32h7", "stm32u5", "stm32n6",
                                                           "stellar-pg-r52"),
                         [](const auto& series) { return std::string(series.param.substr(0, series.param.find('-'))); });

TEST(ToolchainErrors, AFaultyNetworkIsAToolsError) {
  if (!find_program("arm-none-eabi-gcc")) GTEST_SKIP() << "no arm-none-eabi-gcc";
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "network.c") << "this is no C\n";
  if (!measure_runtime(find_target("stm32f4"), folder.path(), {}, {}).missing.empty()) GTEST_SKIP() << "no runtime library";
  EXPECT_THROW(measure_runtime(find_target("stm32f4"), folder.path(), {"network.c"}, {}), Error);
}

TEST(ToolchainErrors, AMissingCompilerIsSaid) {
  Target target = find_target("stm32f4");
  target.compiler = "no-such-gcc";
  EXPECT_THAT(measure_runtime(target, "/", {}, {}).missing, testing::HasSubstr("no-such-gcc was not found; install"));
}

TEST(ToolchainErrors, AMissingLibraryIsSaid) {
  if (!find_program("arm-none-eabi-gcc")) GTEST_SKIP() << "no arm-none-eabi-gcc";
  Target target = find_target("stm32f4");
  target.library_folder = "NoSuchCore";
  EXPECT_THAT(measure_runtime(target, "/", {}, {}).missing, testing::HasSubstr("AI/Lib/GCC/NoSuchCore/"));
}

TEST(ObjectFiles, BrokenOnesAreRefused) {
  EXPECT_THROW(read_object("", "a.o"), Error);
  EXPECT_THROW(read_object("\177ELF\1\1\1", "a.o"), Error);
  const std::optional<fs::path> runtime = find_runtime_library("ARMCortexM4", "CM4");
  if (!runtime) GTEST_SKIP() << "no runtime library";
  const Archive archive(*runtime);
  const std::optional<size_t> member = archive.member_of("nn_copy");
  ASSERT_TRUE(member);
  const TemporaryFolder folder;
  const std::string bytes = read_text(*runtime);
  for (size_t length = 0; length < *member + 2000 && length < bytes.size(); length += 37) {
    std::ofstream(folder.path() / "cut.a", std::ios::binary) << bytes.substr(0, length);
    try {
      const Archive cut(folder.path() / "cut.a");
      const auto place = cut.member_of("nn_copy");
      if (place && cut.member(*place).sections.empty()) ADD_FAILURE() << "an object without sections";
    } catch (const Error& error) {
      EXPECT_THAT(error.text(), testing::HasSubstr("cut.a"));
    }
  }
}

}  // namespace
}  // namespace ew
