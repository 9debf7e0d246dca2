// A view: nothing is computed.
#include "ops/reshape/reshape.h"

#include "ops/channels.h"
#include "ops/tflite_context.h"

#include "base/error.h"

#include <array>
#include <numeric>

namespace ew {

extern const Op reshape_op;

namespace {

std::vector<Type> infer(const Node& node) {
  const Type& in = node.in.at(0)->type;
  const auto& shape = node.as<Reshape>().shape;
  if (elements(shape) != elements(in.shape))
    throw load_error(fmt::format("layer '{}': {} elements cannot take the shape {}", node.name, elements(in.shape), text(shape)));
  return {{in.dtype, shape, {}}};
}

void eval(const Node&, std::span<const Tensor* const> in, std::span<Tensor> out) { out[0].data = in[0]->data; }

Bounds bounds(const Node& node, std::span<const Bounds* const> in) { return dealt(*in[0], channel_count(node.out[0]->type)); }

// Element i is in channel i % (channels) on either side.
void relate(const Node& node, ChannelGroups& groups) {
  const Value &in = *node.in[0], &out = *node.out[0];
  const int64_t from = channel_count(in.type), to = channel_count(out.type), together = from * to == 0 ? 0 : std::lcm(from, to);
  if (together == 0 || together > most_channels) return groups.keep(in), groups.keep(out);
  for (int64_t i = 0; i < together; ++i) groups.join(in, i % from, out, i % to);
}

void remove(Graph&, Node& node, const ChannelGroups& groups) {
  if (groups.cut(*node.out[0])) node.as<Reshape>().shape.back() = static_cast<int64_t>(groups.kept(*node.out[0]).size());
}

constexpr Channels channels{.bounds = bounds, .relate = relate, .remove = remove};

// The shape a RESHAPE asks for, when the file does not say what it comes to.
Shape asked_shape(const TfliteContext& context) {
  Shape shape = context.integers(1);
  int64_t known = 1;
  for (const int64_t d : shape) known *= d == -1 ? 1 : d;
  for (int64_t& d : shape)
    if (d == -1) d = known > 0 ? elements(context.input(0)->type.shape) / known : 0;
  return shape;
}

// The file's output shape says what SQUEEZE's axes, EXPAND_DIMS' axis and RESHAPE's -1 come to.
void import_tflite(TfliteContext& context) {
  const bool unsaid = context.output_shape_unknown.at(0) || (context.output_types.at(0).shape.empty() && elements(context.input(0)->type.shape) != 1);
  if (unsaid && context.op_name != "RESHAPE") context.refuse("the file does not say the shape of its output");
  const Shape shape = unsaid ? asked_shape(context) : context.output_types.at(0).shape;
  context.finish(reshape_op, std::make_unique<Reshape>(shape), {context.input(0)});
}

constexpr std::string_view types = "float32, int8, uint8, int32, bool";
constexpr std::array imports{
    Import{"tflite", "RESHAPE", types, import_tflite},
    Import{"tflite", "SQUEEZE", types, import_tflite},
    Import{"tflite", "EXPAND_DIMS", types, import_tflite},
};

}  // namespace

extern const Op reshape_op{
    .name = "reshape",
    .make_attrs = [] { return std::unique_ptr<Attrs>(std::make_unique<Reshape>()); },
    .infer = infer,
    .macc = [](const Node&) -> int64_t { return 0; },
    .eval = eval,
    .imports = imports,
    .kernels = {},
    .layer = [](const Node&) { return LayerType{"Reshape", 0x100}; },
    .c_prefix = "reshape",
    .view = true,
    .identity = [](const Node& node) { return node.in[0]->type.shape == node.out[0]->type.shape; },
    .channels = &channels,
};

}  // namespace ew
