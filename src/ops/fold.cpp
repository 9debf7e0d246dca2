#include "ops/op.h"

namespace ew {
namespace {

constexpr int64_t largest_growth = 65'536;  // bytes a folded result may have beyond four times its inputs'
constexpr int64_t most_work = 100'000'000;  // MACC: a file must not keep us busy for minutes

bool foldable(const Graph& graph, const Node& node) {
  int64_t in_bytes = 0, out_bytes = 0;
  for (const Value* v : node.in) {
    if (v == nullptr) continue;
    if (!v->constant) return false;
    in_bytes += bytes(v->type);
  }
  for (const Value* v : node.out) {
    out_bytes += bytes(v->type);
    if (graph.is_output(*v)) return false;  // an output needs a node that writes it
  }
  return out_bytes <= 4 * in_bytes + largest_growth && macc(node) <= most_work;
}

}  // namespace

std::vector<Value*> fold(Graph& graph, Node& node) {
  if (!foldable(graph, node)) return {};
  std::vector<const Tensor*> in;
  for (const Value* v : node.in) in.push_back(v == nullptr ? nullptr : v->constant.get());
  std::vector<Tensor> out;
  for (const Value* v : node.out) out.emplace_back(v->type);
  node.op->eval(node, in, out);
  std::vector<Value*> constants;
  for (size_t i = 0; i < out.size(); ++i) {
    constants.push_back(graph.add_constant(node.out[i]->name, std::move(out[i])));
    graph.replace(*node.out[i], *constants.back());
  }
  graph.erase(node);
  return constants;
}

}  // namespace ew
