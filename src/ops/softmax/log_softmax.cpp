// LOG_SOFTMAX along the last dimension: x - max - log(sum of exp(x - max)).
#include "ops/tflite_context.h"

#include "base/error.h"
#include "ops/lowering.h"
#include "ops/quantization.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace ew {
namespace {

int64_t depth(const Node& node) { return node.in[0]->type.shape.back(); }
int64_t count(const Node& node) { return elements(node.in[0]->type.shape); }

std::vector<Type> infer(const Node& node) {
  const Type& in = node.in.at(0)->type;
  if (in.shape.empty() || elements(in.shape) == 0) throw load_error(fmt::format("layer '{}': log softmax of {}", node.name, text(in)));
  if (in.dtype != DType::float32 && in.dtype != DType::int8)
    throw not_implemented(fmt::format("layer '{}': log softmax of {}", node.name, text(in)));
  return {{in.dtype, in.shape, {}}};
}

// exp(-d * scale) at index 255 - d.
std::array<float, 256> exponentials(const Node& node) {
  const float scale = per_tensor(node.in[0]->type).scale;
  std::array<float, 256> table;
  for (int d = 0; d < 256; ++d) table[static_cast<size_t>(255 - d)] = std::exp(-scale * static_cast<float>(d));
  return table;
}

void log_softmax_float(std::span<const float> x, std::span<float> y) {
  const float max = *std::max_element(x.begin(), x.end());
  float sum = 0;
  for (const float v : x) sum += std::exp(v - max);
  const float log_sum = std::log(sum);
  for (size_t i = 0; i < x.size(); ++i) y[i] = x[i] - max - log_sum;
}

// The output's scale is 1/16, its zero point 127. LiteRT's reference kernel computes the same in fixed point; its error is far below the
// step of 1/16, so only a result within it of a tie could differ.
void log_softmax_int8(std::span<const int8_t> x, float scale, const std::array<float, 256>& table, std::span<int8_t> y) {
  const int max = *std::max_element(x.begin(), x.end());
  float sum = 0;
  for (const int8_t q : x) sum += table[static_cast<size_t>(255 + q - max)];
  const float log_sum = std::log(sum);
  for (size_t i = 0; i < x.size(); ++i) {
    const float steps = 16.0F * (scale * static_cast<float>(x[i] - max) - log_sum);
    y[i] = static_cast<int8_t>(static_cast<int>(std::round(std::max(steps, -255.0F))) + 127);
  }
}

void eval(const Node& node, std::span<const Tensor* const> in, std::span<Tensor> out) {
  const auto n = static_cast<size_t>(depth(node));
  const auto total = static_cast<size_t>(count(node));
  if (in[0]->type.dtype == DType::float32) {
    for (size_t i = 0; i < total; i += n) log_softmax_float(in[0]->as<float>().subspan(i, n), out[0].as<float>().subspan(i, n));
    return;
  }
  const auto table = exponentials(node);
  const float scale = per_tensor(node.in[0]->type).scale;
  for (size_t i = 0; i < total; i += n) log_softmax_int8(in[0]->as<int8_t>().subspan(i, n), scale, table, out[0].as<int8_t>().subspan(i, n));
}

void import_tflite(TfliteContext& context) { context.finish(*find_op("log_softmax"), std::make_unique<NoAttrs>(), {context.input(0)}); }

void lower(const Node& node, Lowering& lowering) {
  const bool is_int8 = node.in[0]->type.dtype == DType::int8;
  const std::string type = ctype(node.in[0]->type.dtype);
  Call call;
  call.function = is_int8 ? "nn_log_softmax_s8" : "nn_log_softmax_f32";
  call.args = {array_arg(lowering.input(0), "const " + type)};
  if (is_int8) {
    const auto table = exponentials(node);
    call.params = Params{"nn_log_softmax_s8_params", {{"scale", per_tensor(node.in[0]->type).scale}}};
    call.args.push_back(table_arg(lowering.table("exponentials", DType::float32, table.data(), sizeof table), "const float"));
  }
  call.args.push_back(array_arg(lowering.output(), type));
  call.args.push_back(number_arg(count(node) / depth(node)));
  call.args.push_back(number_arg(depth(node)));
  lowering.call(std::move(call));
  lowering.overlap(0, 0);
}

bool quantised_as_demanded(const Node& n, const Target&) {
  if (n.in[0]->type.dtype == DType::float32) return true;
  const Type& out = n.out[0]->type;
  return is_per_tensor(n.in[0]->type) && is_per_tensor(out) && out.quant->zero[0] == 127 && out.quant->scale[0] == 1.0F / 16;
}

constexpr std::array rules{
    Rule{"for int8: quantisation per tensor, an output of scale 1/16 and zero point 127 (uint8: 255)", quantised_as_demanded}};
constexpr std::array kernels{Kernel{"nn_log_softmax_<type>", rules, nullptr, lower}};
constexpr std::array imports{Import{"tflite", "LOG_SOFTMAX", "float32, int8, uint8", import_tflite}};

}  // namespace

extern const Op log_softmax_op{
    .name = "log_softmax",
    .make_attrs = [] { return std::unique_ptr<Attrs>(std::make_unique<NoAttrs>()); },
    .infer = infer,
    .macc = [](const Node& node) { return 15 * count(node); },
    .eval = eval,
    .imports = imports,
    .kernels = kernels,
    .layer = [](const Node&) { return LayerType{"Nonlinearity", 0x10c}; },
    .c_prefix = "nl",
};

}  // namespace ew
