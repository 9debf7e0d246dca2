// CAST: the numbers in another element type; quantised tensors give their raw integers.
#include "ops/tflite_context.h"

#include "base/error.h"
#include "ops/lowering.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace ew {
namespace {

std::vector<Type> infer(const Node& node) { return {{node.out.at(0)->type.dtype, node.in.at(0)->type.shape, {}}}; }

// Truncated and saturated from floats (NaN gives 0); the low bits from integers.
template <class To, class From>
To cast(From x) {
  if constexpr (std::is_floating_point_v<From> && std::is_integral_v<To>) {
    if (std::isnan(x)) return 0;
    if (static_cast<double>(x) <= static_cast<double>(std::numeric_limits<To>::min())) return std::numeric_limits<To>::min();
    if (static_cast<double>(x) >= static_cast<double>(std::numeric_limits<To>::max())) return std::numeric_limits<To>::max();
  }
  return static_cast<To>(x);
}

template <class From>
void cast_all(const Tensor& in, Tensor& out) {
  const auto x = in.as<From>();
  const auto to = [&]<class To>(To) { std::transform(x.begin(), x.end(), out.as<To>().begin(), cast<To, From>); };
  switch (out.type.dtype) {
    case DType::float32: return to(float{});
    case DType::int8: return to(int8_t{});
    case DType::uint8: return to(uint8_t{});
    case DType::int16: return to(int16_t{});
    case DType::int32: return to(int32_t{});
    case DType::int64: return to(int64_t{});
    case DType::boolean: std::transform(x.begin(), x.end(), out.as<uint8_t>().begin(), [](From v) { return v != From{} ? 1 : 0; }); return;
    case DType::float16: throw not_implemented("CAST to float16");
  }
}

void eval(const Node&, std::span<const Tensor* const> in, std::span<Tensor> out) {
  switch (in[0]->type.dtype) {
    case DType::float32: return cast_all<float>(*in[0], out[0]);
    case DType::int8: return cast_all<int8_t>(*in[0], out[0]);
    case DType::uint8:
    case DType::boolean: return cast_all<uint8_t>(*in[0], out[0]);
    case DType::int16: return cast_all<int16_t>(*in[0], out[0]);
    case DType::int32: return cast_all<int32_t>(*in[0], out[0]);
    case DType::int64: return cast_all<int64_t>(*in[0], out[0]);
    case DType::float16: throw not_implemented("CAST from float16");
  }
}

struct Pair { DType from, to; std::string_view function; };
constexpr std::array pairs{
    Pair{DType::float32, DType::int8, "nn_cast_f32_s8"},      Pair{DType::float32, DType::uint8, "nn_cast_f32_u8"},
    Pair{DType::float32, DType::int32, "nn_cast_f32_s32"},    Pair{DType::float32, DType::boolean, "nn_cast_f32_bool"},
    Pair{DType::int8, DType::float32, "nn_cast_s8_f32"},      Pair{DType::uint8, DType::float32, "nn_cast_u8_f32"},
    Pair{DType::boolean, DType::float32, "nn_cast_u8_f32"},   Pair{DType::int32, DType::float32, "nn_cast_s32_f32"},
    Pair{DType::int32, DType::boolean, "nn_cast_s32_bool"},   Pair{DType::uint8, DType::int32, "nn_cast_u8_s32"},
    Pair{DType::boolean, DType::int32, "nn_cast_u8_s32"},
};

const Pair* find_pair(const Node& node) {
  const auto* const it = std::find_if(pairs.begin(), pairs.end(), [&](const Pair& p) {
    return p.from == node.in[0]->type.dtype && p.to == node.out[0]->type.dtype;
  });
  return it == pairs.end() ? nullptr : it;
}

void lower(const Node& node, Lowering& lowering) {
  Call call;
  call.function = find_pair(node)->function;
  call.args = {array_arg(lowering.input(0), "const " + ctype(node.in[0]->type.dtype)), array_arg(lowering.output(), ctype(node.out[0]->type.dtype)),
               number_arg(elements(node.out[0]->type.shape))};
  lowering.call(std::move(call));
}

constexpr std::array rules{Rule{"float32 to or from int8, uint8, int32 or bool, or int32 to or from bool",
                                [](const Node& n, const Target&) { return find_pair(n) != nullptr; }}};
constexpr std::array kernels{Kernel{"nn_cast_<from>_<to>", rules, nullptr, lower}};

void import_tflite(TfliteContext& context) {
  if (context.was_uint8) context.refuse("CAST of quantised uint8");
  context.finish(*find_op("cast"), std::make_unique<NoAttrs>(), {context.input(0)});
}

constexpr std::array imports{Import{"tflite", "CAST", "float32, int8, uint8, int32, bool", import_tflite}};

}  // namespace

extern const Op cast_op{
    .name = "cast",
    .make_attrs = [] { return std::unique_ptr<Attrs>(std::make_unique<NoAttrs>()); },
    .infer = infer,
    .macc = [](const Node& node) { return 2 * elements(node.out[0]->type.shape); },
    .eval = eval,
    .imports = imports,
    .kernels = kernels,
    .layer = [](const Node&) { return LayerType{"Cast", 0x121}; },
    .c_prefix = "cast",
    .identity = [](const Node& node) { return node.in[0]->type.dtype == node.out[0]->type.dtype; },
};

}  // namespace ew
