#include "formats/tflite/model.h"

#include "base/error.h"
#include "base/files.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace ew {
namespace {

constexpr int64_t max_dimensions = 6;      // docs: static shapes of at most 6 dimensions,
constexpr int64_t max_dimension = 65535;   // each of at most 65535 elements ...
constexpr int64_t max_constant_dimension = int64_t{1} << 28;  // ... but flat constants may be longer
constexpr int64_t max_elements = int64_t{1} << 31;
constexpr size_t max_operators = 100'000;
constexpr size_t max_file_bytes = size_t{1} << 31;   // FlatBuffers' own limit

struct TypeRow {
  tflite::TensorType type;
  std::optional<DType> dtype;
  int bits;                                // of one element; 0: not a number
};

constexpr TypeRow type_rows[] = {
    {tflite::TensorType_FLOAT32, DType::float32, 32}, {tflite::TensorType_FLOAT16, DType::float16, 16},
    {tflite::TensorType_INT32, DType::int32, 32},     {tflite::TensorType_UINT8, DType::uint8, 8},
    {tflite::TensorType_INT64, DType::int64, 64},     {tflite::TensorType_STRING, std::nullopt, 0},
    {tflite::TensorType_BOOL, DType::boolean, 8},     {tflite::TensorType_INT16, DType::int16, 16},
    {tflite::TensorType_COMPLEX64, std::nullopt, 64}, {tflite::TensorType_INT8, DType::int8, 8},
    {tflite::TensorType_FLOAT64, std::nullopt, 64},   {tflite::TensorType_COMPLEX128, std::nullopt, 128},
    {tflite::TensorType_UINT64, std::nullopt, 64},    {tflite::TensorType_RESOURCE, std::nullopt, 0},
    {tflite::TensorType_VARIANT, std::nullopt, 0},    {tflite::TensorType_UINT32, std::nullopt, 32},
    {tflite::TensorType_UINT16, std::nullopt, 16},    {tflite::TensorType_INT4, std::nullopt, 4},
    {tflite::TensorType_BFLOAT16, std::nullopt, 16},  {tflite::TensorType_INT2, std::nullopt, 2},
    {tflite::TensorType_UINT4, std::nullopt, 4},      {tflite::TensorType_FLOAT8_E4M3FN, std::nullopt, 8},
    {tflite::TensorType_FLOAT8_E5M2, std::nullopt, 8}};

const TypeRow* find_type(tflite::TensorType type) {
  for (const TypeRow& row : type_rows) {
    if (row.type == type) return &row;
  }
  return nullptr;
}

// Names in the file are arbitrary bytes; messages, reports and C comments want printable text.
std::string printable(const flatbuffers::String* text) {
  std::string out;
  if (text == nullptr) return out;
  for (const char c : *text) {
    const auto u = static_cast<unsigned char>(c);
    out += (u < 0x20 || u == 0x7f) ? '?' : c;
    if (out.size() == 1000) break;
  }
  return out;
}

// Reads the dimensions of one tensor.
void read_shape(const tflite::Tensor& in, TfliteTensor& t, const std::string& where) {
  const auto* shape = in.shape();
  if (shape == nullptr || shape->size() == 0) {
    t.unknown_shape = !in.has_rank() && !t.constant;   // a scalar, or a tensor of unknown rank: files before has_rank do not say which
    return;
  }
  if (shape->size() > max_dimensions) {
    throw load_error(fmt::format("{}: {} dimensions; at most {} are supported", where, shape->size(), max_dimensions));
  }
  const auto* signature = in.shape_signature();
  for (flatbuffers::uoffset_t i = 0; i < shape->size(); ++i) {
    int64_t dimension = shape->Get(i);
    const bool unknown = dimension == -1 || (signature != nullptr && signature->size() == shape->size() && signature->Get(i) == -1);
    if (unknown && i == 0) dimension = 1;
    if (unknown && i != 0) t.unknown_shape = true;
    if (unknown && dimension == -1) dimension = 1;
    if (dimension < 0 || dimension > (t.constant ? max_constant_dimension : max_dimension)) {
      throw load_error(fmt::format("{}: dimension {} is {}; it must be 0..{}", where, i, dimension, max_dimension));
    }
    t.shape.push_back(dimension);
  }
  int64_t product = 1;
  for (const int64_t d : t.shape) {
    product *= d;                          // at most 2^31 * 2^28: no overflow
    if (product > max_elements) throw load_error(fmt::format("{}: shape {} is too large", where, text(t.shape)));
  }
}

// The least and greatest value of a quantised type; none for types that are not quantised.
std::optional<std::pair<int64_t, int64_t>> integer_range(std::optional<DType> dtype) {
  if (!dtype) return std::nullopt;
  switch (*dtype) {
    case DType::int8: return std::pair<int64_t, int64_t>{-128, 127};
    case DType::uint8: return std::pair<int64_t, int64_t>{0, 255};
    case DType::int16: return std::pair<int64_t, int64_t>{-32768, 32767};
    case DType::int32:
    case DType::int64: return std::pair<int64_t, int64_t>{std::numeric_limits<int32_t>::min(), std::numeric_limits<int32_t>::max()};
    case DType::float32:
    case DType::float16:
    case DType::boolean: break;
  }
  return std::nullopt;
}

// An element of a vector of 8-byte numbers. The verifier does not promise that they are aligned.
int64_t element(const flatbuffers::Vector<int64_t>& vector, flatbuffers::uoffset_t index) {
  int64_t value;
  std::memcpy(&value, vector.Data() + index * sizeof value, sizeof value);
  return flatbuffers::EndianScalar(value);
}

// Reads the quantisation of one tensor, if it has one.
void read_quant(const tflite::Tensor& in, TfliteTensor& t, const std::string& where) {
  const auto* q = in.quantization();
  if (q == nullptr || q->scale() == nullptr || q->scale()->size() == 0) return;
  const auto range = integer_range(t.dtype);
  if (!range) return;                      // float tensors may keep what their training recorded
  const auto count = q->scale()->size();
  const auto zeros = q->zero_point() == nullptr ? 0 : q->zero_point()->size();
  if (zeros != count) throw load_error(fmt::format("{}: {} quantisation scales but {} zero points", where, count, zeros));
  Quant quant;
  if (count > 1) {
    const int axis = q->quantized_dimension();
    if (axis < 0 || axis >= static_cast<int>(t.shape.size()) || t.shape[static_cast<size_t>(axis)] != count) {
      throw load_error(fmt::format("{}: {} quantisation scales do not fit dimension {} of shape {}", where, count, axis, text(t.shape)));
    }
    quant.axis = axis;
  }
  for (flatbuffers::uoffset_t i = 0; i < count; ++i) {
    const float scale = q->scale()->Get(i);
    const int64_t zero = element(*q->zero_point(), i);
    if (!std::isfinite(scale) || scale < 0) throw load_error(fmt::format("{}: quantisation scale {} is {}", where, i, scale));
    if (zero < range->first || zero > range->second) throw load_error(fmt::format("{}: zero point {} is {}", where, i, zero));
    quant.scale.push_back(scale);
    quant.zero.push_back(static_cast<int32_t>(zero));
  }
  t.quant = std::move(quant);
}

// Finds the constant's bytes and compares their number with type and shape.
void check_data(const TfliteTensor& t, const TypeRow& row, const std::string& where) {
  if (!t.constant || t.sparse || row.bits == 0) return;
  const int64_t expected = (elements(t.shape) * row.bits + 7) / 8;
  if (static_cast<int64_t>(t.data.size()) != expected) {
    throw load_error(fmt::format("{}: {} {} needs {} bytes of data, the file has {}", where, t.type_name(), text(t.shape), expected,
                                 t.data.size()));
  }
}

TfliteTensor read_tensor(const tflite::Model& model, const tflite::Tensor* in, int index) {
  TfliteTensor t;
  t.index = index;
  t.name = printable(in->name());
  const std::string where = t.name.empty() ? fmt::format("tensor {}", index) : fmt::format("tensor {} '{}'", index, t.name);
  if (t.name.empty()) t.name = fmt::format("tensor_{}", index);
  t.type = in->type();
  const TypeRow* row = find_type(t.type);
  if (row == nullptr) throw load_error(fmt::format("{}: unknown element type {}", where, static_cast<int>(t.type)));
  t.dtype = row->dtype;
  t.variable = in->is_variable();
  t.sparse = in->sparsity() != nullptr;
  if (in->external_buffer() != 0) throw load_error(fmt::format("{}: its data are in another file", where));
  const auto* buffers = model.buffers();
  const size_t buffer_count = buffers == nullptr ? 0 : buffers->size();
  if (in->buffer() != 0) {
    if (in->buffer() >= buffer_count) throw load_error(fmt::format("{}: buffer {} of {}", where, in->buffer(), buffer_count));
    const tflite::Buffer* buffer = buffers->Get(in->buffer());
    if (buffer->offset() > 1 || buffer->size() > 1) {
      throw load_error(fmt::format("{}: data outside the FlatBuffer (files above 2 GB) are not supported", where));
    }
    if (buffer->data() != nullptr && buffer->data()->size() > 0) {
      t.data = {buffer->data()->data(), buffer->data()->size()};
      t.constant = true;
    }
  }
  read_shape(*in, t, where);
  if (!t.constant && !t.variable && in->buffer() != 0 && elements(t.shape) == 0) t.constant = true;  // an empty list of numbers
  read_quant(*in, t, where);
  check_data(t, *row, where);
  return t;
}

// Indices of tensors; -1 (absent) only where `optional` says so.
std::vector<int> read_indices(const flatbuffers::Vector<int32_t>* in, size_t tensors, bool optional, const std::string& where) {
  std::vector<int> out;
  if (in == nullptr) return out;
  if (in->size() > max_operators) throw load_error(fmt::format("{}: {} tensors", where, in->size()));
  for (const int32_t index : *in) {
    if (!(optional && index == -1) && (index < 0 || static_cast<size_t>(index) >= tensors)) {
      throw load_error(fmt::format("{}: tensor {} of {}", where, index, tensors));
    }
    out.push_back(index);
  }
  return out;
}

TfliteOperator read_operator(const tflite::Model& model, const tflite::Operator* in, int index, size_t tensors) {
  TfliteOperator o;
  o.index = index;
  o.op = in;
  const auto* codes = model.operator_codes();
  const size_t count = codes == nullptr ? 0 : codes->size();
  if (in->opcode_index() >= count) throw load_error(fmt::format("operator {}: operator code {} of {}", index, in->opcode_index(), count));
  const tflite::OperatorCode& code = *codes->Get(in->opcode_index());
  // Files older than the wide field have the code in the narrow one only; newer ones have both, or 127 in the narrow one.
  o.code = std::max(code.builtin_code(), static_cast<tflite::BuiltinOperator>(code.deprecated_builtin_code()));
  o.version = code.version();
  if (o.code < tflite::BuiltinOperator_MIN || o.code > tflite::BuiltinOperator_MAX) {
    throw load_error(fmt::format("operator {}: unknown operator code {}", index, static_cast<int>(o.code)));
  }
  o.name = tflite::EnumNameBuiltinOperator(o.code);
  if (o.code == tflite::BuiltinOperator_CUSTOM) o.name += fmt::format(" '{}'", printable(code.custom_code()));
  o.inputs = read_indices(in->inputs(), tensors, true, fmt::format("operator {} {}: input", index, o.name));
  o.outputs = read_indices(in->outputs(), tensors, false, fmt::format("operator {} {}: output", index, o.name));
  return o;
}

void verify_flatbuffer(const std::vector<uint8_t>& bytes) {
  if (bytes.size() < 8 || !tflite::ModelBufferHasIdentifier(bytes.data())) {
    throw load_error("not a TFLite file: the identifier TFL3 is missing");
  }
  if (bytes.size() >= max_file_bytes) throw load_error("files above 2 GB are not supported");
  flatbuffers::Verifier verifier(bytes.data(), bytes.size(), /*max_depth=*/32, /*max_tables=*/2'000'000);
  if (!tflite::VerifyModelBuffer(verifier)) throw load_error("damaged TFLite file: an offset points outside, or the file is truncated");
}

}  // namespace

std::string TfliteTensor::type_name() const { return tflite::EnumNameTensorType(type); }

TfliteModel TfliteModel::parse(std::vector<uint8_t> bytes) {
  verify_flatbuffer(bytes);
  TfliteModel m;
  m.bytes = std::move(bytes);
  m.root = tflite::GetModel(m.bytes.data());
  if (m.root->version() != 3) throw load_error(fmt::format("schema version {} of TFLite; only 3 is supported", m.root->version()));
  if (m.root->subgraphs() == nullptr || m.root->subgraphs()->size() == 0) throw load_error("the file has no subgraph");
  m.subgraphs = static_cast<int>(m.root->subgraphs()->size());
  const tflite::SubGraph& graph = *m.root->subgraphs()->Get(0);
  if (graph.tensors() != nullptr) {
    if (graph.tensors()->size() > max_operators) throw load_error(fmt::format("{} tensors are too many", graph.tensors()->size()));
    for (const tflite::Tensor* tensor : *graph.tensors()) {
      m.tensors.push_back(read_tensor(*m.root, tensor, static_cast<int>(m.tensors.size())));
    }
  }
  if (graph.operators() != nullptr) {
    if (graph.operators()->size() > max_operators) throw load_error(fmt::format("{} operators are too many", graph.operators()->size()));
    for (const tflite::Operator* op : *graph.operators()) {
      m.operators.push_back(read_operator(*m.root, op, static_cast<int>(m.operators.size()), m.tensors.size()));
    }
  }
  m.inputs = read_indices(graph.inputs(), m.tensors.size(), false, "inputs of the graph");
  m.outputs = read_indices(graph.outputs(), m.tensors.size(), false, "outputs of the graph");
  return m;
}

TfliteModel TfliteModel::load(const std::string& path) { return parse(read_bytes(path)); }

}  // namespace ew
