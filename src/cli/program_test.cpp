// The executable itself, which stands beside the test program: exit status, standard output and error.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/files.h"
#include "base/process.h"
#include "base/resources.h"
#include "shared_models.h"

namespace ew {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::filesystem::path executable() { return std::filesystem::read_symlink("/proc/self/exe").parent_path() / "stedgeai"; }

ProcessResult run(std::vector<std::string> words) {
  words.insert(words.begin(), executable().string());
  ProcessOptions options;
  options.timeout = std::chrono::seconds(60);
  return run_process(words, options);
}

TEST(Program, WishesSucceed) {
  for (const auto* flag : {"--help", "--version", "--tools-version"}) {
    const auto result = run({flag});
    EXPECT_EQ(result.status, 0) << flag;
    EXPECT_THAT(result.out, HasSubstr("ST Edge AI Core v2.2.0-")) << flag;
    EXPECT_EQ(result.err, "") << flag;
  }
}

TEST(Program, ErrorsEndWith255AndOneLine) {
  const auto result = run({"analyze"});
  EXPECT_EQ(result.status, 255);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(result.err, "E102(CliArgumentError): the following arguments are required: --target\n");
}

TEST(Program, ModelsThatCannotBeReadLeaveNothingBehind) {
  const TemporaryFolder folder;
  const auto output = folder.path() / "out", workspace = folder.path() / "ws";
  for (const auto* command : {"analyze", "generate"}) {
    const auto result = run({command, "-m", "no-such-model.tflite", "--target", "stm32", "-o", output.string(), "-w", workspace.string()});
    EXPECT_EQ(result.status, 255) << command;
    EXPECT_THAT(result.err, testing::AllOf(StartsWith("LOAD ERROR: E202(FileError): "), HasSubstr("no-such-model.tflite"))) << command;
    EXPECT_FALSE(std::filesystem::exists(output)) << command;
    EXPECT_FALSE(std::filesystem::exists(workspace)) << command;
  }
}

TEST(Program, SupportedOpsListsTheOperators) {
  const auto result = run({"supported-ops", "-t", "tflite"});
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(result.out, testing::AllOf(HasSubstr("Parsing operators for TFLITE toolbox\n"), HasSubstr(" operators found\n"), HasSubstr("RESHAPE")));
  EXPECT_EQ(run({"supported-ops", "-t", "keras"}).status, 255);
}

TEST(Program, SupportedOpsWritesItsReport) {
  const TemporaryFolder folder;
  const auto result = run({"supported-ops", "--with-report", "-o", folder.path().string()});
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(read_text(folder.path() / "supported_ops_tflite.md"), StartsWith("# Supported tflite operators\n"));
}

// A compiler that never answers, and Ctrl-C: the compiler ends with the program, and nothing is left behind.
TEST(Program, InterruptEndsChildrenAndLeavesNothingBehind) {
  const auto model = shared_model("tflite/mlcommons+tiny/kws_ref_model.tflite");
  if (!std::filesystem::exists(model)) GTEST_SKIP() << "the shared models are not there";
  const TemporaryFolder folder;
  const auto compiler = folder.path() / "arm-none-eabi-gcc";
  std::ofstream(compiler) << "#!/bin/sh\necho $$ > " << (folder.path() / "pid").string() << "\nexec sleep 60\n";
  std::filesystem::permissions(compiler, std::filesystem::perms::owner_all);
  std::filesystem::create_directory(folder.path() / "tmp");

  ProcessOptions options;
  options.environment = {{"PATH", folder.path().string() + ":/usr/bin:/bin"}, {"TMPDIR", (folder.path() / "tmp").string()}};
  options.folder = folder.path();
  ChildProcess program({executable().string(), "generate", "-m", model.string(), "--target", "stm32f4"}, options);
  for (int i = 0; i < 500 && !std::filesystem::exists(folder.path() / "pid") && !program.status(); ++i) usleep(20'000);
  if (!std::filesystem::exists(folder.path() / "pid")) GTEST_SKIP() << "the program did not ask the compiler";
  usleep(50'000);
  kill(program.pid(), SIGINT);
  EXPECT_EQ(program.wait(), 255);
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "st_ai_output"));
  EXPECT_TRUE(std::filesystem::is_empty(folder.path() / "tmp"));
  const int compiler_pid = std::stoi(read_text(folder.path() / "pid"));
  for (int i = 0; i < 100 && kill(compiler_pid, 0) == 0; ++i) usleep(20'000);
  EXPECT_NE(kill(compiler_pid, 0), 0);
}

TEST(Program, ClosedStandardOutputIsAnError) {
  ChildProcess program({"sh", "-c", "\"$0\" --help >/dev/full", executable().string()});
  EXPECT_EQ(program.wait(), 255);
}

// The executable beside the runtime of another build, which has other kernels: nothing may be measured or run with it.
TEST(Program, RuntimeLibrariesOfAnotherBuildAreRefused) {
  namespace fs = std::filesystem;
  const TemporaryFolder folder;
  const fs::path share = folder.path() / "share/edgewright", libraries = share / "AI/Lib/GCC";
  fs::copy_file(executable(), folder.path() / "stedgeai");
  for (const auto* library : {"ARMCortexM4/NetworkRuntime1020_CM4_GCC.a", "Host/NetworkRuntime1020_Host_GCC.a"}) {
    fs::create_directories((libraries / library).parent_path());
    std::ofstream(libraries / library) << "!<arch>\n";
  }
  for (const auto* name : {"AI/Inc", "runtime", "firmware", "python"}) fs::create_symlink(fs::canonical(resource(name)), share / name);

  const auto refused = [&](const std::string& library, std::vector<std::string> words) {
    words.insert(words.begin(), (folder.path() / "stedgeai").string());
    words.insert(words.end(), {"-m", EDGEWRIGHT_SOURCE_DIR "/examples/models/digits_int8.tflite", "--target", "stm32f4"});
    ProcessOptions options;
    options.folder = folder.path();
    options.timeout = std::chrono::seconds(60);
    const ProcessResult result = run_process(words, options);
    EXPECT_EQ(result.status, 255) << result.out;
    EXPECT_THAT(result.err, testing::AllOf(StartsWith("LOAD ERROR: E202(FileError): "), HasSubstr((libraries / library).string()),
                                           HasSubstr("was built from other sources"), HasSubstr("again")));
  };
  if (find_program("cc")) refused("Host/NetworkRuntime1020_Host_GCC.a", {"validate"});
  if (!find_program("arm-none-eabi-gcc")) GTEST_SKIP() << "no arm-none-eabi-gcc";
  refused("ARMCortexM4/NetworkRuntime1020_CM4_GCC.a", {"analyze"});
  refused("ARMCortexM4/NetworkRuntime1020_CM4_GCC.a", {"generate"});
  refused("ARMCortexM4/NetworkRuntime1020_CM4_GCC.a", {"validate", "--mode", "target", "-d", "qemu"});
}

TEST(Program, UnwritableOutputIsAFileError) {
  const auto result = run({"supported-ops", "--with-report", "-o", "/proc/no"});
  EXPECT_EQ(result.status, 255);
  EXPECT_THAT(result.err, StartsWith("LOAD ERROR: E202(FileError): "));
}

}  // namespace
}  // namespace ew
