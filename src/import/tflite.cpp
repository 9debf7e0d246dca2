// A TFLite file becomes a graph.
#include "import/import.h"

#include "base/error.h"
#include "base/files.h"
#include "base/md5.h"
#include "ops/tflite_context.h"

#include <algorithm>
#include <filesystem>
#include <set>

namespace ew {
namespace {

bool quantised_uint8(const TfliteTensor& t) { return t.dtype == DType::uint8 && t.quant.has_value(); }

// The type inside the graph: quantised uint8 is int8 with the zero point moved by 128.
Type graph_type(const TfliteTensor& t) {
  Type type{t.dtype.value(), t.shape, t.quant};
  if (quantised_uint8(t)) {
    type.dtype = DType::int8;
    for (int32_t& zero : type.quant->zero) zero -= 128;
  }
  return type;
}

Tensor constant_data(const TfliteTensor& t) {
  Tensor tensor(graph_type(t));
  std::copy(t.data.begin(), t.data.end(), tensor.data.begin());   // sizes agree: formats/tflite checked it
  if (quantised_uint8(t)) {
    for (uint8_t& byte : tensor.data) byte ^= 0x80;
  }
  return tensor;
}

Tensor dequantised(const Tensor& tensor) {
  Tensor out(Type{DType::float32, tensor.type.shape, {}});
  const std::vector<double> values = reals(tensor);
  std::transform(values.begin(), values.end(), out.as<float>().begin(), [](double v) { return static_cast<float>(v); });
  return out;
}

class Walk {
 public:
  Walk(const TfliteModel& model, Graph& graph) : model_(model), graph_(graph) {}

  void run() {
    check_model();
    name_tensors();
    find_producers();
    values_.resize(model_.tensors.size());
    floats_.resize(model_.tensors.size());
    for (const int index : model_.inputs) add_input(tensor(index));
    for (const TfliteOperator& o : model_.operators) add_operator(o);
    for (const int index : model_.outputs) add_output(tensor(index));
    graph_.drop_unused_values();
  }

  [[nodiscard]] bool has_floats_from_integers() const { return hybrid_; }

 private:
  const TfliteModel& model_;
  Graph& graph_;
  std::vector<Value*> values_;                 // by tensor; null: not made yet
  std::vector<Value*> floats_;                 // dequantised copies of constants
  std::vector<std::string> names_;             // by tensor, unique
  std::vector<int> producer_;                  // by tensor: the operator that makes it, or -1
  bool hybrid_ = false;

  [[nodiscard]] const TfliteTensor& tensor(int index) const { return model_.tensors[static_cast<size_t>(index)]; }
  Value*& value(const TfliteTensor& t) { return values_[static_cast<size_t>(t.index)]; }
  [[nodiscard]] int producer(const TfliteTensor& t) const { return producer_[static_cast<size_t>(t.index)]; }
  [[nodiscard]] const std::string& unique_name(const TfliteTensor& t) const { return names_[static_cast<size_t>(t.index)]; }

  void check_model() const {
    if (model_.subgraphs != 1) throw not_implemented(fmt::format("the file has {} subgraphs; only one is supported", model_.subgraphs));
    if (model_.inputs.empty()) throw not_implemented("the model has no input");
    if (model_.outputs.empty()) throw load_error("the model has no output");
  }

  void name_tensors() {
    std::set<std::string> seen;
    for (const TfliteTensor& t : model_.tensors) {
      std::string name = t.name;
      while (!seen.insert(name).second) name += fmt::format("_{}", t.index);
      names_.push_back(name);
    }
  }

  void find_producers() {
    producer_.assign(model_.tensors.size(), -1);
    for (const TfliteOperator& o : model_.operators) {
      for (const int index : o.outputs) {
        int& producer = producer_[static_cast<size_t>(index)];
        const std::string& name = tensor(index).name;
        if (producer != -1) throw load_error(fmt::format("tensor {} '{}' is made by operators {} and {}", index, name, producer, o.index));
        if (tensor(index).constant) {
          throw load_error(fmt::format("operator {} {}: its output '{}' has constant data", o.index, o.name, name));
        }
        producer = o.index;
      }
    }
  }

  // Refuses tensors whose type or storage we do not have. `where` starts the message.
  static void check_tensor(const TfliteTensor& t, const std::string& where) {
    if (!t.dtype) throw not_implemented(fmt::format("{}tensor '{}' has element type {}", where, t.name, t.type_name()));
    if (t.sparse) throw not_implemented(fmt::format("{}tensor '{}' is sparse", where, t.name));
    if (t.variable) throw not_implemented(fmt::format("{}tensor '{}' is a variable (state)", where, t.name));
    if (t.dtype == DType::int16) throw not_implemented(fmt::format("{}tensor '{}' is int16 (16-bit activations)", where, t.name));
  }

  void add_input(const TfliteTensor& t) {
    const std::string where = fmt::format("input {} '{}': ", t.index, t.name);
    check_tensor(t, "");
    if (value(t) != nullptr) throw load_error(where + "listed twice");
    if (t.constant) throw load_error(where + "it has constant data");
    if (producer(t) != -1) throw load_error(where + fmt::format("operator {} makes it", producer(t)));
    if (elements(t.shape) == 0) throw load_error(where + fmt::format("its shape {} has no elements", text(t.shape)));
    Value* v = graph_.add_value(unique_name(t), Type{*t.dtype, t.shape, t.quant});
    graph_.inputs.push_back(v);
    value(t) = quantised_uint8(t) ? convert(v, graph_type(t), unique_name(t) + "_int8", first_user(t)) : v;
  }

  void add_output(const TfliteTensor& t) {
    Value* v = value(t);
    if (v == nullptr && t.constant) throw not_implemented(fmt::format("output '{}' is a constant", t.name));
    if (v == nullptr) throw load_error(fmt::format("output '{}': no operator makes it", t.name));
    if (quantised_uint8(t)) {
      Type type = v->type;
      type.dtype = DType::uint8;
      type.quant = t.quant;
      v = convert(v, type, unique_name(t) + "_uint8", producer(t));
    }
    graph_.outputs.push_back(v);
  }

  // int8 <-> uint8 at the graph's border. `m_id`: the operator of the file it stands beside.
  Value* convert(Value* from, Type to, const std::string& name, int m_id) {
    const Op* op = find_op("quantize");
    if (op == nullptr) throw internal_error("the operator 'quantize' is missing");
    Node* node = graph_.add_node(*op, name, op->make_attrs(), {from}, {std::move(to)}, {std::max(m_id, 0)});
    return node->out[0];
  }

  [[nodiscard]] int first_user(const TfliteTensor& t) const {
    for (const TfliteOperator& o : model_.operators) {
      if (std::find(o.inputs.begin(), o.inputs.end(), t.index) != o.inputs.end()) return o.index;
    }
    return 0;
  }

  // The value of an operator's input.
  Value* use(const TfliteTensor& t, bool as_float, const std::string& where) {
    check_tensor(t, where);
    if (as_float && t.constant && t.quant && (t.dtype == DType::int8 || t.dtype == DType::uint8)) {
      Value*& copy = floats_[static_cast<size_t>(t.index)];
      if (copy == nullptr) copy = graph_.add_constant(unique_name(t), dequantised(constant_data(t)));
      hybrid_ = true;
      return copy;
    }
    Value*& v = value(t);
    if (v == nullptr && t.constant) v = graph_.add_constant(unique_name(t), constant_data(t));
    if (v == nullptr) {
      if (producer(t) == -1) throw load_error(fmt::format("{}no operator makes its input '{}'", where, t.name));
      throw load_error(
          fmt::format("{}its input '{}' is made later, by operator {} (a cycle, or a wrong order)", where, t.name, producer(t)));
    }
    return v;
  }

  // Operators that compute in float although a constant of theirs is stored in 8 bits; the conversions themselves are meant as they stand.
  [[nodiscard]] bool computes_in_float(const TfliteOperator& o) const {
    if (o.code == tflite::BuiltinOperator_DEQUANTIZE || o.code == tflite::BuiltinOperator_CAST) return false;
    return !o.outputs.empty() && tensor(o.outputs[0]).dtype == DType::float32;
  }

  void add_operator(const TfliteOperator& o) {
    const std::string layer = o.outputs.empty() ? "" : unique_name(tensor(o.outputs[0]));
    const std::string where = fmt::format("operator {} {} '{}': ", o.index, o.name, layer);
    const Import* row = o.code == tflite::BuiltinOperator_CUSTOM ? nullptr : find_import("tflite", o.name);
    if (row == nullptr) throw not_implemented(where + "this operator is not supported (see supported-ops)");
    if (o.outputs.empty()) throw load_error(where + "it has no output");
    TfliteContext context{.graph = graph_, .op = *o.op, .version = o.version, .m_id = o.index, .op_name = o.name, .name = layer,
                          .inputs = {}, .output_types = {}, .output_shape_unknown = {}, .output_names = {}, .outputs = {}, .added = {}};
    const bool as_float = computes_in_float(o);
    for (const int index : o.inputs) {
      context.inputs.push_back(index == -1 ? nullptr : use(tensor(index), as_float, where));
      context.was_uint8 |= index != -1 && quantised_uint8(tensor(index));
    }
    for (const int index : o.outputs) {
      const TfliteTensor& t = tensor(index);
      check_tensor(t, where);
      if (value(t) != nullptr) throw load_error(fmt::format("{}its output '{}' exists already", where, t.name));
      context.output_types.push_back(graph_type(t));
      context.output_shape_unknown.push_back(t.unknown_shape);
      context.output_names.push_back(unique_name(t));
      context.was_uint8 |= quantised_uint8(t);
    }
    row->tflite(context);
    take_outputs(o, context);
  }

  void take_outputs(const TfliteOperator& o, TfliteContext& context) {
    if (context.outputs.size() != o.outputs.size()) {
      context.bad(fmt::format("{} outputs, {} expected", o.outputs.size(), context.outputs.size()));
    }
    for (size_t i = 0; i < context.added.size(); ++i) {
      Node& node = *context.added[i];
      node.name = i + 1 == context.added.size() ? context.name : fmt::format("{}_{}", context.name, i);
      for (size_t k = 0; k < node.out.size(); ++k) node.out[k]->name = k == 0 ? node.name : fmt::format("{}_{}", node.name, k);
    }
    for (size_t i = 0; i < o.outputs.size(); ++i) {
      Value* v = context.outputs[i];
      const bool new_here = std::any_of(context.added.begin(), context.added.end(), [&](const Node* n) { return n == v->producer; });
      if (new_here) v->name = context.output_names[i];
    }
    const bool makes_output = std::any_of(o.outputs.begin(), o.outputs.end(), [&](int index) {
      return std::find(model_.outputs.begin(), model_.outputs.end(), index) != model_.outputs.end();
    });
    if (!makes_output) {                       // an output needs a node that writes it
      for (Node* node : context.added) fold_constants(*node, context.outputs);
    }
    for (size_t i = 0; i < o.outputs.size(); ++i) value(tensor(o.outputs[i])) = context.outputs[i];
  }

  // Files compute shapes by operators (SHAPE, STRIDED_SLICE, PACK), and those must be known to import what they shape.
  void fold_constants(Node& node, std::vector<Value*>& outputs) {
    const std::vector<Value*> old = node.out;
    const std::vector<Value*> constants = fold(graph_, node);
    for (size_t i = 0; i < constants.size(); ++i) std::replace(outputs.begin(), outputs.end(), old[i], constants[i]);
  }
};

// The wording of the reports: "<weights>/<activations> per <granularity>", s/u: signed or unsigned, s/a: symmetric or asymmetric.
std::string format_text(const TfliteModel& model, bool hybrid) {
  bool integers = false, unsigned_weights = false, asymmetric_weights = false, per_channel = false;
  bool unsigned_activations = false, asymmetric_activations = false;
  const auto index_of = [&](const TfliteOperator& o, size_t i) { return i < o.inputs.size() ? o.inputs[i] : -1; };
  for (const TfliteOperator& o : model.operators) {
    const int weights = index_of(o, 1), activations = index_of(o, 0);
    if (weights < 0 || activations < 0) continue;
    const TfliteTensor& w = model.tensors[static_cast<size_t>(weights)];
    const TfliteTensor& a = model.tensors[static_cast<size_t>(activations)];
    if (!w.constant || !w.quant || !a.quant || (w.dtype != DType::int8 && w.dtype != DType::uint8)) continue;
    integers = true;
    const int32_t middle = w.dtype == DType::uint8 ? 128 : 0;
    unsigned_weights |= w.dtype == DType::uint8;
    asymmetric_weights |= std::any_of(w.quant->zero.begin(), w.quant->zero.end(), [&](int32_t z) { return z != middle; });
    per_channel |= w.quant->axis >= 0;
    unsigned_activations |= a.dtype == DType::uint8;
    asymmetric_activations |= a.quant->zero[0] != (a.dtype == DType::uint8 ? 128 : 0);
  }
  if (!integers) return hybrid ? "hybrid" : "float";
  // An unsigned type is called asymmetric whatever its zero point.
  return fmt::format("{}{}/{}{} per {}", unsigned_weights ? 'u' : 's', unsigned_weights || asymmetric_weights ? 'a' : 's',
                     unsigned_activations ? 'u' : 's', unsigned_activations || asymmetric_activations ? 'a' : 's',
                     per_channel ? "channel" : "tensor");
}

ImportedModel import_bytes(std::vector<uint8_t> bytes, const std::string& name) {
  ImportedModel out;
  out.info.framework = "tflite";
  out.info.name = name;
  out.info.hash = "0x" + md5(bytes);
  const TfliteModel model = TfliteModel::parse(std::move(bytes));
  out.graph.name = name;
  Walk walk(model, out.graph);
  walk.run();
  out.info.format = format_text(model, walk.has_floats_from_integers());
  for (const TfliteOperator& o : model.operators) out.info.operators.push_back(std::string(o.name));
  for (const Value* v : out.graph.values()) {
    if (!v->constant) continue;
    out.info.params += elements(v->type.shape);
    out.info.param_bytes += static_cast<int64_t>(v->constant->data.size());
  }
  for (const Node* node : out.graph.nodes()) out.info.macc += macc(*node);
  return out;
}

}  // namespace

ImportedModel import_tflite(std::vector<uint8_t> bytes, const std::string& name) { return import_bytes(std::move(bytes), name); }

ImportedModel import_tflite(const std::string& path) {
  const std::vector<uint8_t> bytes = read_bytes(path);
  try {
    ImportedModel out = import_bytes(bytes, std::filesystem::path(path).stem().string());
    out.info.files = {path};
    return out;
  } catch (const Error& error) {
    if (error.category() == Category::load) throw load_error(fmt::format("'{}': {}", path, error.message()));
    throw;
  }
}

}  // namespace ew
