#include "report/sample_networks.h"

#include "ops/op.h"

namespace ew {
namespace {

struct FusedAttrs : AttrsOf<FusedAttrs> {
  Activation activation = Activation::none;
  FusedAttrs() = default;
  explicit FusedAttrs(Activation a) : activation(a) {}
  template <class V> void fields(V& v) { v("activation", activation); }
  [[nodiscard]] Activation fused() const override { return activation; }
};

int64_t output_elements(const Node& node) { return elements(node.out.front()->type.shape); }
int64_t conv_macc(const Node& node) { return output_elements(node) * 9 + node.out.front()->type.shape.back(); }
int64_t dense_macc(const Node& node) { return output_elements(node) * (node.in[0]->type.shape.back() + 1); }
int64_t softmax_macc(const Node& node) { return 15 * output_elements(node); }
int64_t no_macc(const Node&) { return 0; }

Op operator_like(std::string_view name, int64_t (*macc)(const Node&), LayerType (*layer)(const Node&)) {
  Op op{};
  op.name = name;
  op.macc = macc;
  op.layer = layer;
  return op;
}

const Op conv = operator_like("conv2d", conv_macc, [](const Node&) { return LayerType{"Conv2D", 0x103}; });
const Op dense = operator_like("dense", dense_macc, [](const Node&) { return LayerType{"Dense", 0x104}; });
const Op reshape = operator_like("reshape", no_macc, [](const Node&) { return LayerType{"Reshape", 0x100}; });
const Op softmax = operator_like("softmax", softmax_macc, [](const Node&) { return LayerType{"Softmax", 0x10C}; });
const Op add = operator_like("add", output_elements, [](const Node&) { return LayerType{"Eltwise/add", 0x113}; });

Type int8_type(Shape shape, float scale, int32_t zero) { return {DType::int8, std::move(shape), Quant{{scale}, {zero}, -1}}; }
Type float_type(Shape shape) { return {DType::float32, std::move(shape), std::nullopt}; }

// Arrays one after the other in the segment of their kind: what the planner would do, without overlaps.
class ProgramMaker {
 public:
  explicit ProgramMaker(Program& program) : program_(program) {
    program_.segments.resize(2);
    program_.segments[0].kind = SegmentKind::activations;
    program_.segments[1].kind = SegmentKind::weights;
  }

  int array(std::string name, Type type, Role role = Role::activation) {
    Array a;
    a.id = static_cast<int>(program_.arrays.size());
    a.name = std::move(name);
    a.value_name = a.name;
    a.type = std::move(type);
    a.role = role;
    a.bytes = bytes(a.type);
    const bool constant = role == Role::weights || role == Role::bias;
    if (constant) a.data = std::make_shared<Tensor>(a.type);
    a.segment = constant ? 1 : 0;
    Segment& segment = program_.segments[static_cast<size_t>(a.segment)];
    a.offset = segment.bytes;
    a.last = 2;
    segment.bytes += (a.bytes + 3) / 4 * 4;
    program_.arrays.push_back(a);
    return a.id;
  }

  int input(std::string name, Type type) {
    const int id = array(std::move(name), std::move(type));
    program_.arrays.back().input = static_cast<int>(program_.inputs.size());
    program_.inputs.push_back(id);
    return id;
  }

  void output(int id) {
    program_.arrays[static_cast<size_t>(id)].output = static_cast<int>(program_.outputs.size());
    program_.outputs.push_back(id);
  }

  CNode& node(std::string name, std::string comment, std::string type, std::vector<int> m_ids, int64_t macc, std::string op_type) {
    CNode node;
    node.name = std::move(name);
    node.comment = std::move(comment);
    node.type = std::move(type);
    node.m_ids = std::move(m_ids);
    node.macc = macc;
    node.op_type = std::move(op_type);
    program_.nodes.push_back(std::move(node));
    return program_.nodes.back();
  }

 private:
  Program& program_;
};

ModelInfo model_info(std::string name, std::string format) {
  ModelInfo info;
  info.files = {"/models/" + name + ".tflite"};
  info.framework = "tflite";
  info.name = std::move(name);
  info.hash = "0x0123456789abcdef0123456789abcdef";
  info.format = std::move(format);
  return info;
}

OriginalModel int8_original() {
  Graph g;
  Value* x = g.add_value("serving_default_image_of_the_camera:0", int8_type({1, 8, 8, 1}, 0.0078431377F, -1));
  g.inputs = {x};
  Value* w = g.add_constant("conv/weights", Tensor(int8_type({4, 3, 3, 1}, 0.01F, 0)));
  Value* b = g.add_constant("conv/bias", Tensor({DType::int32, {4}, std::nullopt}));
  Node* c = g.add_node(conv, "conv", std::make_unique<FusedAttrs>(Activation::relu), {x, w, b}, {int8_type({1, 8, 8, 4}, 0.02F, -128)}, {0});
  Node* r = g.add_node(reshape, "flatten", std::make_unique<NoAttrs>(), {c->out[0]}, {int8_type({1, 256}, 0.02F, -128)}, {1});
  Value* dw = g.add_constant("dense/weights", Tensor(int8_type({10, 256}, 0.01F, 0)));
  Value* db = g.add_constant("dense/bias", Tensor({DType::int32, {10}, std::nullopt}));
  Node* d = g.add_node(dense, "dense", std::make_unique<FusedAttrs>(), {r->out[0], dw, db}, {int8_type({1, 10}, 0.1F, 3)}, {2});
  Node* s = g.add_node(softmax, "StatefulPartitionedCall:0", std::make_unique<NoAttrs>(), {d->out[0]}, {int8_type({1, 10}, 0.00390625F, -128)}, {3});
  g.outputs = {s->out[0]};
  const std::vector<std::string> names{"CONV_2D", "RESHAPE", "FULLY_CONNECTED", "SOFTMAX"};
  return describe_original(g, names);
}

OriginalModel float_original() {
  Graph g;
  Value* a = g.add_value("a", float_type({1, 12}));
  Value* b = g.add_value("b", float_type({1, 12}));
  g.inputs = {a, b};
  Value* wa = g.add_constant("wa", Tensor(float_type({8, 12})));
  Value* wb = g.add_constant("wb", Tensor(float_type({8, 12})));
  Node* left = g.add_node(dense, "left", std::make_unique<FusedAttrs>(Activation::relu6), {a, wa, nullptr}, {float_type({1, 8})}, {0});
  Node* right = g.add_node(dense, "right", std::make_unique<FusedAttrs>(), {b, wb, nullptr}, {float_type({1, 8})}, {1});
  Node* sum = g.add_node(add, "sum", std::make_unique<FusedAttrs>(), {left->out[0], right->out[0]}, {float_type({1, 8})}, {2});
  g.outputs = {sum->out[0]};
  const std::vector<std::string> names{"FULLY_CONNECTED", "FULLY_CONNECTED", "ADD"};
  return describe_original(g, names);
}

}  // namespace

SampleNetwork sample_int8() {
  SampleNetwork n;
  n.original = int8_original();
  Program& p = n.program;
  p.model = model_info("digits", "ss/sa per channel");
  ProgramMaker make(p);
  const int x = make.input("serving_default_image_of_the_camera_0_output", int8_type({1, 8, 8, 1}, 0.0078431377F, -1));
  CNode& c = make.node("conv2d_0", "conv", "Conv2D", {0}, 2308, "smul_s8_s8");
  c.attributes = {{"filter_size", "(3, 3)"}, {"stride", "(1, 1)"}};
  c.calls.push_back({"nn_conv2d_s8_row", {}, {}, {}, 8, false, 32, 1, 0});
  const int y = make.array("conv2d_0_output", int8_type({1, 8, 8, 4}, 0.02F, -128));
  c.inputs = {x};
  c.scratch = {make.array("conv2d_0_scratch0", {DType::int8, {72}, std::nullopt}, Role::scratch)};
  c.weights = {make.array("conv2d_0_weights", int8_type({4, 3, 3, 1}, 0.01F, 0), Role::weights),
               make.array("conv2d_0_bias", {DType::int32, {4}, std::nullopt}, Role::bias)};
  c.outputs = {y};
  CNode& d = make.node("dense_2", "dense", "Dense", {2}, 2570, "smul_s8_s8");
  d.inputs = {y};
  const int z = make.array("dense_2_output", int8_type({1, 10}, 0.1F, 3));
  d.weights = {make.array("dense_2_weights", int8_type({10, 256}, 0.01F, 0), Role::weights),
               make.array("dense_2_bias", {DType::int32, {10}, std::nullopt}, Role::bias)};
  d.outputs = {z};
  CNode& s = make.node("nl_3", "StatefulPartitionedCall:0", "Nonlinearity", {3}, 150, "op_s8_s8");
  const int out = make.array("nl_3_output", int8_type({1, 10}, 0.00390625F, -128));
  s.inputs = {z};
  s.outputs = {out};
  make.output(out);
  return n;
}

SampleNetwork sample_float() {
  SampleNetwork n;
  n.original = float_original();
  Program& p = n.program;
  p.model = model_info("two_inputs", "float");
  p.c_name = "sum";
  p.inputs_in_activations = p.outputs_in_activations = false;
  ProgramMaker make(p);
  const int a = make.input("a_output", float_type({1, 12})), b = make.input("b_output", float_type({1, 12}));
  CNode& left = make.node("dense_0", "left", "Dense", {0}, 8 * 13 + 16, "smul_f32_f32");
  const int l = make.array("dense_0_output", float_type({1, 8}));
  left.inputs = {a};
  left.weights = {make.array("dense_0_weights", float_type({8, 12}), Role::weights)};
  left.outputs = {l};
  CNode& right = make.node("dense_1", "right", "Dense", {1}, 8 * 13, "smul_f32_f32");
  const int r = make.array("dense_1_output", float_type({1, 8}));
  right.inputs = {b};
  right.weights = {make.array("dense_1_weights", float_type({8, 12}), Role::weights)};
  right.outputs = {r};
  CNode& sum = make.node("eltwise_2", "sum", "Eltwise/add", {2}, 8, "op_f32_f32");
  const int out = make.array("eltwise_2_output", float_type({1, 8}));
  sum.inputs = {l, r};
  sum.outputs = {out};
  make.output(out);
  return n;
}

ReportInput sample_input(const SampleNetwork& network, std::string command) {
  ReportInput in;
  in.version = "ST Edge AI Core v2.2.0-20266 2adc00962";
  in.created = "2026-04-04 23:37:12";
  in.arguments = command + " -m " + network.program.model.name + ".tflite --target stm32f4";
  in.command = std::move(command);
  in.model_files = network.program.model.files;
  in.options = network.program.inputs_in_activations ? "allocate-inputs, allocate-outputs" : "";
  in.target = "stm32f4";
  in.workspace = "/home/user/st_ai_ws";
  in.output = "/home/user/st_ai_output";
  in.program = &network.program;
  in.original = &network.original;
  return in;
}

}  // namespace ew
