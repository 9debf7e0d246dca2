// The text after -d, and virtual boards from end to end: the firmware is built, QEMU runs it, the network written by hand answers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <poll.h>
#include <unistd.h>

#include <algorithm>

#include "base/error.h"
#include "base/files.h"
#include "base/process.h"
#include "drivers/board.h"
#include "drivers/desc.h"
#include "drivers/firmware_build.h"
#include "drivers/serial.h"

namespace ew {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

TEST(BoardDesc, Serial) {
  EXPECT_EQ(parse_desc("").kind, BoardDesc::Kind::serial);
  EXPECT_EQ(parse_desc("").baud, 115200);
  EXPECT_EQ(parse_desc("921600").baud, 921600);
  EXPECT_EQ(parse_desc(" Serial:/dev/ttyACM0:921600 ").port, "/dev/ttyACM0");
  EXPECT_EQ(parse_desc("serial:/dev/ttyACM0:921600").baud, 921600);
  EXPECT_EQ(parse_desc("serial:460800:/dev/ttyUSB1").port, "/dev/ttyUSB1");
  EXPECT_EQ(parse_desc("serial:COM4").port, "COM4");
  EXPECT_EQ(parse_desc("default:115200").port, "");
  EXPECT_EQ(parse_desc(":460800").baud, 460800);
}

TEST(BoardDesc, Qemu) {
  EXPECT_EQ(parse_desc("qemu").kind, BoardDesc::Kind::qemu);
  EXPECT_EQ(parse_desc("qemu").machine, "");
  EXPECT_EQ(parse_desc("QEMU:mps2-an386:link").machine, "mps2-an386");
  EXPECT_TRUE(parse_desc("qemu:mps2-an386:link").over_link);
}

TEST(BoardDesc, Others) {
  EXPECT_THROW(parse_desc("socket:localhost:5000"), Error);
  try {
    parse_desc("bluetooth:1");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.text(), HasSubstr("invalid/unsupported \"bluetooth:1\" descriptor"));
  }
}

TEST(Serial, MissingPortsAreNamed) {
  try {
    open_serial("/dev/no_such_port", 115200);
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.text(), HasSubstr("/dev/no_such_port"));
  }
  EXPECT_THROW(open_serial("/dev/null", 115200), Error);
  EXPECT_THROW(open_serial("/dev/null", 12345), Error);
}

fs::path hand_network() { return fs::path(EDGEWRIGHT_SOURCE_DIR) / "firmware/tests/hand"; }

bool tools_missing() { return !find_program("arm-none-eabi-gcc") || !find_program("qemu-system-arm"); }
#define NEEDS_VIRTUAL_BOARD() \
  if (tools_missing()) GTEST_SKIP() << "needs arm-none-eabi-gcc and qemu-system-arm"

void expect_good_run(Runner& runner, int64_t samples, const RunOptions& options) {
  Tensor image(Type{DType::int8, {samples, 4, 4, 3}, {}}), vector(Type{DType::float32, {samples, 5}, {}});
  for (size_t i = 0; i < image.data.size(); i++) image.data[i] = static_cast<uint8_t>(i * 11);
  for (size_t i = 0; i < vector.as<float>().size(); i++) vector.as<float>()[i] = 0.5f * static_cast<float>(i);
  const RunResult result = runner.run({image, vector}, options);
  ASSERT_EQ(result.outputs.size(), 2u);
  for (size_t i = 0; i < image.data.size(); i++) ASSERT_EQ(result.outputs[0].as<int8_t>()[i], std::max<int8_t>(image.as<int8_t>()[i], -3)) << i;
  for (size_t i = 0; i < vector.as<float>().size(); i++) ASSERT_EQ(result.outputs[1].as<float>()[i], static_cast<float>(i)) << i;
  EXPECT_EQ(result.unit, Unit::instructions);
  EXPECT_EQ(static_cast<int64_t>(result.whole.counts.size()), samples);
  EXPECT_GT(result.stack_used, 0);
  EXPECT_LT(result.stack_used, 1024);
  EXPECT_EQ(result.heap_used, 0);
  EXPECT_EQ(result.nodes.size(), options.per_layer ? 3u : 0u);
  double sum = 0;
  for (const NodeResult& node : result.nodes) {
    EXPECT_GE(mean(node.measured.counts), 5 * 2) << node.c_id;  // at least a load and a store for each of 5 elements
    EXPECT_LE(mean(node.measured.counts), 48 * 20) << node.c_id;
    sum += mean(node.measured.counts);
  }
  EXPECT_GE(mean(result.whole.counts), std::max(sum, 3 * 48.0));
  if (!options.per_layer) return;
  EXPECT_LE(mean(result.whole.counts), sum + 300);
}

class VirtualBoard : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(VirtualBoard, RunsTheNetwork) {
  NEEDS_VIRTUAL_BOARD();
  TemporaryFolder workspace;
  const auto [series, machine] = GetParam();
  const auto runner = connect_board({"qemu", &find_target(series), "network", workspace.path(), hand_network});
  EXPECT_EQ(runner->info().device.text, std::string("virtual board - ") + machine + " (QEMU)");
  expect_good_run(*runner, 10, {.per_layer = true, .progress = {}});
  expect_good_run(*runner, 3, {});
}

INSTANTIATE_TEST_SUITE_P(Cores, VirtualBoard,
                         testing::Values(std::pair("stm32f0", "microbit"), std::pair("stm32f1", "mps2-an385"), std::pair("stm32f4", "mps2-an386"),
                                         std::pair("stm32h7", "mps2-an500"), std::pair("stm32u5", "mps2-an505"), std::pair("stm32n6", "mps3-an547")));

TEST(VirtualBoards, OverTheSerialPort) {
  NEEDS_VIRTUAL_BOARD();
  TemporaryFolder workspace;
  const auto runner = connect_board({"qemu:mps2-an386:link", &find_target("stm32f4"), "network", workspace.path(), hand_network});
  expect_good_run(*runner, 3, {.per_layer = true, .with_data = true, .progress = {}});
}

// The name of the pseudo-terminal that QEMU made: "char device redirected to /dev/pts/3 (label serial0)".
std::string pseudo_terminal(const ChildProcess& qemu) {
  std::string text;
  pollfd entry{qemu.out(), POLLIN, 0};
  char buffer[256];
  while (text.find("(label") == std::string::npos && poll(&entry, 1, 20000) > 0) {
    const ssize_t got = read(qemu.out(), buffer, sizeof buffer);
    if (got <= 0) break;
    text.append(buffer, static_cast<size_t>(got));
  }
  const size_t begin = text.find("/dev/pts/");
  return begin == std::string::npos ? "" : text.substr(begin, text.find(' ', begin) - begin);
}

TEST(VirtualBoards, OverAPseudoTerminalLikeARealBoard) {
  NEEDS_VIRTUAL_BOARD();
  TemporaryFolder workspace;
  const Target& target = find_target("stm32f4");
  const Firmware firmware = build_firmware({&target, "mps2-an386", hand_network(), "network", workspace.path()});
  ChildProcess qemu({"qemu-system-arm", "-M", firmware.machine, "-nographic", "-monitor", "none", "-serial", "pty", "-semihosting-config", "enable=on,target=native",
                     "-icount", "shift=7,sleep=off", "-kernel", firmware.elf.string()});
  const std::string port = pseudo_terminal(qemu);
  ASSERT_NE(port, "");
  const auto runner = connect_board({"serial:" + port, &target, "network", workspace.path(), {}});
  EXPECT_THAT(runner->info().protocol, HasSubstr("Serial driver v1.0 - " + port + ":115200"));
  expect_good_run(*runner, 3, {.per_layer = true, .with_data = true, .progress = {}});
}

TEST(VirtualBoards, WrongMachines) {
  NEEDS_VIRTUAL_BOARD();
  TemporaryFolder workspace;
  const auto error_of = [&](const char* desc, const char* series) -> std::string {
    try {
      connect_board({desc, &find_target(series), "network", workspace.path(), hand_network});
      return "";
    } catch (const Error& error) {
      return error.text();
    }
  };
  EXPECT_THAT(error_of("qemu:pc", "stm32f4"), HasSubstr("this machine is not known; for the cortex-m4 there is mps2-an386"));
  EXPECT_THAT(error_of("qemu:mps2-an385", "stm32f4"), HasSubstr("does not run code for the cortex-m4"));
  EXPECT_THAT(error_of("qemu", "stellar-pg-r52"), HasSubstr("QEMU has no machine with a cortex-r52"));
}

}  // namespace
}  // namespace ew
