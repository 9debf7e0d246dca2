// The firmware and the protocol's client against each other, without a board: the firmware's C runs in a thread (firmware/tests/host_board.h).
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <host_board.h>
#include <messages.h>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <random>

#include "base/error.h"
#include "base/files.h"
#include "drivers/protocol_client.h"

namespace ew {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using std::chrono::milliseconds;
using Bytes = std::vector<uint8_t>;

constexpr int image = 48, vector_size = 5;

ProtocolRunner connect(HostBoard& board, const BulkFolder& bulk = {}) {
  return {link_on(board.take_port(), "Serial driver v1.0 - test:115200"), ProtocolLimits{}, "network", bulk};
}

Tensor int8_input(int64_t samples, int start) {
  Tensor tensor(Type{DType::int8, {samples, 4, 4, 3}, Quant{{0.5f}, {-3}, -1}});
  for (size_t i = 0; i < tensor.data.size(); i++) tensor.data[i] = static_cast<uint8_t>(start + static_cast<int>(i * 7));
  return tensor;
}

Tensor float_input(int64_t samples) {
  Tensor tensor(Type{DType::float32, {samples, vector_size}, {}});
  float value = -1.25f;
  for (float& element : tensor.as<float>()) element = value += 0.5f;
  return tensor;
}

// What the network of firmware/tests/hand computes.
void expect_outputs(const RunResult& result, const Tensor& a, const Tensor& b) {
  ASSERT_EQ(result.outputs.size(), 2u);
  EXPECT_EQ(result.outputs[0].type, a.type);
  EXPECT_EQ(result.outputs[1].type, b.type);
  for (size_t i = 0; i < a.data.size(); i++) EXPECT_EQ(result.outputs[0].as<int8_t>()[i], std::max<int8_t>(a.as<int8_t>()[i], -3)) << i;
  for (size_t i = 0; i < b.as<float>().size(); i++) EXPECT_EQ(result.outputs[1].as<float>()[i], 2 * b.as<float>()[i]) << i;
}

TEST(Firmware, TellsWhoItIs) {
  HostBoard board;
  ProtocolRunner runner = connect(board);
  const ModelDescription& info = runner.info();
  EXPECT_EQ(info.name, "network");
  EXPECT_EQ(info.hash, "0x00112233445566778899aabbccddeeff");
  EXPECT_EQ(info.nodes, 3);
  EXPECT_EQ(info.macc, 106);
  ASSERT_EQ(info.inputs.size(), 2u);
  EXPECT_EQ(info.inputs[0].name, "input_1");
  EXPECT_EQ(info.inputs[0].type, (Type{DType::int8, {1, 4, 4, 3}, Quant{{0.5f}, {-3}, -1}}));
  EXPECT_TRUE(info.inputs[0].in_activations);
  EXPECT_FALSE(info.outputs[1].in_activations);
  EXPECT_EQ(info.outputs[1].type, (Type{DType::float32, {1, vector_size}, {}}));
  EXPECT_THAT(info.activations, ElementsAre(96));
  EXPECT_THAT(info.weights, ElementsAre(8));
  EXPECT_EQ(info.protocol, "Proto-buffer driver v2.0 (msg v3.1) (Serial driver v1.0 - test:115200)");
  EXPECT_EQ(info.tools, "ST.AI (st-ai api) v2.2.0");
  EXPECT_THAT(info.runtime_library, HasSubstr("v10.2.0"));
  EXPECT_THAT(info.runtime_library, HasSubstr("(GCC)"));
  EXPECT_THAT(info.capabilities, ElementsAre("IO_ONLY", "PER_LAYER", "PER_LAYER_WITH_DATA", "SELF_TEST", "MEMORY_RW"));
  EXPECT_EQ(info.device.text, "stm32 family - 0x450 - STM32H743/53/50xx and STM32H745/55/47/57xx @480/240MHz");
  EXPECT_THAT(info.device.attributes, ElementsAre("fpu", "art_lat=4", "core_icache", "core_dcache"));
}

TEST(Firmware, RunsSamples) {
  HostBoard board;
  ProtocolRunner runner = connect(board);
  const Tensor a = int8_input(3, 5), b = float_input(3);
  int64_t told = 0;
  const RunResult result = runner.run({a, b}, {.progress = [&](int64_t done, int64_t all) { told += 10 * done + all; }});
  expect_outputs(result, a, b);
  EXPECT_TRUE(result.nodes.empty());
  EXPECT_EQ(result.unit, Unit::cycles);
  EXPECT_THAT(result.whole.counts, ElementsAre(0u, 0u, 0u));  // the empty stretch of the host's clock is subtracted
  EXPECT_EQ(result.whole.milliseconds.size(), 3u);
  EXPECT_EQ(result.stack_used, 480);
  EXPECT_EQ(result.heap_used, 0);
  EXPECT_EQ(told, 60 + 9);
}

TEST(Firmware, TellsAboutEachNode) {
  HostBoard board;
  ProtocolRunner runner = connect(board);
  const Tensor a = int8_input(2, -100), b = float_input(2);
  const RunResult result = runner.run({a, b}, {.per_layer = true});
  expect_outputs(result, a, b);
  ASSERT_EQ(result.nodes.size(), 3u);
  const NodeResult& sum = result.nodes[1];
  EXPECT_EQ(sum.c_id, 1);
  EXPECT_EQ(sum.m_id, 2);
  EXPECT_EQ(sum.layer_type, 0x119);
  EXPECT_EQ(sum.type_name, "Reduce");
  EXPECT_EQ(sum.name, "ai_node_1");
  EXPECT_EQ(sum.measured.counts.size(), 2u);
  ASSERT_EQ(sum.outputs.size(), 1u);
  EXPECT_EQ(sum.outputs[0].name, "sum");
  EXPECT_TRUE(sum.data.empty());
  EXPECT_EQ(result.nodes[2].outputs[0].name, "ai_tens_n_2_0");
}

void expect_node_data(const RunResult& result, const Tensor& a, const Tensor& b) {
  expect_outputs(result, a, b);
  ASSERT_EQ(result.nodes.size(), 3u);
  ASSERT_EQ(result.nodes[1].data.size(), 1u);
  const int64_t samples = a.type.shape[0];
  EXPECT_EQ(result.nodes[1].data[0].type, (Type{DType::int32, {samples, 1}, {}}));
  for (int64_t sample = 0; sample < samples; sample++) {
    int32_t sum = 0;
    for (int i = 0; i < image; i++) sum += a.as<int8_t>()[static_cast<size_t>(sample * image + i)];
    EXPECT_EQ(result.nodes[1].data[0].as<int32_t>()[static_cast<size_t>(sample)], sum);
  }
  EXPECT_EQ(result.nodes[0].data[0].data, result.outputs[0].data);
  EXPECT_EQ(result.nodes[2].data[0].data, result.outputs[1].data);
}

TEST(Firmware, SendsWhatEachNodeComputed) {
  HostBoard board;
  ProtocolRunner runner = connect(board);
  const Tensor a = int8_input(2, 3), b = float_input(2);
  expect_node_data(runner.run({a, b}, {.with_data = true}), a, b);
}

TEST(Firmware, LargePackets) {
  HostBoard board({.large_payload = 1000});
  ProtocolRunner runner = connect(board);
  const Tensor a = int8_input(2, 3), b = float_input(2);
  expect_node_data(runner.run({a, b}, {.with_data = true}), a, b);
}

TEST(Firmware, TakesAllSamplesFromAFile) {
  TemporaryFolder folder;
  HostBoard board({.instructions = true, .bulk = folder.path()});
  ProtocolRunner runner = connect(board, folder.path());
  EXPECT_EQ(runner.info().device.text, "virtual board - host (QEMU)");
  EXPECT_THAT(runner.info().device.extra, ElementsAre("virtual_board=host", "counter=instructions"));
  const Tensor a = int8_input(20, 3), b = float_input(20);
  int64_t told = 0;
  const RunResult result = runner.run({a, b}, {.with_data = true, .progress = [&](int64_t done, int64_t) { told = done; }});
  expect_node_data(result, a, b);
  EXPECT_EQ(result.unit, Unit::instructions);
  EXPECT_TRUE(result.whole.milliseconds.empty());
  EXPECT_EQ(told, 20);
}

TEST(Firmware, RefusesBulkWhereThereIsNoWay) {
  TemporaryFolder folder;
  HostBoard board;
  ProtocolRunner runner = connect(board, folder.path());
  EXPECT_THROW(runner.run({int8_input(1, 0), float_input(1)}, {}), Error);
}

TEST(Firmware, AFailingRunIsAnErrorAndTheNextOneWorks) {
  HostBoard board;
  ProtocolRunner runner = connect(board);
  Tensor forbidden = int8_input(1, 0);  // its sum is 1000
  std::ranges::fill(forbidden.data, uint8_t{0});
  for (int i = 0; i < 10; i++) forbidden.data[static_cast<size_t>(i)] = 100;
  try {
    runner.run({forbidden, float_input(1)}, {});
    FAIL() << "the failing run passed";
  } catch (const Error& error) {
    EXPECT_EQ(error.text(), "LOAD ERROR: E803(InvalidMsgError): receive 'ack' instead 'op' [10,131072]");
  }
  const Tensor a = int8_input(1, 3), b = float_input(1);
  expect_outputs(runner.run({a, b}, {}), a, b);
}

TEST(Firmware, InputsThatDoNotFitAreRefusedHere) {
  HostBoard board;
  ProtocolRunner runner = connect(board);
  EXPECT_THROW(runner.run({int8_input(1, 0)}, {}), Error);
  EXPECT_THROW(runner.run({float_input(1), int8_input(1, 0)}, {}), Error);
  EXPECT_THROW(runner.run({int8_input(1, 0), float_input(2)}, {}), Error);
}

TEST(Firmware, AnUnknownNetworkIsNamed) {
  HostBoard board;
  try {
    ProtocolRunner runner(link_on(board.take_port(), "test"), ProtocolLimits{}, "other");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), 805);
    EXPECT_THAT(error.text(), HasSubstr("it has: network"));
  }
}

TEST(Firmware, MemoryAndLinkTests) {
  HostBoard board;
  ProtocolRunner runner = connect(board);
  Bytes sent(3000);
  std::mt19937 random(1);
  for (uint8_t& byte : sent) byte = static_cast<uint8_t>(random());
  runner.write_memory(HostBoard::memory_address + 100, sent);
  EXPECT_EQ(Bytes(board.memory().begin() + 100, board.memory().begin() + 3100), sent);
  EXPECT_EQ(runner.read_memory(HostBoard::memory_address + 100, 3000), sent);
  EXPECT_EQ(runner.checksum(HostBoard::memory_address + 100, 3000), bsd_checksum(sent));
  EXPECT_THROW(runner.read_memory(HostBoard::memory_address + 4000, 1001), Error);
  EXPECT_THROW(runner.checksum(HostBoard::memory_address - 1, 1), Error);
  const Bytes some(sent.begin(), sent.begin() + 90);
  EXPECT_EQ(runner.echo(some), some);
  EXPECT_THROW(runner.echo(Bytes(60000)), Error);
  const Tensor a = int8_input(1, 3), b = float_input(1);
  expect_outputs(runner.run({a, b}, {}), a, b);  // the network was made ready again
}

TEST(Checksum, IsThatOfTheSpecification) {
  const std::string digits = "123456789";
  EXPECT_EQ(bsd_checksum({reinterpret_cast<const uint8_t*>(digits.data()), digits.size()}), 53615);
}

// --- bytes --------------------------------------------------------------------------------------------------------------------

Bytes hex(std::string_view text) {
  Bytes bytes;
  for (size_t i = 0; i + 1 < text.size(); i += 3) bytes.push_back(static_cast<uint8_t>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16)));
  return bytes;
}

Bytes padded(std::string_view text, size_t size) {
  Bytes bytes = hex(text);
  bytes.resize(size);
  return bytes;
}

class RawPort {
 public:
  explicit RawPort(HostBoard& board) : descriptor_(board.take_port()) {}
  ~RawPort() { close(descriptor_); }
  RawPort(const RawPort&) = delete;
  RawPort& operator=(const RawPort&) = delete;
  void send(const Bytes& bytes) const { ASSERT_EQ(write(descriptor_, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size())); }
  Bytes receive(size_t size, int wait_ms = 3000) const {
    Bytes bytes;
    pollfd entry{descriptor_, POLLIN, 0};
    while (bytes.size() < size && poll(&entry, 1, wait_ms) > 0) {
      Bytes piece(size - bytes.size());
      const ssize_t got = read(descriptor_, piece.data(), piece.size());
      if (got <= 0) break;
      bytes.insert(bytes.end(), piece.begin(), piece.begin() + got);
    }
    return bytes;
  }

 private:
  int descriptor_;
};

void put_bytes(void* context, const void* data, size_t bytes) {
  const auto* first = static_cast<const uint8_t*>(data);
  static_cast<Bytes*>(context)->insert(static_cast<Bytes*>(context)->end(), first, first + bytes);
}

constexpr std::string_view sync_request = "0b 0a 08 01 10 00 18 00 22 00 28 00";
constexpr std::string_view sync_answer = "08 01 10 00 52 0a 08 81 06 20 89 01 28 81 82 04";  // as the example, with our capabilities

TEST(FirmwareMessages, AreTheBytesOfTheExamples) {
  const sync_message sync{0x0301, 1, 0x010101};
  const ack_message ack{0, 0};
  const response answers[] = {{1, STATE_IDLE, PAYLOAD_SYNC, encode_sync, &sync}, {5, STATE_WAITING, PAYLOAD_ACK, encode_ack, &ack}};
  const std::string_view expected[] = {"08 01 10 00 52 09 08 81 06 20 01 28 81 82 04", "08 05 10 01 62 04 08 00 10 00"};
  for (int i = 0; i < 2; i++) {
    Bytes bytes;
    wire_writer writer{put_bytes, &bytes, 0};
    encode_response(&writer, &answers[i]);
    EXPECT_EQ(bytes, hex(expected[i]));
    EXPECT_EQ(writer.size, bytes.size());
  }
}

TEST(FirmwareMessages, NegativeNumbersTakeTenBytes) {
  Bytes bytes;
  wire_writer writer{put_bytes, &bytes, 0};
  wire_int32(&writer, 7, -3);
  EXPECT_EQ(bytes, hex("38 fd ff ff ff ff ff ff ff ff 01"));
}

TEST(FirmwareLink, TwoHeaderBytes) {
  HostBoard board;
  RawPort port(board);
  Bytes request = hex("00");
  const Bytes rest = padded(sync_request, 33);
  request.insert(request.end(), rest.begin(), rest.end());
  port.send(request);
  Bytes expected = hex("80 10");
  const Bytes message = padded(sync_answer, 32);
  expected.insert(expected.end(), message.begin(), message.end());
  EXPECT_EQ(port.receive(34), expected);
}

TEST(FirmwareLink, OneHeaderByteForOlderClients) {
  HostBoard board;
  RawPort port(board);
  port.send(padded(sync_request, 33));
  Bytes expected = hex("90");
  const Bytes message = padded(sync_answer, 32);
  expected.insert(expected.end(), message.begin(), message.end());
  EXPECT_EQ(port.receive(33), expected);
}

// The run of the example, one header byte; the input of 48 bytes takes two packets with one byte in between.
TEST(FirmwareLink, OlderClientsRunToo) {
  HostBoard board;
  RawPort port(board);
  port.send(padded("12 11 08 05 10 0b 18 01 22 07 6e 65 74 77 6f 72 6b 28 01", 33));
  EXPECT_EQ(port.receive(33), padded("8a 08 05 10 01 62 04 08 00 10 00", 33));
  port.send(padded("20 38 08 00 10 30 18 00 22 30", 33));
  EXPECT_EQ(port.receive(1), hex("aa"));
  port.send(padded("19", 33));
  EXPECT_EQ(port.receive(33), padded("8a 08 05 10 01 62 04 08 00 10 00", 33));  // WAITING for the second input
}

TEST(FirmwareLink, UnknownCommandsAreRefused) {
  HostBoard board;
  RawPort port(board);
  port.send(padded("00 0c 0b 08 07 10 c8 01 18 00 22 00 28 00", 34));
  EXPECT_EQ(port.receive(34), padded("80 0a 08 07 10 04 62 04 08 00 10 04", 34));
}

TEST(FirmwareLink, NetworksPastTheLastAreRefused) {
  HostBoard board;
  RawPort port(board);
  port.send(padded("00 0b 0a 08 03 10 0a 18 01 22 00 28 00", 34));
  EXPECT_EQ(port.receive(34), padded("80 0a 08 03 10 04 62 04 08 00 10 04", 34));
}

TEST(FirmwareLink, AWrongInputSizeIsRefused) {
  HostBoard board;
  RawPort port(board);
  port.send(padded("00 12 11 08 05 10 0b 18 01 22 07 6e 65 74 77 6f 72 6b 28 01", 34));
  port.receive(34);
  port.send(padded("00 0a 09 08 00 10 01 18 00 22 01 07", 34));  // one byte
  EXPECT_EQ(port.receive(34), padded("80 0a 08 05 10 04 62 04 08 30 10 01", 34));  // INVALID_SIZE, 48 wanted
}

// Whatever came before, after a pause a SYNC is answered.
TEST(FirmwareLink, RecoversFromGarbage) {
  HostBoard board;
  RawPort port(board);
  const std::string_view garbage[] = {
      "00",                                              // a cut packet
      "00 40 01 02 03",                                  // more than a packet holds
      "00 20 ff ff ff ff ff ff ff ff ff",                // a size without end
      "00 20 ff ff ff ff 0f 08 01 10 00 18 00 22 00",    // a message of 4 GB
      "00 0b 0a ff ff ff ff ff ff ff ff ff ff",          // a tag without end
      "00 0b 0a 22 ff ff ff ff 0f",                      // a text longer than the message
      "00 0b 0a 07 08 09 0a 0b 0c",                      // wire types that do not exist
      "ff ff ff ff", "21 21 21"};
  for (const std::string_view bytes : garbage) {
    port.send(hex(bytes));
    usleep(200 * 1000);
    port.receive(100, 0);
    port.send(padded("00 0b 0a 08 01 10 00 18 00 22 00 28 00", 34));
    const Bytes answer = port.receive(34);
    ASSERT_GE(answer.size(), 18u) << bytes;
    EXPECT_EQ(Bytes(answer.begin() + 2, answer.begin() + 18), hex(sync_answer)) << bytes;
  }
}

TEST(FirmwareLink, AClientThatLeftWithLargePacketsStartsAgainWithSmallOnes) {
  HostBoard board({.large_payload = 1000});
  RawPort port(board);
  const Bytes sync = padded("00 0b 0a 08 01 10 00 18 00 22 00 28 00", 34);
  port.send(sync);
  port.receive(34);
  port.send(padded("00 0b 0a 08 02 10 01 18 00 22 00 28 00", 34));
  EXPECT_EQ(port.receive(34).size(), 34u);
  port.send(sync);
  EXPECT_EQ(port.receive(34).size(), 34u);
}

TEST(FirmwareLink, SyncInPlaceOfAnInputStartsAgain) {
  HostBoard board;
  RawPort port(board);
  port.send(padded("00 12 11 08 05 10 0b 18 01 22 07 6e 65 74 77 6f 72 6b 28 01", 34));
  port.receive(34);
  port.send(padded("00 0b 0a 08 01 10 00 18 00 22 00 28 00", 34));
  const Bytes answer = port.receive(34);
  ASSERT_EQ(answer.size(), 34u);
  EXPECT_EQ(answer[6], 0x52);
}

TEST(FirmwareLink, RandomPacketsDoNoHarm) {
  HostBoard board;
  RawPort port(board);
  std::mt19937 random(7);
  for (int i = 0; i < 300; i++) {
    Bytes packet(34);
    for (uint8_t& byte : packet) byte = static_cast<uint8_t>(random());
    packet[0] = 0;
    packet[1] = static_cast<uint8_t>(1 + random() % 32);
    packet[2] = static_cast<uint8_t>(packet[1] - 1);  // a message that fits
    packet[3] = 0x08;                                 // and begins like one
    packet[5] = 0x10;
    packet[6] = static_cast<uint8_t>(random() % 24);
    port.send(packet);
    port.receive(4096, 1);
  }
  usleep(200 * 1000);
  port.receive(100000, 10);
}

}  // namespace
}  // namespace ew
