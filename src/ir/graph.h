// The first data type: the network as a graph of operators on values. Six mutators; nothing else touches the use lists.
#pragma once

#include "ir/attrs.h"
#include "ir/tensor.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ew {

struct Op;    // ops/op.h; opaque here
struct Node;

struct Value {
  std::string name;                             // the user's name of the tensor
  Type type;
  std::shared_ptr<const Tensor> constant;       // set: the value is known at compile time
  Node* producer = nullptr;                     // null for graph inputs and constants
  std::vector<Node*> users;                     // one entry per use
  std::optional<RemovedChannels> removed;       // channels of the user's tensor that are not there
};

struct Node {
  const Op* op = nullptr;
  std::string name;                             // the user's name of the layer
  std::unique_ptr<Attrs> attrs;
  std::vector<Value*> in;                       // null: an optional input that is absent
  std::vector<Value*> out;
  std::vector<int> origin;                      // operator ids in the user's model (the reports' m_id)

  template <class A> const A& as() const { return static_cast<const A&>(*attrs); }
  template <class A> A& as() { return static_cast<A&>(*attrs); }
};

class Graph {
 public:
  std::string name;
  std::vector<Value*> inputs;                   // in the model's order
  std::vector<Value*> outputs;

  Graph() = default;
  Graph(Graph&&) = default;
  Graph& operator=(Graph&&) = default;

  Value* add_value(std::string name, Type type);
  Value* add_constant(std::string name, Tensor tensor);
  // A node with new output values of the given types, placed before `before` (null: at the end). Outputs are named after the node.
  Node* add_node(const Op& op, std::string name, std::unique_ptr<Attrs> attrs, std::vector<Value*> in, std::vector<Type> out,
                 std::vector<int> origin, const Node* before = nullptr);
  void set_input(Node& node, size_t index, Value* value);
  void replace(Value& old, Value& with);        // every use of `old`, as a graph output too
  void erase(Node& node);                       // its outputs must have no uses; the outputs go with it

  // In an order in which every value is made before it is used.
  [[nodiscard]] std::vector<Node*> nodes() const;
  [[nodiscard]] std::vector<Value*> values() const;
  [[nodiscard]] bool is_output(const Value& value) const;
  void drop_unused_values();                    // constants and values without producer, users or role

 private:
  std::vector<std::unique_ptr<Node>> nodes_;
  std::vector<std::unique_ptr<Value>> values_;
};

}  // namespace ew
