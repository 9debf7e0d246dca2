#include "drivers/dll_child.h"

#include "base/error.h"

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <chrono>
#include <cstring>

namespace ew::dll {
namespace {

using Json = nlohmann::json;
using Clock = std::chrono::steady_clock;

double milliseconds(Clock::duration duration) { return std::chrono::duration<double, std::milli>(duration).count(); }

void write_all(int pipe, const void* data, size_t size) {
  const auto* at = static_cast<const char*>(data);
  while (size > 0) {
    const ssize_t wrote = ::write(pipe, at, size);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) ::_exit(1);  // the parent is gone
    at += wrote;
    size -= static_cast<size_t>(wrote);
  }
}

void send(int pipe, Message kind, std::string_view payload) {
  const MessageHeader header{kind, payload.size()};
  write_all(pipe, &header, sizeof header);
  write_all(pipe, payload.data(), payload.size());
}

void append(std::string& out, const void* data, size_t size) { out.append(static_cast<const char*>(data), size); }
void append(std::string& out, double value) { append(out, &value, sizeof value); }

// Times c-nodes and keeps what they computed; its own time is not counted.
class Recorder : public NodeListener {
 public:
  Recorder(const std::vector<NodeResult>& nodes, bool with_data, Place& place) : nodes_(nodes), with_data_(with_data), place_(place) {}

  void start() {
    times_.assign(nodes_.size(), 0.0);
    data_.clear();
    own_ = {};
  }
  void before(int c_id) override {
    const Clock::time_point entered = Clock::now();
    place_.c_id = c_id;
    begin_ = Clock::now();
    own_ += begin_ - entered;
  }
  void after(int c_id, std::span<const uint8_t* const> outputs) override {
    const Clock::time_point end = Clock::now();
    place_.c_id = -1;
    const auto index = static_cast<size_t>(c_id);
    if (index < times_.size()) times_[index] = milliseconds(end - begin_);
    if (with_data_ && index < nodes_.size()) keep(nodes_[index], outputs);
    own_ += Clock::now() - end;
  }
  [[nodiscard]] const std::vector<double>& times() const { return times_; }
  [[nodiscard]] const std::string& data() const { return data_; }
  [[nodiscard]] Clock::duration own() const { return own_; }

 private:
  void keep(const NodeResult& node, std::span<const uint8_t* const> outputs) {
    for (size_t k = 0; k < node.outputs.size(); ++k) {
      const uint8_t* address = k < outputs.size() ? outputs[k] : nullptr;
      data_ += address != nullptr ? '\1' : '\0';
      if (address != nullptr) append(data_, address, static_cast<size_t>(bytes(node.outputs[k].type)));
    }
  }
  const std::vector<NodeResult>& nodes_;
  bool with_data_;
  Place& place_;
  std::vector<double> times_;
  std::string data_;
  Clock::time_point begin_;
  Clock::duration own_{};
};

void run_samples(const Job& job, DllNetwork& network, int pipe, Place& place) {
  const ModelDescription info = network.describe();
  const std::vector<NodeResult> nodes = network.nodes();
  Recorder recorder(nodes, job.with_data, place);
  if (job.per_layer) network.listen(&recorder);
  std::vector<std::vector<uint8_t>> outputs;
  std::vector<uint8_t*> output_addresses;
  for (const TensorInfo& output : info.outputs) outputs.emplace_back(static_cast<size_t>(bytes(output.type)));
  for (auto& output : outputs) output_addresses.push_back(output.data());
  std::vector<const uint8_t*> input_addresses(job.inputs->size());
  std::string payload;
  for (int64_t sample = 0; sample < job.samples; ++sample) {
    place.sample = sample;
    for (size_t i = 0; i < input_addresses.size(); ++i) {
      input_addresses[i] = (*job.inputs)[i].data.data() + sample * bytes(info.inputs[i].type);
    }
    recorder.start();
    const Clock::time_point begin = Clock::now();
    network.run(input_addresses, output_addresses);
    const Clock::duration whole = Clock::now() - begin - recorder.own();
    payload.clear();
    append(payload, milliseconds(whole));
    if (job.per_layer) append(payload, recorder.times().data(), recorder.times().size() * sizeof(double));
    for (const auto& output : outputs) append(payload, output.data(), output.size());
    payload += recorder.data();
    send(pipe, Message::sample, payload);
  }
}

Json json_of(const TensorInfo& info) {
  Json out = {{"name", info.name}, {"dtype", std::string(ew::name(info.type.dtype))}, {"shape", info.type.shape}, {"inside", info.in_activations}};
  if (info.type.quant) out["quant"] = {{"scale", info.type.quant->scale}, {"zero", info.type.quant->zero}};
  return out;
}

TensorInfo tensor_info(const Json& json) {
  TensorInfo info{json.at("name"), {*parse_dtype(json.at("dtype").get<std::string>()), json.at("shape"), {}}, json.at("inside")};
  if (json.contains("quant")) info.type.quant = Quant{json["quant"]["scale"], json["quant"]["zero"], -1};
  return info;
}

Json json_of(const std::vector<TensorInfo>& infos) {
  Json out = Json::array();
  for (const TensorInfo& info : infos) out.push_back(json_of(info));
  return out;
}

std::vector<TensorInfo> tensor_infos(const Json& json) {
  std::vector<TensorInfo> out;
  for (const Json& info : json) out.push_back(tensor_info(info));
  return out;
}

}  // namespace

std::string description_text(const ModelDescription& info, const std::vector<NodeResult>& nodes) {
  Json out = {{"name", info.name},
              {"hash", info.hash},
              {"compile_datetime", info.compile_datetime},
              {"inputs", json_of(info.inputs)},
              {"outputs", json_of(info.outputs)},
              {"activations", info.activations},
              {"weights", info.weights},
              {"macc", info.macc.value_or(0)},
              {"c_nodes", info.nodes},
              {"tools", info.tools},
              {"runtime_library", info.runtime_library},
              {"nodes", Json::array()}};
  for (const NodeResult& node : nodes) {
    out["nodes"].push_back({{"c_id", node.c_id}, {"m_id", node.m_id}, {"type", node.layer_type}, {"word", node.type_name}, {"name", node.name},
                            {"outputs", json_of(node.outputs)}});
  }
  return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void parse_description(const std::string& text, ModelDescription& info, std::vector<NodeResult>& nodes) {
  const Json json = Json::parse(text);
  info.name = json.at("name");
  info.hash = json.at("hash");
  info.compile_datetime = json.at("compile_datetime");
  info.inputs = tensor_infos(json.at("inputs"));
  info.outputs = tensor_infos(json.at("outputs"));
  info.activations = json.at("activations").get<std::vector<int64_t>>();
  info.weights = json.at("weights").get<std::vector<int64_t>>();
  info.macc = json.at("macc").get<int64_t>();
  info.nodes = json.at("c_nodes");
  info.tools = json.at("tools");
  info.runtime_library = json.at("runtime_library");
  for (const Json& node : json.at("nodes")) {
    NodeResult& result = nodes.emplace_back();
    result.c_id = node.at("c_id");
    result.m_id = node.at("m_id");
    result.layer_type = node.at("type");
    result.type_name = node.at("word");
    result.name = node.at("name");
    result.outputs = tensor_infos(node.at("outputs"));
  }
}

void do_job(const Job& job, int pipe, Place& place) noexcept {
  try {
    const std::unique_ptr<DllNetwork> network = open_network(job.library, job.name);
    if (job.inputs == nullptr) send(pipe, Message::description, description_text(network->describe(), network->nodes()));
    else run_samples(job, *network, pipe, place);
  } catch (const Error& error) {
    send(pipe, Message::error, error.message());
  } catch (const std::exception& error) {
    send(pipe, Message::error, error.what());
  }
}

}  // namespace ew::dll
