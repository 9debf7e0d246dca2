// L2_NORMALIZATION: vectors along the last dimension brought to length 1.
#include "base/error.h"
#include "ops/inverse_square_root.h"
#include "ops/quantization.h"
#include "ops/reduce/reduce.h"
#include "ops/tflite_context.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace ew {
namespace {

struct L2Normalization : AttrsOf<L2Normalization> {
  bool was_uint8 = false;
  template <class V> void fields(V& v) { v("was_uint8", was_uint8); }
};

// The factor 128 of the output's scale: multiplied into the element before (uint8) or shifted after (int8) the rounding of the product.
int early_bits(const Node& node) { return node.as<L2Normalization>().was_uint8 ? 7 : 0; }

std::vector<Type> infer(const Node& node) {
  const Type& in = node.in.at(0)->type;
  if (in.shape.empty() || elements(in.shape) == 0) throw load_error(fmt::format("layer '{}': the norm of {}", node.name, text(in)));
  if (in.dtype != DType::float32 && in.dtype != DType::int8) throw not_implemented(fmt::format("layer '{}': the norm of {}", node.name, text(in)));
  return {{in.dtype, in.shape, {}}};
}

void normalise_float(std::span<const float> x, std::span<float> y) {
  float squares = 0;
  for (const float v : x) squares += v * v;
  const float norm = std::max(std::sqrt(squares), 1e-6F);
  for (size_t i = 0; i < x.size(); ++i) y[i] = x[i] / norm;
}

void normalise_int8(std::span<const int8_t> x, int32_t zero, int early, std::span<int8_t> y) {
  int32_t squares = 0;
  for (const int8_t v : x) squares += (v - zero) * (v - zero);
  Multiplier inverse = inverse_square_root(squares);
  inverse.shift += 7 - early;
  for (size_t i = 0; i < x.size(); ++i)
    y[i] = static_cast<int8_t>(std::clamp(multiply_double_rounding((x[i] - zero) * (1 << early), inverse), -128, 127));
}

void eval(const Node& node, std::span<const Tensor* const> in, std::span<Tensor> out) {
  const auto n = static_cast<size_t>(in[0]->type.shape.back());
  const auto total = static_cast<size_t>(elements(in[0]->type.shape));
  for (size_t i = 0; i < total; i += n) {
    if (in[0]->type.dtype == DType::int8)
      normalise_int8(in[0]->as<int8_t>().subspan(i, n), per_tensor(node.in[0]->type).zero, early_bits(node), out[0].as<int8_t>().subspan(i, n));
    else normalise_float(in[0]->as<float>().subspan(i, n), out[0].as<float>().subspan(i, n));
  }
}

void import_tflite(TfliteContext& context) {
  const auto* options = context.op.builtin_options_as<tflite::L2NormOptions>();
  if (options != nullptr && context.activation(options->fused_activation_function()) != Activation::none) context.refuse("a fused activation");
  auto attrs = std::make_unique<L2Normalization>();
  attrs->was_uint8 = context.was_uint8;
  context.finish(*find_op("l2_normalization"), std::move(attrs), {context.input(0)});
}

void lower(const Node& node, Lowering& lowering) {
  const Type& in = node.in[0]->type;
  const int64_t count = in.shape.back();
  const int64_t outer = elements(in.shape) / count;
  Call call;
  call.function = in.dtype == DType::int8 ? "nn_l2_normalization_s8" : "nn_l2_normalization_f32";
  if (in.dtype == DType::int8)
    call.params = Params{"nn_l2_normalization_s8_params", 
                         {{"outer", outer}, {"count", count}, {"in_zero", int64_t{per_tensor(in).zero}}, {"early_bits", int64_t{early_bits(node)}}}};
  else call.params = Params{"nn_reduce_params", view_fields({outer, count, 1})};
  call.args = {array_arg(lowering.input(0), "const " + ctype(in.dtype)), array_arg(lowering.output(), ctype(in.dtype))};
  lowering.call(std::move(call));
  lowering.overlap(0, 0);
}

bool quantised_as_demanded(const Node& n, const Target&) {
  if (n.in[0]->type.dtype != DType::int8) return true;
  const Type& out = n.out[0]->type;
  return is_per_tensor(n.in[0]->type) && is_per_tensor(out) && out.quant->zero[0] == 0 && out.quant->scale[0] == 1.0F / 128;
}

constexpr std::array rules{
    Rule{"for int8: quantisation per tensor, an output of scale 1/128 and zero point 0 (uint8: 128)", quantised_as_demanded}};
constexpr std::array kernels{Kernel{"nn_l2_normalization_<type>", rules, nullptr, lower}};
constexpr std::array imports{Import{"tflite", "L2_NORMALIZATION", "float32, int8, uint8", import_tflite}};

}  // namespace

extern const Op l2_normalization_op{
    .name = "l2_normalization",
    .make_attrs = [] { return std::unique_ptr<Attrs>(std::make_unique<L2Normalization>()); },
    .infer = infer,
    .macc = [](const Node& node) { return 12 * elements(node.out[0]->type.shape); },
    .eval = eval,
    .imports = imports,
    .kernels = kernels,
    .layer = [](const Node&) { return LayerType{"Normalization", 0x108}; },
    .c_prefix = "norm",
};

}  // namespace ew
