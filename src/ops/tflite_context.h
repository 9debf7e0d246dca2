// What an operator's TFLite import function works with.
#pragma once

#include "formats/tflite/model.h"
#include "ops/op.h"

namespace ew {

class TfliteContext {
 public:
  Graph& graph;
  const tflite::Operator& op;
  int version = 1;                               // of the operator in the file
  int m_id = 0;                                  // index of the operator in the file
  std::string op_name;                           // "CONV_2D"
  std::string name;                              // the layer's name: that of its first output tensor
  std::vector<Value*> inputs;                    // null: absent (-1)
  // As the file says; quantised uint8 is shown as int8 with zero point - 128, here and in the inputs (their data too).
  std::vector<Type> output_types;
  std::vector<bool> output_shape_unknown;        // the file does not say it (all of it); `output_types` then has what it says
  std::vector<std::string> output_names;
  std::vector<Value*> outputs;                   // to be set: one for each output type
  std::vector<Node*> added;                      // the nodes made so far
  bool was_uint8 = false;                        // some tensor of the operator was quantised uint8 in the file

  // The operator's options; throws load_error when they are missing or of another type.
  template <class O> const O& options() const {
    const O* o = op.builtin_options_as<O>();
    if (o == nullptr) bad("its options are missing");
    return *o;
  }

  Value* input(size_t index) const;              // throws load_error when absent
  [[nodiscard]] bool has(size_t index) const { return index < inputs.size() && inputs[index] != nullptr; }
  const Tensor& constant(size_t index) const;    // throws not_implemented when the input is not known at compile time
  std::vector<int64_t> integers(size_t index) const;   // of a constant input

  // Adds a node with one output of the given type. Its dtype and shape must agree with what the operator infers; a file that contradicts is
  // refused.
  Value* add(const Op& op, std::unique_ptr<Attrs> attrs, std::vector<Value*> in, Type out);
  // The usual ending: one node, types of the file.
  Node* finish(const Op& op, std::unique_ptr<Attrs> attrs, std::vector<Value*> in);

  Activation activation(tflite::ActivationFunctionType type) const;   // refuses SIGN_BIT and unknown ones

  [[noreturn]] void bad(const std::string& why) const;      // load_error: "operator 3 CONV_2D 'name': why"
  [[noreturn]] void refuse(const std::string& why) const;   // not_implemented: the same, for what is legal but not built

 private:
  [[nodiscard]] std::string where() const;
  void infer_checked(Node& node) const;
  void check_size(const Type& type, size_t index) const;
  void check(const Type& file, const Type& inferred, size_t index) const;
};

}  // namespace ew
