// batch_to_space(conv(space_to_batch(x))) = dilated conv(x): TensorFlow's way to write a dilation. With block d, paddings p, crops c and the
// convolution's own padding q: dilation d, padding p + d q - c in front, and behind what the output's size leaves.
#include "ops/conv2d/window.h"
#include "ops/movement/space.h"
#include "passes/passes.h"

namespace ew {
namespace {

struct Pattern { Node* before; Node* convolution; Node* after; };

Node* only_user(const Graph& graph, const Value& value) { return value.users.size() == 1 && !graph.is_output(value) ? value.users[0] : nullptr; }

bool match(const Graph& graph, Node* node, Pattern& p) {
  if (node->op->name != "space_to_batch") return false;
  p.before = node;
  p.convolution = only_user(graph, *node->out[0]);
  if (p.convolution == nullptr || (p.convolution->op->name != "conv2d" && p.convolution->op->name != "depthwise_conv2d")) return false;
  if (p.convolution->in[0] != node->out[0]) return false;
  p.after = only_user(graph, *p.convolution->out[0]);
  if (p.after == nullptr || p.after->op->name != "batch_to_space") return false;
  const auto& in = p.before->as<SpaceBatch>();
  const auto& out = p.after->as<SpaceBatch>();
  const Sliding& s = p.convolution->as<Convolution>().sliding;
  const Type& type = node->in[0]->type;
  return in.block_h == out.block_h && in.block_w == out.block_w && s.stride_h == 1 && s.stride_w == 1 && s.dilation_h == 1 && s.dilation_w == 1 &&
         in.value == (type.quant ? type.quant->zero.at(0) : 0) && type.shape[0] == 1;
}

}  // namespace

bool fold_dilation(Graph& graph) {
  for (Node* node : graph.nodes()) {
    Pattern p{};
    if (!match(graph, node, p)) continue;
    const auto& in = p.before->as<SpaceBatch>();
    const auto& out = p.after->as<SpaceBatch>();
    auto attrs = std::make_unique<Convolution>(p.convolution->as<Convolution>());
    Sliding& s = attrs->sliding;
    const Shape& image = node->in[0]->type.shape;
    const Shape& kernel = p.convolution->in[1]->type.shape;
    const Shape& result = p.after->out[0]->type.shape;
    s.dilation_h = in.block_h;
    s.dilation_w = in.block_w;
    s.pad_top = in.top + in.block_h * s.pad_top - out.top;
    s.pad_left = in.left + in.block_w * s.pad_left - out.left;
    s.pad_bottom = result[1] - image[1] - s.pad_top + (kernel[1] - 1) * s.dilation_h;
    s.pad_right = result[2] - image[2] - s.pad_left + (kernel[2] - 1) * s.dilation_w;
    if (s.pad_top < 0 || s.pad_left < 0 || s.pad_bottom < 0 || s.pad_right < 0) continue;
    std::vector<Value*> inputs = p.convolution->in;
    inputs[0] = node->in[0];
    Node* dilated = graph.add_node(*p.convolution->op, p.convolution->name, std::move(attrs), std::move(inputs), {p.after->out[0]->type},
                                   p.convolution->origin, p.before);
    dilated->out[0]->name = p.after->out[0]->name;
    dilated->out[0]->type.quant = p.convolution->out[0]->type.quant;
    graph.replace(*p.after->out[0], *dilated->out[0]);
    graph.erase(*p.after);
    graph.erase(*p.convolution);
    graph.erase(*p.before);
    fold_dilation(graph);                  // again: the list of nodes is stale now
    return true;
  }
  return false;
}

}  // namespace ew
