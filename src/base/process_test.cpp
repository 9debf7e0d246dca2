#include "base/process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include "base/error.h"
#include "base/interrupt.h"

namespace ew {
namespace {

using std::chrono::milliseconds;

TEST(Process, CapturesBothOutputsAndTheStatus) {
  const auto result = run_process({"sh", "-c", "echo out; echo err >&2; exit 3"});
  EXPECT_EQ(result.out, "out\n");
  EXPECT_EQ(result.err, "err\n");
  EXPECT_EQ(result.status, 3);
  EXPECT_FALSE(result.ok());
}

TEST(Process, GivesInputFolderAndEnvironment) {
  ProcessOptions options;
  options.input = std::string(1 << 20, 'x');  // more than a pipe holds
  options.folder = "/";
  options.environment = {{"EDGEWRIGHT_TEST", "it's $HOME"}};
  const auto result = run_process({"sh", "-c", "pwd; echo \"$EDGEWRIGHT_TEST\"; wc -c"}, options);
  EXPECT_EQ(result.out, "/\nit's $HOME\n1048576\n");
}

TEST(Process, KeepsAtMostTheOutputLimit) {
  ProcessOptions options;
  options.output_limit = 10;
  EXPECT_EQ(run_process({"sh", "-c", "head -c 1000000 /dev/zero | tr '\\0' x"}, options).out, "xxxxxxxxxx");
}

TEST(Process, TimeoutKillsTheWholeGroup) {
  ProcessOptions options;
  options.timeout = milliseconds(200);
  const auto start = std::chrono::steady_clock::now();
  const auto result = run_process({"sh", "-c", "sleep 20 & sleep 20; wait"}, options);
  EXPECT_TRUE(result.timed_out);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

TEST(Process, SignalsBecomeStatuses) { EXPECT_EQ(run_process({"sh", "-c", "kill -SEGV $$"}).status, 128 + SIGSEGV); }

TEST(Process, MissingProgramsAreToolsErrors) {
  EXPECT_THROW(run_process({"no-such-program-anywhere"}), Error);
  try {
    run_tool({"no-such-program-anywhere"}, "install it");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.text(), "TOOLS ERROR: E401(ToolsError): the program 'no-such-program-anywhere' is not found in PATH; install it");
  }
}

TEST(Process, FailingToolsReportTheirLastLines) {
  try {
    run_tool({"sh", "-c", "echo broken >&2; exit 7"}, "mend it");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.text(), testing::AllOf(testing::HasSubstr("failed with status 7; mend it"), testing::EndsWith("\nbroken")));
  }
}

TEST(Process, FindsProgramsInPath) {
  EXPECT_TRUE(find_program("sh"));
  EXPECT_FALSE(find_program("no-such-program-anywhere"));
  EXPECT_FALSE(find_program("/etc/passwd"));
  EXPECT_FALSE(find_program(""));
}

TEST(Process, ChildTalksOverPipes) {
  ChildProcess child({"cat"});
  ASSERT_EQ(write(child.in(), "hello", 5), 5);
  char buffer[8] = {};
  ASSERT_EQ(read(child.out(), buffer, sizeof buffer), 5);
  EXPECT_STREQ(buffer, "hello");
  EXPECT_FALSE(child.status());
  child.close_in();
  EXPECT_EQ(child.wait(), 0);
}

// The program of a death test is a process of its own: the interrupt ends it, runs the registered actions in reverse order, and kills the child.
TEST(InterruptDeathTest, RunsActionsAndEndsWith255) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const auto interrupted = [] {
    watch_interrupts();
    const AtInterrupt first([] { fputs("first ", stderr); });
    const AtInterrupt second([] { fputs("second ", stderr); });
    { const AtInterrupt gone([] { fputs("gone ", stderr); }); }
    ChildProcess child({"sleep", "20"});
    kill(getpid(), SIGINT);
    child.wait();
    sleep(5);
  };
  EXPECT_EXIT(interrupted(), testing::ExitedWithCode(255), "second first \nINTERRUPT: E901\\(KeyboardInterrupt\\): the command was interrupted");
}

}  // namespace
}  // namespace ew
