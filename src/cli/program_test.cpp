// The executable itself, which stands beside the test program: exit status, standard output and error.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "base/files.h"
#include "base/process.h"

namespace ew {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

ProcessResult run(std::vector<std::string> words) {
  words.insert(words.begin(), (std::filesystem::read_symlink("/proc/self/exe").parent_path() / "stedgeai").string());
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

TEST(Program, UnwritableOutputIsAFileError) {
  const auto result = run({"supported-ops", "--with-report", "-o", "/proc/no"});
  EXPECT_EQ(result.status, 255);
  EXPECT_THAT(result.err, StartsWith("LOAD ERROR: E202(FileError): "));
}

}  // namespace
}  // namespace ew
