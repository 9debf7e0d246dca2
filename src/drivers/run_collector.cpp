#include "drivers/run_collector.h"

#include <algorithm>

#include "base/error.h"
#include "drivers/packets.h"

namespace ew {
namespace {

using std::chrono::milliseconds;
using wire::Payload;

constexpr size_t node_limit = 100000;            // nodes of a network, tensors of a node

std::string_view payload_name(Payload payload) {
  switch (payload) {
    case Payload::kSync: return "sync";
    case Payload::kSystemInfo: return "sinfo";
    case Payload::kAck: return "ack";
    case Payload::kLog: return "log";
    case Payload::kData: return "data";
    case Payload::kOperator: return "op";
    case Payload::kTensor: return "tensor";
    case Payload::kModel: return "minfo";
    case Payload::PAYLOAD_NOT_SET: break;
  }
  return "none";
}

// Counters come as pairs of words, low one first (type 0 in the upper half), or as single words (1). Several (an NPU): their sum.
std::optional<uint64_t> count_of(const wire::Operator& op) {
  const auto& words = op.counters();
  const bool pairs = op.counter_type() >> 16 == 0;
  if (words.size() < (pairs ? 2 : 1)) return {};
  uint64_t sum = 0;
  if (!pairs) for (uint32_t word : words) sum += word;
  else for (int i = 0; i + 1 < words.size(); i += 2) sum += words[i] | static_cast<uint64_t>(words[i + 1]) << 32;
  return sum;
}

}  // namespace

void check_payload(const wire::Response& response, Payload wanted) {
  if (response.payload_case() == wanted) return;
  std::string text = fmt::format("receive '{}' instead '{}'", payload_name(response.payload_case()), payload_name(wanted));
  if (response.state() == wire::ERROR && response.has_ack()) text += fmt::format(" [{},{}]", response.ack().error(), response.ack().param());
  throw invalid_message(std::move(text));
}

void check_state(const wire::Response& response, uint32_t wanted) {
  if (response.state() != wanted) throw connection_error(fmt::format("Invalid state: {} instead {}", response.state(), wanted));
}

void RunCollector::Collected::add(const wire::Tensor& tensor) {
  const std::string& data = tensor.data().data();
  if ((tensor.description().flags() & wire::TENSOR_NO_DATA) != 0) absent = true;
  if (absent) return;
  if (static_cast<int64_t>(data.size()) != ew::bytes(type))
    throw connection_error(fmt::format("the board sent {} bytes of tensor '{}', {} were expected", data.size(),
                                       tensor.description().name(), ew::bytes(type)));
  bytes.insert(bytes.end(), data.begin(), data.end());
}

Tensor RunCollector::Collected::tensor(int64_t samples) && {
  Tensor result;
  result.type = batched(type, samples);
  if (!absent) result.data = std::move(bytes);
  return result;
}

RunCollector::RunCollector(const ModelDescription& model, const RunOptions& options, bool instructions)
    : model_(model), per_layer_(options.per_layer || options.with_data), with_data_(options.with_data) {
  result_.unit = instructions ? Unit::instructions : Unit::cycles;
  for (const TensorInfo& output : model_.outputs) outputs_.push_back({output.type, {}, false});
}

void RunCollector::take_sample(const NextResponse& next, const ProtocolLimits& limits) {
  wire::Response response = next(limits.run);
  size_t node = 0;
  for (;; node++) {
    check_payload(response, Payload::kOperator);
    check_state(response, wire::PROCESSING);
    if ((response.operator_().type() >> 24 & wire::OPERATOR_INTERNAL) == 0) break;
    take_node(node, response.operator_(), next, limits);
    response = next(limits.run);
  }
  if (per_layer_ && (node == 0 || node != result_.nodes.size()))
    throw connection_error(fmt::format("the board sent {} nodes for this sample, {} for the first one", node, result_.nodes.size()));
  measure(result_.whole, response.operator_());
  result_.stack_used = std::max<int64_t>(result_.stack_used, response.operator_().stack_used());
  result_.heap_used = std::max<int64_t>(result_.heap_used, response.operator_().heap_used());
  take_outputs(next, limits);
  samples_++;
}

RunResult RunCollector::result() && {
  for (Collected& output : outputs_) result_.outputs.push_back(std::move(output).tensor(samples_));
  for (size_t node = 0; node < data_.size(); node++)
    for (Collected& tensor : data_[node]) result_.nodes[node].data.push_back(std::move(tensor).tensor(samples_));
  return std::move(result_);
}

void RunCollector::measure(Measurement& measurement, const wire::Operator& op) {
  if (const auto count = count_of(op)) measurement.counts.push_back(*count);
  if (result_.unit == Unit::cycles) measurement.milliseconds.push_back(static_cast<double>(op.duration()));
}

void RunCollector::take_node(size_t index, const wire::Operator& op, const NextResponse& next, const ProtocolLimits& limits) {
  if (samples_ == 0 && index < node_limit) {
    NodeResult node;
    node.c_id = static_cast<int>(index);
    node.m_id = static_cast<int>(op.id());
    node.layer_type = static_cast<int>(op.type() & 0x7FFF);
    node.type_name = layer_type_name(node.layer_type);
    node.name = op.name().empty() ? fmt::format("ai_node_{}", index) : op.name();
    result_.nodes.push_back(std::move(node));
    data_.emplace_back();
  }
  if (index >= result_.nodes.size()) throw connection_error("the board sends more nodes than for the first sample, or without end");
  measure(result_.nodes[index].measured, op);
  if ((op.type() >> 24 & wire::OPERATOR_WITHOUT_TENSOR) != 0) return;
  for (size_t position = 0;; position++) {
    const wire::Response response = next(limits.tensor);
    check_payload(response, Payload::kTensor);
    check_state(response, wire::PROCESSING);
    if (take_node_tensor(index, position, response.tensor())) return;
  }
}

// True: it was the node's last.
bool RunCollector::take_node_tensor(size_t index, size_t position, const wire::Tensor& tensor) {
  NodeResult& node = result_.nodes[index];
  if (samples_ == 0 && position < node_limit) {
    node.outputs.push_back(tensor_info(tensor.description(), fmt::format("ai_tens_n_{}_{}", index, position)));
    if (with_data_) data_[index].push_back({node.outputs.back().type, {}, false});
  }
  if (position >= node.outputs.size())
    throw connection_error(fmt::format("the board sends more tensors for node {} than at first, or without end", index));
  if (with_data_) data_[index][position].add(tensor);
  return (tensor.description().flags() & wire::TENSOR_LAST) != 0;
}

void RunCollector::take_outputs(const NextResponse& next, const ProtocolLimits& limits) {
  for (size_t i = 0; i < outputs_.size(); i++) {
    const wire::Response response = next(limits.run);
    check_payload(response, Payload::kTensor);
    const bool last = i + 1 == outputs_.size();
    check_state(response, last ? wire::DONE : wire::PROCESSING);
    const uint32_t flags = response.tensor().description().flags();
    if (((flags & wire::TENSOR_LAST) != 0) != last) throw connection_error("Number of received output tensor is not valid");
    if ((flags & wire::TENSOR_NO_DATA) != 0) throw connection_error(fmt::format("the board sent output #{} without its values", i + 1));
    tensor_type(response.tensor().description());  // consistent?
    outputs_[i].add(response.tensor());
  }
}

}  // namespace ew
