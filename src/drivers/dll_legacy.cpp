// The legacy client API of a generated network: create, init with our buffers, report, run, observer.
#include "ai_platform.h"
#include "ai_platform_interface.h"

#include "base/error.h"
#include "drivers/dll_network.h"

#include <cstring>

namespace ew::dll {
namespace {

// The API keeps channels before width and height; the shapes of a Type are outermost first, channels last.
Shape shape_of(const ai_buffer_shape& shape) {
  const auto at = [&](uint32_t position) { return shape.size > position ? static_cast<int64_t>(shape.data[position]) : 1; };
  Shape out = {at(AI_SHAPE_BATCH), at(AI_SHAPE_HEIGHT), at(AI_SHAPE_WIDTH)};
  for (uint32_t position = AI_SHAPE_DEPTH; position < shape.size; ++position) out.push_back(at(position));
  out.push_back(at(AI_SHAPE_CHANNEL));
  return out;
}

template <class List> std::optional<Quant> quant_of(const List* list) {
  if (list == nullptr || list->size == 0) return std::nullopt;
  Quant quant;
  for (uint32_t i = 0; i < list->size; ++i) {
    quant.scale.push_back(list->info->scale[i]);
    const bool is_unsigned = (list->flags & AI_BUFFER_META_FLAG_ZEROPOINT_U8) != 0;
    quant.zero.push_back(is_unsigned ? static_cast<const uint8_t*>(list->info->zeropoint)[i] : static_cast<const int8_t*>(list->info->zeropoint)[i]);
  }
  return quant;
}

TensorInfo info_of(const ai_buffer& buffer, const std::string& name) {
  TensorInfo info{name, {dtype_of_format(static_cast<uint32_t>(buffer.format)), shape_of(buffer.shape), {}}, buffer.data != nullptr};
  if (buffer.meta_info != nullptr && (buffer.meta_info->flags & AI_BUFFER_META_HAS_INTQ_INFO) != 0) {
    info.type.quant = quant_of(buffer.meta_info->intq_info);
  }
  return info;
}

TensorInfo info_of(const ai_tensor& tensor) {
  TensorInfo info{"", {dtype_of_format(static_cast<uint32_t>(tensor.format)), shape_of(tensor.shape), {}}, true};
  info.type.quant = quant_of(tensor.intq);
  return info;
}

class LegacyNetwork : public DllNetwork {
 public:
  LegacyNetwork(void* library, const std::string& name) : library_(library), name_(name) {
    run_ = function<ai_i32(ai_handle, const ai_buffer*, ai_buffer*)>("run");
    get_error_ = function<ai_error(ai_handle)>("get_error");
    check("create", function<ai_error(ai_handle*, const ai_buffer*)>("create")(&handle_, nullptr));
    ai_network_params params{};
    if (!need_function<ai_bool(ai_network_params*)>(library_, "ai_" + name + "_data_params_get")(&params) ||
        params.map_signature != AI_MAGIC_SIGNATURE) {
      fail("data_params_get");
    }
    give_memory(params.map_activations);
    for (uint32_t i = 0; i < params.map_weights.size; ++i) {
      const ai_buffer& weights = params.map_weights.buffer[i];
      if (weights.data == nullptr && weights.size > 0) throw internal_error("the library of the generated network holds no weights");
    }
    if (!function<ai_bool(ai_handle, const ai_network_params*)>("init")(handle_, &params)) fail("init");
    if (!function<ai_bool(ai_handle, ai_network_report*)>("get_report")(handle_, &report_)) fail("get_report");
    inputs_ = function<ai_buffer*(ai_handle, ai_u16*)>("inputs_get")(handle_, nullptr);
    outputs_ = function<ai_buffer*(ai_handle, ai_u16*)>("outputs_get")(handle_, nullptr);
    describe_buffers();
  }

  ModelDescription describe() const override {
    ModelDescription out;
    out.name = report_.model_name;
    out.hash = report_.model_signature;
    out.compile_datetime = report_.compile_datetime;
    out.inputs = input_infos_;
    out.outputs = output_infos_;
    for (uint32_t i = 0; i < report_.map_activations.size; ++i) out.activations.push_back(report_.map_activations.buffer[i].size);
    for (uint32_t i = 0; i < report_.map_weights.size; ++i) out.weights.push_back(report_.map_weights.buffer[i].size);
    out.macc = static_cast<int64_t>(report_.n_macc);
    out.nodes = report_.n_nodes;
    out.tools = "ST.AI (legacy api) v" + version_text(report_.tool_version.major, report_.tool_version.minor, report_.tool_version.micro);
    out.runtime_library =
        "v" + version_text(report_.runtime_version.major, report_.runtime_version.minor, report_.runtime_version.micro);
    return out;
  }

  std::vector<NodeResult> nodes() const override {
    std::vector<NodeResult> out;
    auto* node_info = reinterpret_cast<ai_bool (*)(ai_handle, ai_observer_node*)>(find_symbol(library_, "ai_platform_observer_node_info"));
    if (node_info == nullptr) return out;
    for (uint32_t i = 0; i < report_.n_nodes; ++i) {
      ai_observer_node node{};
      node.c_idx = static_cast<ai_u16>(i);
      if (!node_info(handle_, &node)) return {};
      NodeResult result;
      result.c_id = static_cast<int>(i);
      result.m_id = node.id;
      result.layer_type = node.type;
      result.type_name = layer_type_name(node.type);
      result.name = fmt::format("ai_node_{}", i);
      AI_FOR_EACH_TENSOR_LIST_DO(k, tensor, GET_TENSOR_LIST_OUT(node.tensors)) result.outputs.push_back(info_of(*tensor));
      out.push_back(std::move(result));
    }
    return out;
  }

  void listen(NodeListener* listener) override {
    listener_ = listener;
    if (listener == nullptr) {
      need_function<ai_bool(ai_handle, ai_observer_node_cb, ai_handle)>(library_, "ai_platform_observer_unregister")(handle_, &on_node, this);
    } else if (!need_function<ai_bool(ai_handle, ai_observer_node_cb, ai_handle, ai_u32)>(library_, "ai_platform_observer_register")(
                   handle_, &on_node, this, AI_OBSERVER_PRE_EVT | AI_OBSERVER_POST_EVT)) {
      fail("observer_register");
    }
  }

  void run(std::span<const uint8_t* const> inputs, std::span<uint8_t* const> outputs) override {
    for (size_t i = 0; i < inputs.size(); ++i) {
      std::memcpy(inputs_[i].data, inputs[i], static_cast<size_t>(bytes(input_infos_[i].type)));
    }
    if (run_(handle_, inputs_, outputs_) != 1) fail("run");
    for (size_t i = 0; i < outputs.size(); ++i) {
      std::memcpy(outputs[i], outputs_[i].data, static_cast<size_t>(bytes(output_infos_[i].type)));
    }
  }

 private:
  template <class F> F* function(const std::string& suffix) { return need_function<F>(library_, "ai_" + name_ + "_" + suffix); }

  void check(std::string_view call, ai_error error) const {
    if (error.type == AI_ERROR_NONE) return;
    throw internal_error(fmt::format("ai_{}_{} failed: error type 0x{:02x}, code 0x{:x}", name_, call, static_cast<unsigned>(error.type),
                                     static_cast<unsigned>(error.code)));
  }
  [[noreturn]] void fail(std::string_view call) const {
    check(call, get_error_(handle_));
    throw internal_error(fmt::format("ai_{}_{} failed without an error code", name_, call));
  }

  void give_memory(ai_buffer_array& segments) {
    for (uint32_t i = 0; i < segments.size; ++i) {
      if (segments.buffer[i].data == nullptr) segments.buffer[i].data = memory_.emplace_back(allocate(segments.buffer[i].size)).get();
    }
  }
  void describe_buffers() {
    for (uint32_t i = 0; i < report_.n_inputs; ++i) describe_buffer(inputs_[i], fmt::format("input_{}", i + 1), input_infos_);
    for (uint32_t i = 0; i < report_.n_outputs; ++i) describe_buffer(outputs_[i], fmt::format("output_{}", i + 1), output_infos_);
  }
  void describe_buffer(ai_buffer& buffer, const std::string& name, std::vector<TensorInfo>& infos) {
    const TensorInfo& info = infos.emplace_back(info_of(buffer, name));
    if (buffer.data == nullptr) buffer.data = memory_.emplace_back(allocate(bytes(info.type))).get();
  }

  static ai_u32 on_node(const ai_handle cookie, const ai_u32 flags, const ai_observer_node* node) {
    NodeListener* listener = static_cast<LegacyNetwork*>(cookie)->listener_;
    if (listener == nullptr) return 0;
    if ((flags & AI_OBSERVER_PRE_EVT) != 0) listener->before(node->c_idx);
    if ((flags & AI_OBSERVER_POST_EVT) != 0) {
      std::vector<const uint8_t*> outputs;
      AI_FOR_EACH_TENSOR_LIST_DO(k, tensor, GET_TENSOR_LIST_OUT(node->tensors)) {
        outputs.push_back(static_cast<const uint8_t*>(AI_TENSOR_ARRAY_GET_DATA_ADDR(tensor)));
      }
      listener->after(node->c_idx, outputs);
    }
    return 0;
  }

  void* library_;
  std::string name_;
  ai_handle handle_ = nullptr;
  ai_network_report report_{};
  ai_buffer *inputs_ = nullptr, *outputs_ = nullptr;
  std::vector<TensorInfo> input_infos_, output_infos_;
  std::vector<Memory> memory_;
  ai_i32 (*run_)(ai_handle, const ai_buffer*, ai_buffer*) = nullptr;
  ai_error (*get_error_)(ai_handle) = nullptr;
  NodeListener* listener_ = nullptr;
};

}  // namespace

std::unique_ptr<DllNetwork> open_legacy(void* library, const std::string& name) { return std::make_unique<LegacyNetwork>(library, name); }

}  // namespace ew::dll
