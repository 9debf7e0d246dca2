#include "ops/tflite_context.h"

#include "base/error.h"

#include <algorithm>

namespace ew {
namespace {

constexpr int64_t max_dimension = 65535;
constexpr int64_t max_elements = int64_t{1} << 31;

}  // namespace

Value* TfliteContext::input(size_t index) const {
  if (!has(index)) bad(fmt::format("input {} is missing", index));
  return inputs[index];
}

const Tensor& TfliteContext::constant(size_t index) const {
  const Value* value = input(index);
  if (!value->constant) refuse(fmt::format("input {} '{}' must be a constant", index, value->name));
  return *value->constant;
}

std::vector<int64_t> TfliteContext::integers(size_t index) const {
  const Tensor& tensor = constant(index);
  if (tensor.type.dtype == DType::float32 || tensor.type.dtype == DType::float16) {
    bad(fmt::format("input {} '{}' must be integers", index, inputs[index]->name));
  }
  return ew::integers(tensor);
}

Value* TfliteContext::add(const Op& operation, std::unique_ptr<Attrs> attrs, std::vector<Value*> in, Type out) {
  const Type expected = out;
  Node* node = graph.add_node(operation, name, std::move(attrs), std::move(in), {std::move(out)}, {m_id});
  added.push_back(node);
  infer_checked(*node);
  check(expected, node->out[0]->type, 0);
  return node->out[0];
}

Node* TfliteContext::finish(const Op& operation, std::unique_ptr<Attrs> attrs, std::vector<Value*> in) {
  Node* node = graph.add_node(operation, name, std::move(attrs), std::move(in), output_types, {m_id});
  added.push_back(node);
  infer_checked(*node);
  for (size_t i = 0; i < node->out.size(); ++i) {
    const bool unsaid = output_shape_unknown[i] || output_types[i].shape.empty();   // old converters leave shapes out
    if (!unsaid) check(output_types[i], node->out[i]->type, i);
  }
  outputs = node->out;
  return node;
}

void TfliteContext::infer_checked(Node& node) const {
  std::vector<Type> types;
  try {
    types = node.op->infer(node);
  } catch (const Error& e) {               // what `infer` says, with the place in the file
    if (e.category() == Category::load) bad(e.message());
    if (e.category() == Category::not_implemented) refuse(e.message());
    throw;
  }
  if (types.size() != node.out.size()) bad(fmt::format("{} outputs, {} expected", node.out.size(), types.size()));
  for (size_t i = 0; i < types.size(); ++i) check_size(types[i], i);
  infer_types(node);
}

// Operators multiply dimensions without fear of overflow, and have no meaning for tensors without elements; lists of integers
// (shapes, axes) may be empty.
void TfliteContext::check_size(const Type& type, size_t index) const {
  int64_t product = 1;
  for (const int64_t d : type.shape) {
    if (d < 0 || d > max_dimension) {
      bad(fmt::format("output {} has shape {}; dimensions must be 0..{}", index, text(type.shape), max_dimension));
    }
    product *= d;
    if (product > max_elements) bad(fmt::format("output {} has shape {}: too large", index, text(type.shape)));
  }
  const bool list = type.dtype == DType::int32 || type.dtype == DType::int64;
  if (product == 0 && !list) refuse(fmt::format("output {} has shape {}: no elements", index, text(type.shape)));
}

void TfliteContext::check(const Type& file, const Type& inferred, size_t index) const {
  if (file.dtype != inferred.dtype) {
    bad(fmt::format("output {} is {} in the file, {} by its inputs", index, ew::name(file.dtype), ew::name(inferred.dtype)));
  }
  if (file.shape != inferred.shape) {
    bad(fmt::format("output {} has shape {} in the file, {} by its inputs", index, text(file.shape), text(inferred.shape)));
  }
}

Activation TfliteContext::activation(tflite::ActivationFunctionType type) const {
  switch (type) {
    case tflite::ActivationFunctionType_NONE: return Activation::none;
    case tflite::ActivationFunctionType_RELU: return Activation::relu;
    case tflite::ActivationFunctionType_RELU_N1_TO_1: return Activation::relu_n1_to_1;
    case tflite::ActivationFunctionType_RELU6: return Activation::relu6;
    case tflite::ActivationFunctionType_TANH: return Activation::tanh;
    case tflite::ActivationFunctionType_SIGN_BIT: refuse("the fused activation SIGN_BIT");
  }
  bad(fmt::format("unknown fused activation {}", static_cast<int>(type)));
}

void TfliteContext::bad(const std::string& why) const {
  const bool unknown = std::find(output_shape_unknown.begin(), output_shape_unknown.end(), true) != output_shape_unknown.end();
  if (unknown) refuse(why + " (the file leaves the shape of its output open)");
  throw load_error(where() + why);
}

void TfliteContext::refuse(const std::string& why) const { throw not_implemented(where() + why); }

std::string TfliteContext::where() const { return fmt::format("operator {} {} '{}': ", m_id, op_name, name); }

}  // namespace ew
