// Broken and refused files: each must be answered with the right category and a message that names the thing.
#include "import/import.h"

#include "base/error.h"
#include "formats/tflite/model.h"
#include "ops/op.h"

#include <gmock/gmock.h>

#include <functional>

namespace ew {
namespace {

using testing::HasSubstr;

struct FileTensor {
  std::string name;
  tflite::TensorType type = tflite::TensorType_FLOAT32;
  std::vector<int32_t> shape{1, 4};
  uint32_t buffer = 0;
  std::vector<float> scale{};
  std::vector<int64_t> zero{};
  int32_t axis = 0;
  std::vector<int32_t> signature{};
  bool variable = false, sparse = false;
};

struct FileOperator {
  tflite::BuiltinOperator code = tflite::BuiltinOperator_RELU;
  std::vector<int32_t> inputs{}, outputs{};
  std::string custom{};
};

// A file as data: x -> RELU -> middle -> RELU -> y until a test changes it.
struct File {
  std::vector<FileTensor> tensors{{.name = "x"}, {.name = "middle"}, {.name = "y"}};
  std::vector<FileOperator> operators{{.inputs = {0}, .outputs = {1}}, {.inputs = {1}, .outputs = {2}}};
  std::vector<std::vector<uint8_t>> buffers{{}};
  std::vector<int32_t> inputs{0}, outputs{2};
  uint32_t version = 3;
  int subgraphs = 1;
  uint32_t opcode_offset = 0;
  uint64_t outside = 0;                         // Buffer.offset of the last buffer
  std::string identifier = "TFL3";

  [[nodiscard]] std::vector<uint8_t> bytes() const;
};

std::vector<uint8_t> File::bytes() const {
  flatbuffers::FlatBufferBuilder b;
  std::vector<flatbuffers::Offset<tflite::Tensor>> tensor_list;
  for (const FileTensor& t : tensors) {
    flatbuffers::Offset<tflite::QuantizationParameters> quant;
    if (!t.scale.empty()) quant = tflite::CreateQuantizationParametersDirect(b, nullptr, nullptr, &t.scale, &t.zero, {}, 0, t.axis);
    const auto sparsity = t.sparse ? tflite::CreateSparsityParameters(b) : 0;
    tensor_list.push_back(tflite::CreateTensorDirect(b, &t.shape, t.type, t.buffer, t.name.c_str(), quant, t.variable, sparsity,
                                                     t.signature.empty() ? nullptr : &t.signature));
  }
  std::vector<flatbuffers::Offset<tflite::OperatorCode>> codes;
  std::vector<flatbuffers::Offset<tflite::Operator>> operator_list;
  for (const FileOperator& o : operators) {
    codes.push_back(tflite::CreateOperatorCodeDirect(b, static_cast<int8_t>(std::min<int>(o.code, 127)), o.custom.c_str(), 1, o.code));
    const auto index = static_cast<uint32_t>(codes.size() - 1) + opcode_offset;
    operator_list.push_back(tflite::CreateOperatorDirect(b, index, &o.inputs, &o.outputs));
  }
  std::vector<flatbuffers::Offset<tflite::SubGraph>> graphs;
  for (int i = 0; i < subgraphs; ++i) {
    graphs.push_back(tflite::CreateSubGraphDirect(b, &tensor_list, &inputs, &outputs, &operator_list, "main"));
  }
  std::vector<flatbuffers::Offset<tflite::Buffer>> buffer_list;
  for (const auto& data : buffers) {
    const bool last = buffer_list.size() + 1 == buffers.size();
    buffer_list.push_back(tflite::CreateBufferDirect(b, data.empty() ? nullptr : &data, last ? outside : 0, last ? outside : 0));
  }
  b.Finish(tflite::CreateModelDirect(b, version, &codes, &graphs, "test", &buffer_list), identifier.c_str());
  return {b.GetBufferPointer(), b.GetBufferPointer() + b.GetSize()};
}

// Makes tensor `middle` a constant that RELU reads instead of x: x is then unused, which is allowed.
void make_constant(File& f, tflite::TensorType type, std::vector<int32_t> shape, size_t bytes) {
  f.buffers.push_back(std::vector<uint8_t>(bytes, 1));
  f.tensors[1].type = type;
  f.tensors[1].shape = std::move(shape);
  f.tensors[1].buffer = 1;
}

TEST(ImportTflite, the_file_before_it_is_broken) {
  const ImportedModel model = import_tflite(File().bytes(), "good");
  verify(model.graph);
  EXPECT_EQ(model.graph.nodes().size(), 2U);
  EXPECT_EQ(model.graph.nodes()[1]->name, "y");
  EXPECT_EQ(model.info.format, "float");
  EXPECT_EQ(model.info.hash.size(), 34U);
}

struct Broken {
  const char* name;
  Category category;
  const char* message;
  std::function<void(File&)> change;
};

class BrokenFile : public testing::TestWithParam<Broken> {};

TEST_P(BrokenFile, is_refused) {
  File file;
  GetParam().change(file);
  try {
    import_tflite(file.bytes(), "broken");
    FAIL() << "it was imported";
  } catch (const Error& e) {
    EXPECT_EQ(e.category(), GetParam().category) << e.text();
    EXPECT_THAT(e.text(), HasSubstr(GetParam().message));
  }
}

constexpr Category load = Category::load;
constexpr Category refused = Category::not_implemented;

const Broken broken_files[] = {
    {"identifier", load, "identifier TFL3", [](File& f) { f.identifier = "TFL2"; }},
    {"version", load, "schema version 2", [](File& f) { f.version = 2; }},
    {"no_subgraph", load, "no subgraph", [](File& f) { f.subgraphs = 0; }},
    {"two_subgraphs", refused, "2 subgraphs", [](File& f) { f.subgraphs = 2; }},
    {"no_input", refused, "no input", [](File& f) { f.inputs.clear(); }},
    {"no_output", load, "no output", [](File& f) { f.outputs.clear(); }},
    {"input_index", load, "inputs of the graph: tensor 7 of 3", [](File& f) { f.inputs = {7}; }},
    {"output_index", load, "outputs of the graph: tensor -2 of 3", [](File& f) { f.outputs = {-2}; }},
    {"operator_input", load, "operator 1 RELU: input: tensor 99 of 3", [](File& f) { f.operators[1].inputs = {99}; }},
    {"operator_output", load, "operator 1 RELU: output: tensor -1 of 3", [](File& f) { f.operators[1].outputs = {-1}; }},
    {"operator_code", load, "operator code 9 of 2", [](File& f) { f.opcode_offset = 9; }},
    {"unknown_operator", load, "unknown operator code 5000",
     [](File& f) { f.operators[0].code = static_cast<tflite::BuiltinOperator>(5000); }},
    {"custom_operator", refused, "operator 0 CUSTOM 'fft' 'middle'",
     [](File& f) { f.operators[0] = {tflite::BuiltinOperator_CUSTOM, {0}, {1}, "fft"}; }},
    {"variable_handle", refused, "operator 0 VAR_HANDLE 'middle'",
     [](File& f) { f.operators[0].code = tflite::BuiltinOperator_VAR_HANDLE; }},
    {"input_twice", load, "listed twice", [](File& f) { f.inputs = {0, 0}; }},
    {"input_that_is_made", load, "operator 0 makes it", [](File& f) { f.inputs = {1}; }},
    {"made_twice", load, "'y' is made by operators 0 and 1", [](File& f) { f.operators[0].outputs = {2}; }},
    {"never_made", load, "no operator makes its input 'middle'", [](File& f) { f.operators.erase(f.operators.begin()); }},
    {"output_never_made", load, "output 'y': no operator makes it", [](File& f) { f.operators.pop_back(); }},
    {"cycle", load, "made later, by operator 1 (a cycle", [](File& f) { f.operators[0].inputs = {2}; }},
    {"own_output", load, "made later, by operator 0 (a cycle", [](File& f) { f.operators[0].inputs = {1}; }},
    {"wrong_order", load, "made later, by operator 1", [](File& f) { std::swap(f.operators[0], f.operators[1]); }},
    {"missing_input", load, "operator 0 RELU 'middle': input 0 is missing", [](File& f) { f.operators[0].inputs = {-1}; }},
    {"no_operator_output", load, "no output", [](File& f) { f.operators.push_back({.inputs = {0}, .outputs = {}}); }},
    {"buffer_index", load, "tensor 1 'middle': buffer 5 of 1", [](File& f) { f.tensors[1].buffer = 5; }},
    {"data_outside", load, "above 2 GB",
     [](File& f) { make_constant(f, tflite::TensorType_FLOAT32, {1, 4}, 16); f.outside = uint64_t{1} << 32; }},
    {"data_too_short", load, "needs 16 bytes of data, the file has 15",
     [](File& f) { make_constant(f, tflite::TensorType_FLOAT32, {1, 4}, 15); }},
    {"data_too_long", load, "needs 4 bytes of data, the file has 5", [](File& f) { make_constant(f, tflite::TensorType_INT8, {4}, 5); }},
    {"constant_output", load, "its output 'middle' has constant data",
     [](File& f) { make_constant(f, tflite::TensorType_FLOAT32, {1, 4}, 16); }},
    {"huge_shape", load, "too large",
     [](File& f) { make_constant(f, tflite::TensorType_INT8, {1 << 20, 1 << 20, 1 << 20}, 4); }},
    {"seven_dimensions", load, "7 dimensions", [](File& f) { f.tensors[0].shape = {1, 1, 1, 1, 1, 1, 1}; }},
    {"negative_dimension", load, "dimension 1 is -7", [](File& f) { f.tensors[0].shape = {1, -7}; }},
    {"large_dimension", load, "dimension 1 is 65536", [](File& f) { f.tensors[0].shape = {1, 65536}; }},
    {"empty_input", load, "has no elements", [](File& f) { f.tensors[0].shape = {1, 0}; }},
    {"contradicting_shape", load, "operator 0 RELU 'middle': output 0 has shape 1x5 in the file, 1x4",
     [](File& f) { f.tensors[1].shape = {1, 5}; }},
    {"contradicting_type", load, "operator 0 RELU 'middle': output 0 is int32 in the file, float32",
     [](File& f) { f.tensors[1].type = tflite::TensorType_INT32; }},
    {"string", refused, "element type STRING", [](File& f) { f.tensors[0].type = tflite::TensorType_STRING; }},
    {"int4", refused, "tensor 'middle' has element type INT4", [](File& f) { f.tensors[1].type = tflite::TensorType_INT4; }},
    {"unknown_type", load, "unknown element type 77", [](File& f) { f.tensors[0].type = static_cast<tflite::TensorType>(77); }},
    {"int16", refused, "int16", [](File& f) { f.tensors[0].type = tflite::TensorType_INT16; }},
    {"sparse", refused, "'middle' is sparse", [](File& f) { f.tensors[1].sparse = true; }},
    {"variable", refused, "'middle' is a variable", [](File& f) { f.tensors[1].variable = true; }},
    {"zero_points", load, "1 quantisation scales but 2 zero points",
     [](File& f) { f.tensors[0] = {.name = "x", .type = tflite::TensorType_INT8, .scale = {1}, .zero = {0, 0}}; }},
    {"scale_axis", load, "3 quantisation scales do not fit dimension 1",
     [](File& f) { f.tensors[0] = {.name = "x", .type = tflite::TensorType_INT8, .scale = {1, 1, 1}, .zero = {0, 0, 0}, .axis = 1}; }},
    {"scale_axis_outside", load, "do not fit dimension 9",
     [](File& f) { f.tensors[0] = {.name = "x", .type = tflite::TensorType_INT8, .scale = {1, 1}, .zero = {0, 0}, .axis = 9}; }},
    {"scale_not_a_number", load, "quantisation scale 0 is nan",
     [](File& f) { f.tensors[0] = {.name = "x", .type = tflite::TensorType_INT8, .scale = {std::nanf("")}, .zero = {0}}; }},
    {"negative_scale", load, "quantisation scale 0 is -1",
     [](File& f) { f.tensors[0] = {.name = "x", .type = tflite::TensorType_INT8, .scale = {-1}, .zero = {0}}; }},
    {"zero_point_outside", load, "zero point 0 is 128",
     [](File& f) { f.tensors[0] = {.name = "x", .type = tflite::TensorType_INT8, .scale = {1}, .zero = {128}}; }},
    {"options_missing", load, "operator 0 SOFTMAX 'middle': its options are missing",
     [](File& f) { f.operators[0].code = tflite::BuiltinOperator_SOFTMAX; }},
};

INSTANTIATE_TEST_SUITE_P(ImportTflite, BrokenFile, testing::ValuesIn(broken_files),
                         [](const auto& test) { return std::string(test.param.name); });

// A network that copies its uint8 input, by way of an operator on int8.
TEST(ImportTflite, uint8_becomes_int8_inside) {
  File file;
  for (FileTensor& t : file.tensors) {
    t.type = tflite::TensorType_UINT8;
    t.scale = {0.5F};
    t.zero = {0};
  }
  const ImportedModel model = import_tflite(file.bytes(), "unsigned");
  EXPECT_EQ(model.graph.inputs[0]->type.dtype, DType::uint8);
  EXPECT_EQ(model.graph.outputs[0]->type.dtype, DType::uint8);
  EXPECT_EQ(model.graph.nodes()[1]->in[0]->type.dtype, DType::int8);
  EXPECT_EQ(model.graph.nodes()[1]->in[0]->type.quant->zero[0], -128);
  Tensor in(model.graph.inputs[0]->type);
  in.data = {0, 3, 128, 255};
  EXPECT_EQ(evaluate(model.graph, std::vector{in})[0].data, in.data);
}

TEST(ImportTflite, unknown_batch_is_one) {
  File file;
  for (FileTensor& t : file.tensors) t.shape = {-1, 4};
  EXPECT_EQ(import_tflite(file.bytes(), "batch").graph.outputs[0]->type.shape, (Shape{1, 4}));
}

TEST(ImportTflite, names_are_unique_and_printable) {
  File file;
  file.tensors[1].name = "same\n*/";
  file.tensors[2].name = "same\n*/";
  const ImportedModel model = import_tflite(file.bytes(), "names");
  EXPECT_EQ(model.graph.nodes()[0]->name, "same?*/");
  EXPECT_EQ(model.graph.nodes()[1]->name, "same?*/_2");
}

TEST(ImportTflite, missing_file_is_a_file_error) { EXPECT_THROW(import_tflite("no/such/file.tflite"), Error); }

}  // namespace
}  // namespace ew
