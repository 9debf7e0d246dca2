#include "ops/binary/binary.h"

#include "base/error.h"
#include "ops/tflite_context.h"

#include <algorithm>
#include <cmath>

namespace ew {
namespace {

// Integer arithmetic wraps; a division by zero gives zero.
int64_t add(int64_t a, int64_t b) { return static_cast<int64_t>(static_cast<uint64_t>(a) + static_cast<uint64_t>(b)); }
int64_t sub(int64_t a, int64_t b) { return static_cast<int64_t>(static_cast<uint64_t>(a) - static_cast<uint64_t>(b)); }
int64_t mul(int64_t a, int64_t b) { return static_cast<int64_t>(static_cast<uint64_t>(a) * static_cast<uint64_t>(b)); }
int64_t div(int64_t a, int64_t b) { return b == 0 ? 0 : b == -1 ? sub(0, a) : a / b; }
int64_t mod(int64_t a, int64_t b) { return b == 0 || b == -1 ? 0 : a % b; }
int64_t floor_mod(int64_t a, int64_t b) {
  const int64_t rest = mod(a, b);
  return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}
int64_t floor_div(int64_t a, int64_t b) {
  const int64_t quotient = div(a, b);
  return mod(a, b) != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}
int64_t squared_difference(int64_t a, int64_t b) { return mul(sub(a, b), sub(a, b)); }
int64_t power(int64_t a, int64_t b) {
  int64_t result = 1;
  for (int64_t n = std::clamp<int64_t>(b, 0, 64); n > 0; --n) result = mul(result, a);
  return result;
}

float floor_mod_real(float a, float b) {
  const float rest = std::fmod(a, b);
  return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

constexpr std::string_view all = "float32, int8, uint8, int32, int64";
constexpr std::string_view numbers = "float32, int32, int64";

constexpr std::array kinds{
    BinaryKind{"add", "ADD", "Eltwise/add", all, 1, [](float a, float b) { return a + b; }, add},
    BinaryKind{"sub", "SUB", "Eltwise/sub", all, 1, [](float a, float b) { return a - b; }, sub},
    BinaryKind{"mul", "MUL", "Eltwise/mul", all, 1, [](float a, float b) { return a * b; }, mul},
    BinaryKind{"div", "DIV", "Eltwise/div", "float32, int8, uint8, int32", 5, [](float a, float b) { return a / b; }, div},
    BinaryKind{"maximum", "MAXIMUM", "Eltwise/max", all, 1, [](float a, float b) { return a > b ? a : b; },
               [](int64_t a, int64_t b) { return std::max(a, b); }},
    BinaryKind{"minimum", "MINIMUM", "Eltwise/min", all, 1, [](float a, float b) { return a < b ? a : b; },
               [](int64_t a, int64_t b) { return std::min(a, b); }},
    BinaryKind{"squared_difference", "SQUARED_DIFFERENCE", "Eltwise/sqdiff", "float32, int8, int32", 5,
               [](float a, float b) { return (a - b) * (a - b); }, squared_difference},
    BinaryKind{"pow", "POW", "Eltwise/pow", "float32, int32", 10, [](float a, float b) { return std::pow(a, b); }, power},
    BinaryKind{"floor_div", "FLOOR_DIV", "Eltwise/floor_div", "float32, int32", 5, [](float a, float b) { return std::floor(a / b); }, floor_div},
    BinaryKind{"floor_mod", "FLOOR_MOD", "Eltwise/floor_mod", numbers, 5, floor_mod_real, floor_mod},
};

std::vector<Type> infer(const Node& node) {
  const Type& a = node.in.at(0)->type;
  const Type& b = node.in.at(1)->type;
  const BinaryKind& kind = binary_kind(node);
  if (a.dtype != b.dtype) throw load_error(fmt::format("layer '{}': operands of {} and {}", node.name, name(a.dtype), name(b.dtype)));
  if (!binary_takes(kind, a.dtype)) throw not_implemented(fmt::format("layer '{}': {} of {}; it takes {}", node.name, kind.tflite, name(a.dtype), kind.types));
  if (kind.name == "div" && a.dtype == DType::int8 && !quotient_defined(node))
    throw not_implemented(fmt::format("layer '{}': an int8 DIV whose output scale is so coarse that LiteRT's own result is undefined", node.name));
  return {{a.dtype, broadcast_shape(node, a.shape, b.shape), {}}};
}

template <class T>
void eval_integer(const Node& node, const Tensor& a, const Tensor& b, Tensor& out) {
  const auto x = a.as<T>();
  const auto y = b.as<T>();
  const auto z = out.as<T>();
  const auto function = binary_kind(node).integer;
  const Activation activation = node.as<Binary>().activation;
  for_each(binary_walk(node), [&](size_t i, const std::vector<size_t>& at) {
    auto v = static_cast<T>(function(x[at[0]], y[at[1]]));
    if (activation != Activation::none) v = std::max<T>(v, activation == Activation::relu_n1_to_1 ? -1 : 0);
    if (activation == Activation::relu6 || activation == Activation::relu_n1_to_1) v = std::min<T>(v, activation == Activation::relu6 ? 6 : 1);
    z[i] = v;
  });
}

void eval_real(const Node& node, const Tensor& a, const Tensor& b, Tensor& out) {
  const auto x = a.as<float>();
  const auto y = b.as<float>();
  const auto z = out.as<float>();
  const auto function = binary_kind(node).real;
  const RealRange range = activation_range(node.as<Binary>().activation);
  const bool clamps = node.as<Binary>().activation != Activation::none;
  for_each(binary_walk(node), [&](size_t i, const std::vector<size_t>& at) {
    float v = function(x[at[0]], y[at[1]]);
    if (clamps) v = v < range.low ? range.low : v > range.high ? range.high : v;
    z[i] = v;
  });
}

void eval(const Node& node, std::span<const Tensor* const> in, std::span<Tensor> out) {
  switch (in[0]->type.dtype) {
    case DType::float32: return eval_real(node, *in[0], *in[1], out[0]);
    case DType::int8: return eval_binary_int8(node, *in[0], *in[1], out[0]);
    case DType::int32: return eval_integer<int32_t>(node, *in[0], *in[1], out[0]);
    case DType::int64: return eval_integer<int64_t>(node, *in[0], *in[1], out[0]);
    default: throw not_implemented(fmt::format("layer '{}': {} of {}", node.name, binary_kind(node).tflite, name(in[0]->type.dtype)));
  }
}

template <class Options>
Activation fused(const TfliteContext& context) {
  const auto* options = context.op.builtin_options_as<Options>();
  return options == nullptr ? Activation::none : context.activation(options->fused_activation_function());
}

void import_tflite(TfliteContext& context) {
  auto attrs = std::make_unique<Binary>();
  const auto* const kind = std::find_if(kinds.begin(), kinds.end(), [&](const BinaryKind& k) { return k.tflite == context.op_name; });
  attrs->kind = kind->name;
  if (kind->name == "add") attrs->activation = fused<tflite::AddOptions>(context);
  if (kind->name == "sub") attrs->activation = fused<tflite::SubOptions>(context);
  if (kind->name == "mul") attrs->activation = fused<tflite::MulOptions>(context);
  if (kind->name == "div") attrs->activation = fused<tflite::DivOptions>(context);
  if (context.was_uint8 && !binary_takes(*kind, DType::uint8)) context.refuse(fmt::format("it takes {}", kind->types));
  context.finish(*find_op("binary"), std::move(attrs), {context.input(0), context.input(1)});
}

constexpr auto imports = [] {
  std::array<Import, kinds.size()> rows;
  for (size_t i = 0; i < rows.size(); ++i) rows[i] = {"tflite", kinds[i].tflite, kinds[i].types, import_tflite};
  return rows;
}();

}  // namespace

const BinaryKind& binary_kind(const Node& node) {
  const std::string& wanted = node.as<Binary>().kind;
  const auto* const row = std::find_if(kinds.begin(), kinds.end(), [&](const BinaryKind& k) { return k.name == wanted; });
  if (row == kinds.end()) throw load_error(fmt::format("layer '{}': unknown function '{}'", node.name, wanted));
  return *row;
}

Walk binary_walk(const Node& node) {
  const std::array operands{node.in[0]->type.shape, node.in[1]->type.shape};
  return broadcast_walk(node.out[0]->type.shape, operands);
}

bool binary_takes(const BinaryKind& kind, DType dtype) {
  // "int8" must not be found in "uint8".
  return (", " + std::string(kind.types)).find(", " + std::string(name(dtype))) != std::string::npos;
}

extern const Op binary_op{
    .name = "binary",
    .make_attrs = [] { return std::unique_ptr<Attrs>(std::make_unique<Binary>()); },
    .infer = infer,
    .macc = [](const Node& node) { return binary_kind(node).macc * elements(node.out[0]->type.shape); },
    .eval = eval,
    .imports = imports,
    .kernels = binary_kernel_list,
    .layer = [](const Node& n) { return LayerType{binary_kind(n).layer, n.in[0]->type.dtype == DType::float32 ? 0x113 : 0x114}; },
    .c_prefix = "eltwise",
    .channels = &binary_channels,
};

}  // namespace ew
