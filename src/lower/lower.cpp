#include "lower/lower.h"

#include "base/error.h"
#include "ops/lowering.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace ew {
namespace {

// Roughly, and rather too few: docs/measurements.md has what networks take.
int64_t cycles_per_macc(const Node& node, const Features& core) {
  const bool is_float = node.in.at(0)->type.dtype == DType::float32, vectors = core.mve || core.neon;
  if (is_float) return vectors ? 1 : core.fpu ? 3 : 50;
  return vectors || core.dsp ? 1 : 3;
}

const Value* memory_of(const Value* value) {
  while (value->producer != nullptr && value->producer->op->view) value = value->producer->in[0];
  return value;
}

class Lowerer {
 public:
  Lowerer(const Graph& graph, const Target& target, const LowerOptions& options)
      : graph_(graph), target_(target), options_(options) {
    for (const Node* node : graph.nodes()) products_ += macc(*node);
  }

  Program run(const ModelInfo& model) {
    program_.model = model;
    program_.c_name = options_.c_name;
    program_.split_weights = options_.split_weights;
    program_.inputs_in_activations = options_.inputs_in_activations;
    program_.outputs_in_activations = options_.outputs_in_activations;
    for (size_t i = 0; i < graph_.inputs.size(); ++i) add_input(static_cast<int>(i));
    for (Node* node : graph_.nodes())
      if (!node->op->view) lower_one(*node);
    for (size_t i = 0; i < graph_.outputs.size(); ++i) add_output(static_cast<int>(i));
    return std::move(program_);
  }

 private:
  int add_array(const Value& value, std::string name, int m_id) {
    Array array;
    array.id = static_cast<int>(program_.arrays.size());
    array.name = unique(std::move(name));
    array.type = value.type;
    array.bytes = bytes(value.type);
    array.value_name = value.name;
    array.removed = value.removed;
    array.m_id = m_id;
    program_.arrays.push_back(std::move(array));
    return program_.arrays.back().id;
  }

  void add_input(int index) {
    const Value& value = *graph_.inputs[static_cast<size_t>(index)];
    const int id = add_array(value, identifier(value.name, fmt::format("input_{}", index)) + "_output", -1);
    arrays_[&value] = id;
    program_.arrays[static_cast<size_t>(id)].input = index;
    program_.arrays[static_cast<size_t>(id)].alignment = std::max<int64_t>(4, options_.input_alignment);
    program_.inputs.push_back(id);
  }

  // A network output must be memory of its own: an input, a constant or a value that is already an output is copied.
  void add_output(int index) {
    const Value& value = *graph_.outputs[static_cast<size_t>(index)];
    const Value* memory = memory_of(&value);
    int id = find(memory);
    if (memory->constant || id < 0 || program_.arrays[static_cast<size_t>(id)].input >= 0 || program_.arrays[static_cast<size_t>(id)].output >= 0)
      id = copy_to_output(value, *memory, id, index);
    Array& array = program_.arrays[static_cast<size_t>(id)];
    array.output = index;
    array.type.shape = value.type.shape;
    array.value_name = value.name;
    array.alignment = std::max(array.alignment, options_.output_alignment);
    program_.outputs.push_back(id);
  }

  int copy_to_output(const Value& value, const Value& memory, int from, int index) {
    CNode cnode;
    cnode.name = unique(fmt::format("copy_{}", index));
    cnode.comment = value.name;
    cnode.type = "Slice";
    cnode.type_number = 0x117;
    cnode.m_ids = value.producer != nullptr ? value.producer->origin : std::vector<int>{};
    cnode.op_type = "op";
    const int id = add_array(value, cnode.name + "_output", cnode.m_ids.empty() ? -1 : cnode.m_ids.front());
    if (memory.constant) {
      Array data;
      data.id = static_cast<int>(program_.arrays.size());
      data.name = cnode.name + "_weights";
      data.type = memory.type;
      data.bytes = bytes(memory.type);
      data.role = Role::weights;
      data.data = memory.constant;
      program_.arrays.push_back(data);
      from = data.id;
      cnode.weights = {from};
    } else {
      cnode.inputs = {from};
    }
    cnode.outputs = {id};
    Call call;
    call.function = "nn_copy";
    call.args = {array_arg(from, "const uint8_t"), array_arg(id, "uint8_t"), number_arg(bytes(value.type))};
    cnode.calls.push_back(std::move(call));
    program_.nodes.push_back(std::move(cnode));
    return id;
  }

  void lower_one(Node& node) {
    std::string why;
    const Kernel* kernel = choose_kernel(node, target_, &why, products_ == 0 ? 1 : static_cast<double>(macc(node)) / static_cast<double>(products_));
    if (kernel == nullptr)
      throw not_implemented(fmt::format("layer '{}' (operator {}, {}): {}", node.name, node.origin.empty() ? -1 : node.origin.front(), node.op->name, why));
    if (options_.log != nullptr) options_.log->push_back(fmt::format("{} ({}): {}", node.name, node.op->name, kernel->function));
    CNode cnode;
    const LayerType layer = node.op->layer(node);
    const int m_id = node.origin.empty() ? -1 : node.origin.back();
    cnode.name = unique(m_id < 0 ? std::string(node.op->c_prefix) : fmt::format("{}_{}", node.op->c_prefix, m_id));
    cnode.comment = node.name;
    cnode.type = layer.word;
    cnode.type_number = layer.number;
    cnode.m_ids = node.origin;
    cnode.macc = macc(node);
    cnode.cycles = cnode.macc * cycles_per_macc(node, target_.features);
    for (size_t i = 0; i < node.out.size(); ++i) {
      const std::string suffix = node.out.size() == 1 ? "_output" : fmt::format("_output{}", i);
      const int id = add_array(*node.out[i], cnode.name + suffix, m_id);
      arrays_[node.out[i]] = id;
      cnode.outputs.push_back(id);
      if (node.out[i]->removed) cnode.attributes.emplace_back("removed_channels", text(*node.out[i]->removed));
    }
    // Inputs that are views stand for the memory they look at.
    std::vector<std::pair<const Value*, int>> local;
    for (const Value* v : node.in) {
      if (v == nullptr) continue;
      const int id = find(memory_of(v));
      if (id < 0) continue;
      local.emplace_back(v, id);
      if (std::find(cnode.inputs.begin(), cnode.inputs.end(), id) == cnode.inputs.end()) cnode.inputs.push_back(id);
    }
    for (const Value* v : node.out) local.emplace_back(v, find(v));
    Lowering lowering(program_, cnode, target_, node, local);
    kernel->lower(node, lowering);
    // without a unit for floats a product is a call of a function, which constants do not make faster
    const bool by_software = node.in[0]->type.dtype == DType::float32 && !target_.features.fpu;
    if (kernel->instance > 0 && !by_software) allow_instances(cnode, *kernel);
    if (cnode.op_type.empty()) cnode.op_type = op_type(node, cnode);
    program_.nodes.push_back(std::move(cnode));
  }

  // The kernel's body stands in runtime/include/bodies.
  static void allow_instances(CNode& cnode, const Kernel& kernel) {
    const std::string_view function = kernel.function;
    for (Call& call : cnode.calls) {
      if (call.function != function) continue;
      call.body = function.substr(0, function.ends_with("_row") ? function.size() - 4 : function.size());
      call.work = kernel.instance * static_cast<double>(cnode.macc) / static_cast<double>(cnode.calls.size());
    }
  }

  // "smul_s8_s8" for nodes with weights to multiply by, "conv_s8_f32" for converters, "op_s8_s8" for the rest.
  static std::string_view tag(DType dtype) {
    switch (dtype) {
      case DType::float32: return "f32";
      case DType::int8: return "s8";
      case DType::uint8: return "u8";
      case DType::int16: return "s16";
      case DType::int32: return "s32";
      case DType::int64: return "s64";
      case DType::boolean: return "u8";
      case DType::float16: return "f16";
    }
    return "f32";
  }
  std::string op_type(const Node& node, const CNode& cnode) const {
    const DType in = node.in.empty() || node.in[0] == nullptr ? node.out[0]->type.dtype : node.in[0]->type.dtype;
    if (cnode.type == "Conversion") return fmt::format("conv_{}_{}", tag(in), tag(node.out[0]->type.dtype));
    for (const int id : cnode.weights)
      if (program_.arrays[static_cast<size_t>(id)].role == Role::weights && (cnode.type == "Conv2D" || cnode.type == "Dense"))
        return fmt::format("smul_{}_{}", tag(in), tag(program_.arrays[static_cast<size_t>(id)].type.dtype));
    return fmt::format("op_{}_{}", tag(in), tag(node.out[0]->type.dtype));
  }

  int find(const Value* value) const {
    const auto it = arrays_.find(value);
    return it == arrays_.end() ? -1 : it->second;
  }

  // A C identifier made of the user's name, or the fallback when nothing of it is left.
  static std::string identifier(std::string_view name, std::string fallback) {
    std::string out;
    for (const char c : name) out += (std::isalnum(static_cast<unsigned char>(c)) != 0 && static_cast<unsigned char>(c) < 128) ? c : '_';
    while (!out.empty() && out.back() == '_') out.pop_back();
    if (out.size() > 40) out.resize(40);
    if (out.empty() || out.find_first_not_of('_') == std::string::npos) return fallback;
    if (std::isdigit(static_cast<unsigned char>(out.front())) != 0) out = "t_" + out;
    return out;
  }

  std::string unique(std::string name) {
    if (names_.insert(name).second) return name;
    for (int i = 2;; ++i)
      if (std::string candidate = fmt::format("{}_{}", name, i); names_.insert(candidate).second) return candidate;
  }

  const Graph& graph_;
  const Target& target_;
  int64_t products_ = 0;
  const LowerOptions& options_;
  Program program_;
  std::unordered_map<const Value*, int> arrays_;
  std::unordered_set<std::string> names_;
};

}  // namespace

Program lower(const Graph& graph, const Target& target, const ModelInfo& model, const LowerOptions& options) {
  return Lowerer(graph, target, options).run(model);
}

const Kernel* choose_kernel(const Node& node, const Target& target, std::string* why, double share) {
  const Kernel* best = nullptr;
  double best_cost = 0;
  for (const Kernel& kernel : node.op->kernels) {
    if (share > kernel.most_share) continue;
    const auto failed = std::find_if(kernel.rules.begin(), kernel.rules.end(), [&](const Rule& rule) { return !rule.holds(node, target); });
    if (failed != kernel.rules.end()) {
      if (why != nullptr) *why += fmt::format("{}{} needs: {}", why->empty() ? "" : "; ", kernel.function, failed->text);
      continue;
    }
    const double cost = kernel.cost == nullptr ? 0 : kernel.cost(node, target);
    if (best == nullptr || cost < best_cost) {
      best = &kernel;
      best_cost = cost;
    }
  }
  if (best == nullptr && why != nullptr && why->empty()) *why = "no kernel exists for it";
  return best;
}

bool can_lower(const Graph& graph, const Target& target) {
  const std::vector<Node*> nodes = graph.nodes();
  return std::ranges::all_of(nodes, [&](const Node* node) { return node->op->view || choose_kernel(*node, target) != nullptr; });
}

}  // namespace ew
