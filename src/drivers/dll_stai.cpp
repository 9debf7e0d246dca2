// The st-ai client API of a generated network: a context of ours, memory for what the network does not bring itself, events.
#include "stai.h"
#include "stai_events.h"

#include "base/error.h"
#include "drivers/dll_network.h"

#include <cstring>

namespace ew::dll {
namespace {

TensorInfo info_of(const stai_tensor& tensor, const std::string& name, bool in_activations) {
  TensorInfo info{tensor.name != nullptr ? tensor.name : name, {dtype_of_format(static_cast<uint32_t>(tensor.format)), {}, {}}, in_activations};
  if ((tensor.flags & STAI_FLAG_HAS_BATCH) == 0) info.type.shape.push_back(1);
  for (uint32_t i = 0; i < tensor.shape.size; ++i) info.type.shape.push_back(tensor.shape.data[i]);
  if (tensor.scale.size > 0 && tensor.zeropoint.size >= tensor.scale.size) {
    Quant quant;
    quant.scale.assign(tensor.scale.data, tensor.scale.data + tensor.scale.size);
    quant.zero.assign(tensor.zeropoint.data, tensor.zeropoint.data + tensor.scale.size);
    info.type.quant = std::move(quant);
  }
  return info;
}

class StaiNetwork : public DllNetwork {
 public:
  StaiNetwork(void* library, const std::string& name) : library_(library), name_(name) {
    context_ = allocate(function<stai_size()>("get_context_size")());
    run_ = function<stai_return_code(stai_network*, stai_run_mode)>("run");
    check("init", function<stai_return_code(stai_network*)>("init")(context_.get()));
    check("get_info", function<stai_return_code(stai_network*, stai_network_info*)>("get_info")(context_.get(), &info_));
    details_ = static_cast<const stai_network_details*>(find_symbol(library, "g_" + name + "_details"));
    if ((info_.flags & STAI_FLAG_ACTIVATIONS) == 0) set("set_activations", info_.activations, info_.n_activations);
    if ((info_.flags & STAI_FLAG_STATES) == 0 && info_.n_states > 0) set("set_states", info_.states, info_.n_states);
    inputs_ = take("inputs", info_.inputs, info_.n_inputs, STAI_FLAG_INPUTS);
    outputs_ = take("outputs", info_.outputs, info_.n_outputs, STAI_FLAG_OUTPUTS);
  }

  ModelDescription describe() const override {
    ModelDescription out;
    out.name = info_.c_model_name;
    out.hash = info_.model_signature;
    out.compile_datetime = info_.c_compile_datetime;
    out.inputs = infos(info_.inputs, info_.n_inputs, "input_", STAI_FLAG_INPUTS);
    out.outputs = infos(info_.outputs, info_.n_outputs, "output_", STAI_FLAG_OUTPUTS);
    for (uint32_t i = 0; i < info_.n_activations; ++i) out.activations.push_back(info_.activations[i].size_bytes);
    for (uint32_t i = 0; i < info_.n_weights; ++i) out.weights.push_back(info_.weights[i].size_bytes);
    out.macc = static_cast<int64_t>(info_.n_macc);
    out.nodes = info_.n_nodes;
    out.tools = "ST.AI (st-ai api) v" + version_text(info_.tool_version.major, info_.tool_version.minor, info_.tool_version.micro);
    out.runtime_library = "v" + version_text(info_.runtime_version.major, info_.runtime_version.minor, info_.runtime_version.micro);
    return out;
  }

  std::vector<NodeResult> nodes() const override {
    std::vector<NodeResult> out;
    for (uint32_t i = 0; details_ != nullptr && i < details_->n_nodes; ++i) {
      const stai_node_details& node = details_->nodes[i];
      NodeResult result;
      result.c_id = static_cast<int>(i);
      result.m_id = node.id;
      result.layer_type = node.type;
      result.type_name = layer_type_name(node.type);
      result.name = fmt::format("ai_node_{}", i);
      for (uint32_t k = 0; k < node.output_tensors.size; ++k) {
        result.outputs.push_back(info_of(details_->tensors[node.output_tensors.data[k]], "", true));
      }
      out.push_back(std::move(result));
    }
    return out;
  }

  void listen(NodeListener* listener) override {
    listener_ = listener;
    const auto set_callback = function<stai_return_code(stai_network*, stai_event_cb, void*)>("set_callback");
    check("set_callback", set_callback(context_.get(), listener == nullptr ? nullptr : &on_event, this));
  }

  void run(std::span<const uint8_t* const> inputs, std::span<uint8_t* const> outputs) override {
    for (size_t i = 0; i < inputs.size(); ++i) std::memcpy(inputs_[i], inputs[i], info_.inputs[i].size_bytes);
    c_id_ = -1;
    check("run", run_(context_.get(), STAI_MODE_SYNC));
    for (size_t i = 0; i < outputs.size(); ++i) std::memcpy(outputs[i], outputs_[i], info_.outputs[i].size_bytes);
  }

 private:
  template <class F> F* function(const std::string& suffix) { return need_function<F>(library_, "stai_" + name_ + "_" + suffix); }

  void check(std::string_view call, stai_return_code code) const {
    if (code < STAI_ERROR_GENERIC) return;
    throw internal_error(fmt::format("stai_{}_{} failed: 0x{:06x}", name_, call, static_cast<unsigned>(code)));
  }

  std::vector<stai_ptr> set(const std::string& call, const stai_tensor* tensors, uint32_t count) {
    std::vector<stai_ptr> addresses;
    for (uint32_t i = 0; i < count; ++i) addresses.push_back(memory_.emplace_back(allocate(tensors[i].size_bytes)).get());
    check(call, function<stai_return_code(stai_network*, const stai_ptr*, stai_size)>(call)(context_.get(), addresses.data(), count));
    return addresses;
  }

  // The addresses of the inputs or outputs: in the activations, or memory of ours.
  std::vector<stai_ptr> take(const std::string& kind, const stai_tensor* tensors, uint32_t count, stai_flags inside) {
    if ((info_.flags & inside) == 0) return set("set_" + kind, tensors, count);
    std::vector<stai_ptr> addresses(count);
    stai_size got = count;
    check("get_" + kind, function<stai_return_code(stai_network*, stai_ptr*, stai_size*)>("get_" + kind)(context_.get(), addresses.data(), &got));
    return addresses;
  }

  std::vector<TensorInfo> infos(const stai_tensor* tensors, uint32_t count, std::string_view prefix, stai_flags inside) const {
    std::vector<TensorInfo> out;
    for (uint32_t i = 0; i < count; ++i) out.push_back(info_of(tensors[i], fmt::format("{}{}", prefix, i + 1), (info_.flags & inside) != 0));
    return out;
  }

  static void on_event(void* cookie, const stai_event_type event, const void* payload) {
    auto* self = static_cast<StaiNetwork*>(cookie);
    if (self->listener_ == nullptr) return;
    const auto* node = static_cast<const stai_event_node_start_stop*>(payload);
    if (event == STAI_EVENT_NODE_START) self->listener_->before(++self->c_id_);
    if (event == STAI_EVENT_NODE_STOP) {
      self->listener_->after(self->c_id_, {const_cast<const uint8_t* const*>(node->buffers.data), node->buffers.size});
    }
  }

  void* library_;
  std::string name_;
  Memory context_;
  stai_network_info info_{};
  const stai_network_details* details_ = nullptr;
  std::vector<Memory> memory_;
  std::vector<stai_ptr> inputs_, outputs_;
  stai_return_code (*run_)(stai_network*, stai_run_mode) = nullptr;
  NodeListener* listener_ = nullptr;
  int c_id_ = -1;                                                    // events carry the m_id, which several c-nodes may share
};

}  // namespace

std::unique_ptr<DllNetwork> open_stai(void* library, const std::string& name) { return std::make_unique<StaiNetwork>(library, name); }

}  // namespace ew::dll
