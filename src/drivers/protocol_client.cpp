#include "drivers/protocol_client.h"

#include <algorithm>
#include <cstring>
#include <fstream>

#include "base/error.h"
#include "base/files.h"
#include "drivers/packets.h"
#include "drivers/run_collector.h"
#include "drivers/protocol_types.h"

namespace ew {
namespace {

using std::chrono::milliseconds;
using wire::Payload;

wire::Response parse(const std::string& bytes) {
  wire::Response response;
  if (!response.ParsePartialFromString(bytes)) throw invalid_message(fmt::format("the board sent {} bytes that are no message", bytes.size()));
  return response;
}

}  // namespace

// One connection: requests are numbered from 1.
struct ProtocolRunner::Session {
  Session(std::unique_ptr<Link> the_link, const ProtocolLimits& the_limits) : link(std::move(the_link)), packets(*link), limits(the_limits) {}

  std::unique_ptr<Link> link;
  Packets packets;
  ProtocolLimits limits;
  uint32_t request_id = 0;
  std::vector<std::string> config;  // "key:value" lines logged by the board
  bool instructions = false;        // what its counters count

  void request(uint32_t command, uint32_t param = 0, const std::string& name = "", uint32_t option = 0) {
    wire::Request message;
    message.set_request_id(++request_id);
    message.set_command(command);
    message.set_param(param);
    message.set_name(name);
    message.set_option(option);
    packets.send(message.SerializeAsString());
  }

  void acknowledge() {
    wire::Ack ack;
    ack.set_param(0);
    ack.set_error(wire::NO_ERROR);
    packets.send(ack.SerializeAsString());
  }

  void send_data(std::string_view bytes, uint32_t address = 0) {
    wire::Data data;
    data.set_type(0);
    data.set_size(static_cast<uint32_t>(bytes.size()));
    data.set_address(address);
    data.set_data(std::string(bytes));
    packets.send(data.SerializeAsString());
  }

  // The next answer that is no log line. Logs are acknowledged; "s:config:<key>:<value>" ones are kept.
  wire::Response receive(milliseconds limit) {
    static constexpr int log_limit = 100000;
    for (int i = 0; i < log_limit; i++) {
      wire::Response response = parse(packets.receive(limit));
      if (response.request_id() != request_id)
        throw invalid_message(fmt::format("SeqID is not valid - {} instead {}", response.request_id(), request_id));
      if (!response.has_log()) return response;
      static constexpr std::string_view prefix = "s:config:";
      const std::string& text = response.log().text();
      if (text.starts_with(prefix) && config.size() < 100) config.push_back(text.substr(prefix.size()));
      acknowledge();
    }
    throw invalid_message("the board logs without end");
  }

  wire::Response receive(milliseconds limit, Payload payload, std::initializer_list<uint32_t> states) {
    wire::Response response = receive(limit);
    check_payload(response, payload);
    if (std::ranges::find(states, response.state()) == states.end()) check_state(response, *states.begin());
    return response;
  }
};

// A board may hold several networks: the one called `name`, or the first.
static wire::Model find_model(const std::function<wire::Response(uint32_t)>& ask, const std::string& name) {
  static constexpr uint32_t model_limit = 1000;
  std::string names;
  for (uint32_t index = 0; index < model_limit; index++) {
    wire::Response response = ask(index);
    if (response.has_ack() && response.ack().error() == wire::GENERIC)
      throw Error(Category::load, 805, "InvalidModelError", fmt::format("Model for {} is not initialized: the network refuses its memory", index));
    if (response.has_ack()) break;
    check_payload(response, Payload::kModel);
    if (name.empty() || response.model().name() == name) return response.model();
    names += (names.empty() ? "" : ", ") + response.model().name();
  }
  throw Error(Category::load, 805, "InvalidModelError", fmt::format("the board has no network '{}' (it has: {})", name, names.empty() ? "none" : names));
}

ProtocolRunner::ProtocolRunner(std::unique_ptr<Link> link, const ProtocolLimits& limits, std::string model, BulkFolder bulk)
    : session_(std::make_unique<Session>(std::move(link), limits)), bulk_(std::move(bulk)) {
  Session& session = *session_;
  session.request(wire::SYNC);
  const wire::Sync sync = session.receive(limits.sync, Payload::kSync, {wire::IDLE}).sync();
  if (sync.version() >> 8 != 3 || (sync.version() & 255) > 1)
    throw connection_error(fmt::format("COM Protocol is not supported: {}.{}, expected 3.1", sync.version() >> 8, sync.version() & 255));
  session.request(wire::SYS_INFO);
  const wire::SystemInfo system = session.receive(limits.sync, Payload::kSystemInfo, {wire::IDLE}).system_info();
  if (system.large_payload() > 0x7FFF || (system.large_payload() > 0 && system.large_payload() < Packets::default_payload))
    throw connection_error(fmt::format("the board asks for packets of {} bytes", system.large_payload()));
  if (system.large_payload() != 0) session.packets.set_payload(system.large_payload());
  const wire::Model found = find_model(
      [&](uint32_t index) {
        session.config.clear();
        session.request(wire::NETWORK_INFO, index);
        return session.receive(limits.info);
      },
      model);
  session.instructions = std::ranges::find(session.config, "counter:instructions") != session.config.end();
  description_ = model_description(sync, system, found, session.config, session.link->name());
}

ProtocolRunner::~ProtocolRunner() = default;

const ModelDescription& ProtocolRunner::info() { return description_; }

namespace {

std::string_view sample_bytes(const Tensor& input, int64_t samples, int64_t sample) {
  const size_t size = input.data.size() / static_cast<size_t>(samples);
  return {reinterpret_cast<const char*>(input.data.data()) + size * static_cast<size_t>(sample), size};
}

uint32_t run_param(const RunOptions& options) {
  uint32_t param = wire::IO_ONLY;
  if (options.per_layer || options.with_data) param |= wire::PER_LAYER;
  if (options.with_data) param |= wire::PER_LAYER_WITH_DATA;
  return param;
}

// The answers in a bulk file: each behind its size, 32 bits little endian.
class BulkAnswers {
 public:
  explicit BulkAnswers(std::vector<uint8_t> bytes) : bytes_(std::move(bytes)) {}
  wire::Response next() {
    const size_t size = static_cast<size_t>(take(4, 0));
    if (size > bytes_.size() - at_) throw connection_error("the answers of the virtual board end early");
    const std::string message(reinterpret_cast<const char*>(bytes_.data()) + at_, size);
    at_ += size;
    return parse(message);
  }

 private:
  uint32_t take(size_t count, uint32_t value) {
    if (count > bytes_.size() - at_) throw connection_error("the answers of the virtual board end early");
    for (size_t i = 0; i < count; i++) value |= static_cast<uint32_t>(bytes_[at_ + i]) << (8 * i);
    at_ += count;
    return value;
  }
  std::vector<uint8_t> bytes_;
  size_t at_ = 0;
};

void write_bulk_inputs(const std::filesystem::path& path, const std::vector<Tensor>& inputs, int64_t samples) {
  std::ofstream file(path, std::ios::binary);
  for (int i = 0; i < 4; i++) file.put(static_cast<char>(samples >> (8 * i)));
  for (int64_t sample = 0; sample < samples; sample++)
    for (const Tensor& input : inputs) file << sample_bytes(input, samples, sample);
  if (!file.flush()) throw file_error(fmt::format("cannot write '{}'; is the disk full?", path.string()));
}

}  // namespace

RunResult ProtocolRunner::run(const std::vector<Tensor>& inputs, const RunOptions& options) {
  const auto begin = std::chrono::steady_clock::now();
  const int64_t samples = count_samples(inputs, description_.inputs);
  Session& session = *session_;
  RunCollector collector(description_, options, session.instructions);
  const auto on_link = [&](milliseconds limit) { return session.receive(limit); };
  const auto progress = [&](int64_t done) { if (options.progress) options.progress(done, samples); };
  if (bulk_.empty()) {
    for (int64_t sample = 0; sample < samples; sample++) {
      session.request(wire::NETWORK_RUN, run_param(options), description_.name, sample == 0 ? 1 : 0);
      session.receive(session.limits.request, Payload::kAck, {wire::WAITING});
      for (size_t i = 0; i < inputs.size(); i++) {
        session.send_data(sample_bytes(inputs[i], samples, sample));
        session.receive(session.limits.input, Payload::kAck, {i + 1 == inputs.size() ? wire::PROCESSING : wire::WAITING});
        session.acknowledge();
      }
      collector.take_sample(on_link, session.limits);
      progress(sample + 1);
    }
  } else {
    write_bulk_inputs(bulk_ / "bulk_inputs.bin", inputs, samples);
    session.request(wire::TEST, wire::TEST_BULK_RUN, description_.name, run_param(options));
    for (int64_t done = 0;;) {
      const wire::Response response = session.receive(session.limits.run, Payload::kAck, {wire::PROCESSING, wire::DONE});
      if (response.state() == wire::DONE) break;
      progress(++done);
    }
    BulkAnswers answers(read_bytes(bulk_ / "bulk_answers.bin", int64_t{64} << 30));
    for (int64_t sample = 0; sample < samples; sample++) collector.take_sample([&](milliseconds) { return answers.next(); }, session.limits);
  }
  RunResult result = std::move(collector).result();
  result.host_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return result;
}

uint16_t bsd_checksum(std::span<const uint8_t> bytes) {
  uint32_t sum = 0;
  for (uint8_t byte : bytes) sum = ((sum >> 1 | sum << 15) + byte) & 0xFFFF;
  return static_cast<uint16_t>(sum);
}

uint32_t ProtocolRunner::checksum(uint32_t address, uint32_t bytes) {
  session_->request(wire::MEMORY_CHECKSUM, address, "", bytes);
  return session_->receive(session_->limits.request, Payload::kAck, {wire::DONE}).ack().param();
}

std::vector<uint8_t> ProtocolRunner::read_memory(uint32_t address, uint32_t bytes) {
  std::vector<uint8_t> result;
  session_->request(wire::MEMORY_READ, address, "", bytes);
  session_->receive(session_->limits.request, Payload::kAck, {wire::PROCESSING});
  while (result.size() < bytes) {
    const wire::Response response = session_->receive(session_->limits.input, Payload::kData, {wire::PROCESSING, wire::DONE});
    const std::string& data = response.data().data();
    if (data.empty() || data.size() > bytes - result.size())
      throw connection_error(fmt::format("the board sent {} bytes of memory, {} are missing", data.size(), bytes - result.size()));
    result.insert(result.end(), data.begin(), data.end());
    if (response.state() == wire::PROCESSING) session_->acknowledge();
  }
  return result;
}

void ProtocolRunner::write_memory(uint32_t address, std::span<const uint8_t> bytes) {
  session_->request(wire::MEMORY_WRITE, address, "", static_cast<uint32_t>(bytes.size()));
  const uint32_t chunk = session_->receive(session_->limits.request, Payload::kAck, {wire::WAITING}).ack().param();
  if (chunk == 0) throw connection_error("the board wants to be written in pieces of 0 bytes");
  for (size_t done = 0; done < bytes.size();) {
    const auto piece = bytes.subspan(done, std::min<size_t>(chunk, bytes.size() - done));
    session_->send_data({reinterpret_cast<const char*>(piece.data()), piece.size()}, address + static_cast<uint32_t>(done));
    const wire::Response response = session_->receive(session_->limits.input, Payload::kAck, {wire::WAITING, wire::DONE});
    if (response.ack().param() != bsd_checksum(piece))
      throw connection_error(fmt::format("the board received other bytes than were sent to 0x{:08x}", address + done));
    done += piece.size();
  }
}

std::vector<uint8_t> ProtocolRunner::echo(std::span<const uint8_t> bytes) {
  session_->request(wire::TEST, wire::TEST_ECHO | static_cast<uint32_t>(bytes.size()) << 16);
  session_->receive(session_->limits.request, Payload::kAck, {wire::WAITING});
  session_->send_data({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  session_->receive(session_->limits.input, Payload::kAck, {wire::PROCESSING});
  const std::string data = session_->receive(session_->limits.input, Payload::kData, {wire::DONE}).data().data();
  session_->receive(session_->limits.input, Payload::kAck, {wire::DONE});
  return {data.begin(), data.end()};
}

}  // namespace ew
