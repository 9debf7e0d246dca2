// The protocol's client against a scripted peer that breaks the rules.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include "base/error.h"
#include "drivers/packets.h"
#include "drivers/protocol_client.h"
#include "drivers/protocol_types.h"

namespace ew {
namespace {

using testing::HasSubstr;
using std::chrono::milliseconds;

constexpr size_t packet_size = 34;
constexpr ProtocolLimits limits{milliseconds(300), milliseconds(300), milliseconds(300), milliseconds(300), milliseconds(300), milliseconds(300)};

// The messages as a board cuts them.
std::string in_packets(const std::string& message) {
  std::string bytes;
  for (size_t done = 0; done < message.size();) {
    const size_t piece = std::min<size_t>(32, message.size() - done);
    std::string packet(packet_size, '\0');
    packet[0] = static_cast<char>(done + piece == message.size() ? 0x80 : 0);
    packet[1] = static_cast<char>(piece);
    message.copy(packet.data() + 2, piece, done);
    bytes += packet;
    done += piece;
  }
  return bytes;
}

// Answers the n-th packet it gets with the n-th text of bytes (any bytes: none, whole messages, halves), then with nothing.
class ScriptedBoard {
 public:
  explicit ScriptedBoard(std::vector<std::string> answers) : answers_(std::move(answers)) {
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends_) != 0) std::abort();
    thread_ = std::thread([this] { serve(); });
  }
  ~ScriptedBoard() {
    shutdown(ends_[0], SHUT_RDWR);
    thread_.join();
    close(ends_[0]);
  }
  ScriptedBoard(const ScriptedBoard&) = delete;
  ScriptedBoard& operator=(const ScriptedBoard&) = delete;
  std::unique_ptr<Link> link() { return link_on(ends_[1], "test"); }
  static constexpr std::string_view hang_up = "hang up";

 private:
  void serve() {
    for (const std::string& answer : answers_) {
      size_t got = 0;
      char packet[packet_size];
      while (got < packet_size) {
        const ssize_t piece = read(ends_[0], packet + got, packet_size - got);
        if (piece <= 0) return;
        got += static_cast<size_t>(piece);
      }
      if (answer == hang_up) {
        shutdown(ends_[0], SHUT_RDWR);
        return;
      }
      if (send(ends_[0], answer.data(), answer.size(), MSG_NOSIGNAL) < 0) return;
    }
  }
  int ends_[2] = {-1, -1};
  std::vector<std::string> answers_;
  std::thread thread_;
};

std::string bytes_of(const wire::Response& response) { return in_packets(response.SerializeAsString()); }

wire::Response response(uint32_t request_id, uint32_t state) {
  wire::Response result;
  result.set_request_id(request_id);
  result.set_state(state);
  return result;
}

wire::Response ack(uint32_t request_id, uint32_t state, uint32_t param = 0, uint32_t error = 0) {
  wire::Response result = response(request_id, state);
  result.mutable_ack()->set_param(param);
  result.mutable_ack()->set_error(error);
  return result;
}

wire::Response sync(uint32_t version = 0x0301) {
  wire::Response result = response(1, wire::IDLE);
  result.mutable_sync()->set_version(version);
  result.mutable_sync()->set_capability(1);
  return result;
}

wire::Response system_info(uint32_t large = 0) {
  wire::Response result = response(2, wire::IDLE);
  result.mutable_system_info()->set_large_payload(large);
  return result;
}

void describe(wire::TensorDescription& tensor, std::vector<uint32_t> shape) {
  constexpr uint32_t format_u8 = 0x40440, st_ai_with_batch = 68u << 24;
  uint32_t size = 1;
  for (uint32_t dimension : shape) {
    tensor.add_dimensions(dimension);
    size *= dimension;
  }
  tensor.set_format(format_u8);
  tensor.set_size(size);
  tensor.set_shape_format(st_ai_with_batch | static_cast<uint32_t>(shape.size()));
}

wire::Response model() {
  wire::Response result = response(3, wire::IDLE);
  result.mutable_model()->set_name("network");
  describe(*result.mutable_model()->add_inputs(), {1, 2});
  describe(*result.mutable_model()->add_outputs(), {1, 3});
  return result;
}

wire::Response output(uint32_t state, const std::string& data, uint32_t flags) {
  wire::Response result = response(4, state);
  describe(*result.mutable_tensor()->mutable_description(), {1, 3});
  result.mutable_tensor()->mutable_description()->set_flags(flags);
  result.mutable_tensor()->mutable_data()->set_data(data);
  return result;
}

wire::Response operation(uint32_t flags) {
  wire::Response result = response(4, wire::PROCESSING);
  result.mutable_operator_()->set_type(flags << 24 | 0x103);
  result.mutable_operator_()->add_counters(5);
  result.mutable_operator_()->add_counters(1);
  return result;
}

// The error of connecting to a board with these answers and running one sample; "" when it works.
std::string error_of(std::vector<std::string> answers, const RunOptions& options = {}) {
  ScriptedBoard board(std::move(answers));
  try {
    ProtocolRunner runner(board.link(), limits, "network");
    Tensor input(Type{DType::uint8, {1, 2}, {}});
    const RunResult result = runner.run({input}, options);
    EXPECT_EQ(result.outputs.at(0).data, (std::vector<uint8_t>{'a', 'b', 'c'}));
    EXPECT_EQ(result.whole.counts.at(0), 5 + (uint64_t{1} << 32));
    return "";
  } catch (const Error& error) {
    return error.text();
  }
}

// The packets of a connection and one run: SYNC, SYS_INFO, NETWORK_INFO, NETWORK_RUN, the input, its acknowledgement.
std::vector<std::string> good_answers() {
  return {bytes_of(sync()), bytes_of(system_info()), bytes_of(model()), bytes_of(ack(4, wire::WAITING)), bytes_of(ack(4, wire::PROCESSING)),
          bytes_of(operation(0)) + bytes_of(output(wire::DONE, "abc", wire::TENSOR_LAST))};
}

std::string error_with(size_t step, const std::string& answer, const RunOptions& options = {}) {
  std::vector<std::string> answers = good_answers();
  answers.at(step) = answer;
  return error_of(answers, options);
}

TEST(ProtocolClient, AGoodBoardIsUnderstood) { EXPECT_EQ(error_of(good_answers()), ""); }

TEST(ProtocolClient, SilenceIsATimeOut) {
  EXPECT_THAT(error_of({}), HasSubstr("E801(HwIOError): read timeout"));
  EXPECT_THAT(error_with(2, ""), HasSubstr("/300ms"));
  EXPECT_THAT(error_with(5, bytes_of(operation(0))), HasSubstr("read timeout"));
  EXPECT_THAT(error_with(1, bytes_of(system_info()).substr(0, 20)), HasSubstr("read timeout"));
}

TEST(ProtocolClient, WrongVersion) {
  EXPECT_THAT(error_with(0, bytes_of(sync(0x0302))), HasSubstr("E801(HwIOError): COM Protocol is not supported: 3.2, expected 3.1"));
  EXPECT_THAT(error_with(0, bytes_of(sync(0x0201))), HasSubstr("2.1, expected 3.1"));
}

TEST(ProtocolClient, WrongSequence) {
  EXPECT_THAT(error_with(3, bytes_of(ack(9, wire::WAITING))), HasSubstr("E803(InvalidMsgError): SeqID is not valid - 9 instead 4"));
}

TEST(ProtocolClient, WrongPayload) {
  EXPECT_THAT(error_with(5, bytes_of(ack(4, wire::ERROR, 7, 10))), HasSubstr("E803(InvalidMsgError): receive 'ack' instead 'op' [10,7]"));
  EXPECT_THAT(error_with(0, bytes_of(ack(1, wire::IDLE))), HasSubstr("receive 'ack' instead 'sync'"));
  EXPECT_THAT(error_with(1, bytes_of(response(2, wire::IDLE))), HasSubstr("receive 'none' instead 'sinfo'"));
}

TEST(ProtocolClient, WrongState) {
  EXPECT_THAT(error_with(3, bytes_of(ack(4, wire::ERROR))), HasSubstr("E801(HwIOError): Invalid state: 4 instead 1"));
}

TEST(ProtocolClient, NetworksThatAreNotThere) {
  EXPECT_THAT(error_with(2, bytes_of(ack(3, wire::ERROR, 0, 10))), HasSubstr("E805(InvalidModelError): Model for 0 is not initialized"));
  EXPECT_THAT(error_with(2, bytes_of(ack(3, wire::ERROR, 0, 4))), HasSubstr("it has: none"));
}

TEST(ProtocolClient, WrongOutputs) {
  EXPECT_THAT(error_with(5, bytes_of(operation(0)) + bytes_of(output(wire::DONE, "abc", 0))), HasSubstr("Number of received output tensor is not valid"));
  EXPECT_THAT(error_with(5, bytes_of(operation(0)) + bytes_of(output(wire::DONE, "ab", wire::TENSOR_LAST))), HasSubstr("2 bytes of tensor"));
}

TEST(ProtocolClient, ContradictoryDescriptions) {
  wire::Response wrong = model();
  wrong.mutable_model()->mutable_inputs(0)->set_size(100);
  EXPECT_THAT(error_with(2, bytes_of(wrong)), HasSubstr("Received TensorDesc is not consistent"));
  wrong = model();
  wrong.mutable_model()->mutable_inputs(0)->set_dimensions(1, 0xFFFFFFFF);
  EXPECT_THAT(error_with(2, bytes_of(wrong)), HasSubstr("too large"));
  wrong = model();
  for (int i = 0; i < 100; i++) wrong.mutable_model()->mutable_inputs(0)->add_dimensions(1);
  EXPECT_THAT(error_with(2, bytes_of(wrong)), HasSubstr("too many dimensions"));
  wrong = model();
  wrong.mutable_model()->mutable_inputs(0)->set_format(0x40);
  EXPECT_THAT(error_with(2, bytes_of(wrong)), HasSubstr("NOT IMPLEMENTED"));
}

TEST(ProtocolClient, BytesThatAreNoMessage) {
  EXPECT_THAT(error_with(0, in_packets("\xff\xff\xff\xff")), HasSubstr("4 bytes that are no message"));
  std::string impossible(packet_size, '\0');
  impossible[0] = static_cast<char>(0x80);
  impossible[1] = 33;
  EXPECT_THAT(error_with(0, impossible), HasSubstr("claims to hold 33"));
  EXPECT_THAT(error_with(1, bytes_of(system_info(7))), HasSubstr("packets of 7 bytes"));
}

TEST(ProtocolClient, HangingUp) { EXPECT_THAT(error_with(4, std::string(ScriptedBoard::hang_up)), HasSubstr("the board is gone")); }

TEST(ProtocolClient, PerLayerWithoutNodesAndNodesWithoutEnd) {
  EXPECT_THAT(error_with(5, good_answers()[5], {.per_layer = true, .progress = {}}), HasSubstr("0 nodes"));
  wire::Response tensor = output(wire::PROCESSING, "", wire::TENSOR_NO_DATA);  // no LAST: another tensor is due
  EXPECT_THAT(error_with(5, bytes_of(operation(wire::OPERATOR_INTERNAL)) + bytes_of(tensor) + good_answers()[5], {.per_layer = true, .progress = {}}),
              HasSubstr("receive 'op' instead 'tensor'"));
}

TEST(ProtocolClient, LogsAreAcknowledgedAndConfigurationIsKept) {
  wire::Response log = response(3, wire::PROCESSING);
  log.mutable_log()->set_level(1);
  log.mutable_log()->set_text("s:config:npu_freq:1000000000");
  ScriptedBoard board({bytes_of(sync()), bytes_of(system_info()), bytes_of(log), bytes_of(model())});
  ProtocolRunner runner(board.link(), limits, "network");
  EXPECT_EQ(runner.info().device.extra, (std::vector<std::string>{"npu_freq=1000000000"}));
}

// Section 10 of the specification: an input of 160 bytes is 6 packets, a byte from the board between each two.
TEST(Packets, CutsMessagesAsTheExamplesDo) {
  int ends[2];
  ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
  std::string received;
  std::thread peer([&] {
    char packet[packet_size];
    for (int i = 0; i < 6; i++) {
      ASSERT_EQ(recv(ends[0], packet, packet_size, MSG_WAITALL), static_cast<ssize_t>(packet_size));
      received.append(packet, packet_size);
      if (i == 5) break;
      ASSERT_EQ(write(ends[0], "\xaa", 1), 1);
    }
  });
  const auto link = link_on(ends[1], "test");
  Packets packets(*link);
  wire::Data data;
  data.set_type(0);
  data.set_size(160);
  data.set_address(0);
  data.set_data(std::string(160, 'x'));
  packets.send(data.SerializeAsString());
  peer.join();
  close(ends[0]);
  const std::string first("\x00\x20\xaa\x01\x08\x00\x10\xa0\x01\x18\x00\x22\xa0\x01", 14);
  EXPECT_EQ(received.substr(0, first.size()), first);
  for (size_t i = 0; i < 6; i++) EXPECT_EQ(received[i * packet_size + 1], i < 5 ? 0x20 : 0x0c);
}

TEST(Shapes, AreReadInEveryFormat) {
  struct Case { uint32_t format; std::vector<uint32_t> sent; Shape shape; };
  const Case cases[] = {{1, {7}, {1, 1, 1, 7}}, {1, {1, 3, 5, 4}, {1, 4, 5, 3}}, {2, {1, 9}, {1, 1, 1, 9}}, {2, {1, 4, 5, 3}, {1, 4, 5, 3}},
                        {3, {1, 4, 5, 3}, {1, 3, 4, 5}}, {68, {1, 6, 2}, {1, 6, 2}}, {4, {6, 2}, {1, 6, 2}}, {68, {2, 6}, {1, 2, 6}}, {5, {96}, {96}}};
  for (const Case& row : cases) {
    wire::TensorDescription tensor;
    describe(tensor, row.sent);
    tensor.set_shape_format(row.format << 24);
    EXPECT_EQ(tensor_type(tensor).shape, row.shape) << row.format;
  }
}

}  // namespace
}  // namespace ew
