#include "ir/graph.h"

#include "base/error.h"

#include <algorithm>

namespace ew {
namespace {

void remove_user(Value* value, const Node* user) {
  if (value == nullptr) return;
  const auto it = std::find(value->users.begin(), value->users.end(), user);
  if (it != value->users.end()) value->users.erase(it);
}

}  // namespace

Value* Graph::add_value(std::string value_name, Type type) {
  values_.push_back(std::make_unique<Value>());
  Value* value = values_.back().get();
  value->name = std::move(value_name);
  value->type = std::move(type);
  return value;
}

Value* Graph::add_constant(std::string value_name, Tensor tensor) {
  Value* value = add_value(std::move(value_name), tensor.type);
  value->constant = std::make_shared<const Tensor>(std::move(tensor));
  return value;
}

Node* Graph::add_node(const Op& op, std::string node_name, std::unique_ptr<Attrs> attrs, std::vector<Value*> in, std::vector<Type> out,
                      std::vector<int> origin, const Node* before) {
  auto owned = std::make_unique<Node>();
  Node* node = owned.get();
  node->op = &op;
  node->name = std::move(node_name);
  node->attrs = std::move(attrs);
  node->in = std::move(in);
  node->origin = std::move(origin);
  for (Value* value : node->in)
    if (value != nullptr) value->users.push_back(node);
  for (size_t i = 0; i < out.size(); ++i) {
    Value* value = add_value(out.size() == 1 ? node->name : fmt::format("{}:{}", node->name, i), std::move(out[i]));
    value->producer = node;
    node->out.push_back(value);
  }
  const auto at = before == nullptr ? nodes_.end()
                                    : std::find_if(nodes_.begin(), nodes_.end(), [&](const auto& n) { return n.get() == before; });
  nodes_.insert(at, std::move(owned));
  return node;
}

void Graph::set_input(Node& node, size_t index, Value* value) {
  remove_user(node.in.at(index), &node);
  node.in[index] = value;
  if (value != nullptr) value->users.push_back(&node);
}

void Graph::replace(Value& old, Value& with) {
  if (&old == &with) return;
  const std::vector<Node*> users = old.users;
  for (Node* user : users)
    for (size_t i = 0; i < user->in.size(); ++i)
      if (user->in[i] == &old) set_input(*user, i, &with);
  std::replace(outputs.begin(), outputs.end(), &old, &with);
}

void Graph::erase(Node& node) {
  for (Value* value : node.out)
    if (!value->users.empty() || is_output(*value)) throw internal_error(fmt::format("'{}' is erased while in use", node.name));
  for (Value* value : node.in) remove_user(value, &node);
  std::erase_if(values_, [&](const auto& v) { return v->producer == &node; });
  std::erase_if(nodes_, [&](const auto& n) { return n.get() == &node; });
}

std::vector<Node*> Graph::nodes() const {
  std::vector<Node*> out;
  out.reserve(nodes_.size());
  for (const auto& node : nodes_) out.push_back(node.get());
  return out;
}

std::vector<Value*> Graph::values() const {
  std::vector<Value*> out;
  out.reserve(values_.size());
  for (const auto& value : values_) out.push_back(value.get());
  return out;
}

bool Graph::is_output(const Value& value) const { return std::find(outputs.begin(), outputs.end(), &value) != outputs.end(); }

void Graph::drop_unused_values() {
  std::erase_if(values_, [&](const auto& v) {
    return v->producer == nullptr && v->users.empty() && !is_output(*v) && std::find(inputs.begin(), inputs.end(), v.get()) == inputs.end();
  });
}

}  // namespace ew
