// EQUAL, NOT_EQUAL, GREATER, GREATER_EQUAL, LESS, LESS_EQUAL: two operands with broadcasting to bool.
#include "ops/broadcast.h"
#include "ops/quantization.h"
#include "ops/tflite_context.h"

#include "base/error.h"

#include <algorithm>
#include <array>
#include <functional>

namespace ew {
namespace {

struct Compare : AttrsOf<Compare> {
  std::string kind = "equal";
  template <class V> void fields(V& v) { v("kind", kind); }
};

// The result where a < b, a = b, a > b; every kind but not_equal is false where one is NaN.
struct CompareKind {
  std::string_view name, tflite;
  bool less, equal, greater, unordered;
};
constexpr std::array kinds{
    CompareKind{"equal", "EQUAL", false, true, false, false},
    CompareKind{"not_equal", "NOT_EQUAL", true, false, true, true},
    CompareKind{"greater", "GREATER", false, false, true, false},
    CompareKind{"greater_equal", "GREATER_EQUAL", false, true, true, false},
    CompareKind{"less", "LESS", true, false, false, false},
    CompareKind{"less_equal", "LESS_EQUAL", true, true, false, false},
};

const CompareKind& kind_of(const Node& node) {
  const std::string& wanted = node.as<Compare>().kind;
  const auto* const row = std::find_if(kinds.begin(), kinds.end(), [&](const CompareKind& k) { return k.name == wanted; });
  if (row == kinds.end()) throw load_error(fmt::format("layer '{}': unknown comparison '{}'", node.name, wanted));
  return *row;
}

std::vector<Type> infer(const Node& node) {
  const Type& a = node.in.at(0)->type;
  const Type& b = node.in.at(1)->type;
  if (a.dtype != b.dtype) throw load_error(fmt::format("layer '{}': a comparison of {} and {}", node.name, name(a.dtype), name(b.dtype)));
  return {{DType::boolean, broadcast_shape(node, a.shape, b.shape), {}}};
}

Walk walk_of(const Node& node) {
  const std::array operands{node.in[0]->type.shape, node.in[1]->type.shape};
  return broadcast_walk(node.out[0]->type.shape, operands);
}

template <class T, class Number>
void compare_all(const Node& node, const Tensor& a, const Tensor& b, Tensor& out, Number number_a, Number number_b) {
  const CompareKind& kind = kind_of(node);
  const auto x = a.as<T>(), y = b.as<T>();
  const auto z = out.as<uint8_t>();
  for_each(walk_of(node), [&](size_t i, const std::vector<size_t>& at) {
    const auto p = number_a(x[at[0]]);
    const auto q = number_b(y[at[1]]);
    z[i] = p < q ? kind.less : p > q ? kind.greater : p == q ? kind.equal : kind.unordered;
  });
}

// int8: each operand times its own scale with 8 bits more.
constexpr int extra_bits = 8;
Multiplier factor(const Value& v) { return quantize_multiplier(static_cast<double>(per_tensor(v.type).scale)); }

std::function<int64_t(int8_t)> scaled(const Value& v) {
  const int32_t zero = per_tensor(v.type).zero;
  return [zero, f = factor(v)](int8_t q) -> int64_t { return multiply_double_rounding((q - zero) * (1 << extra_bits), f); };
}

void eval(const Node& node, std::span<const Tensor* const> in, std::span<Tensor> out) {
  const auto plain = [](auto v) { return v; };
  switch (in[0]->type.dtype) {
    case DType::float32: return compare_all<float>(node, *in[0], *in[1], out[0], plain, plain);
    case DType::int32: return compare_all<int32_t>(node, *in[0], *in[1], out[0], plain, plain);
    case DType::int64: return compare_all<int64_t>(node, *in[0], *in[1], out[0], plain, plain);
    case DType::boolean: return compare_all<uint8_t>(node, *in[0], *in[1], out[0], plain, plain);
    case DType::int8: return compare_all<int8_t>(node, *in[0], *in[1], out[0], scaled(*node.in[0]), scaled(*node.in[1]));
    default: throw not_implemented(fmt::format("layer '{}': a comparison of {}", node.name, name(in[0]->type.dtype)));
  }
}

void import_tflite(TfliteContext& context) {
  auto attrs = std::make_unique<Compare>();
  attrs->kind = std::find_if(kinds.begin(), kinds.end(), [&](const CompareKind& k) { return k.tflite == context.op_name; })->name;
  context.finish(*find_op("compare"), std::move(attrs), {context.input(0), context.input(1)});
}

constexpr auto imports = [] {
  std::array<Import, kinds.size()> rows;
  for (size_t i = 0; i < rows.size(); ++i) rows[i] = {"tflite", kinds[i].tflite, "float32, int8, uint8, int32, bool to bool", import_tflite};
  return rows;
}();

std::string_view suffix(DType dtype) {
  return dtype == DType::float32 ? "f32" : dtype == DType::int32 ? "s32" : dtype == DType::int8 ? "s8" : "u8";
}

void lower(const Node& node, Lowering& lowering) {
  const DType dtype = node.in[0]->type.dtype;
  const CompareKind& kind = kind_of(node);
  Call call;
  call.function = fmt::format("nn_compare_{}", suffix(dtype));
  call.params = Params{dtype == DType::int8 ? "nn_compare_s8_params" : "nn_compare_params", {}};
  add_walk_fields(*call.params, "shape", walk_of(node));
  auto& fields = call.params->fields;
  fields.push_back({"if_less", int64_t{kind.less}});
  fields.push_back({"if_equal", int64_t{kind.equal}});
  fields.push_back({"if_greater", int64_t{kind.greater}});
  fields.push_back({"if_unordered", int64_t{kind.unordered}});
  if (dtype == DType::int8) {
    fields.push_back({"a_zero", int64_t{per_tensor(node.in[0]->type).zero}});
    fields.push_back({"b_zero", int64_t{per_tensor(node.in[1]->type).zero}});
    fields.push_back({"a_multiplier", int64_t{factor(*node.in[0]).value}});
    fields.push_back({"a_shift", int64_t{factor(*node.in[0]).shift}});
    fields.push_back({"b_multiplier", int64_t{factor(*node.in[1]).value}});
    fields.push_back({"b_shift", int64_t{factor(*node.in[1]).shift}});
  }
  const std::string type = "const " + ctype(dtype);
  call.args = {array_arg(lowering.input(0), type), array_arg(lowering.input(1), type), array_arg(lowering.output(), "uint8_t")};
  lowering.call(std::move(call));
  overlap_unrepeated(node, lowering);
}

bool types_hold(const Node& n, const Target&) {
  const DType d = n.in[0]->type.dtype;
  if (d == DType::int8) {
    for (const Value* v : n.in)
      if (!is_per_tensor(v->type) || factor(*v).shift > 0) return false;
    return true;
  }
  return d == DType::float32 || d == DType::int32 || d == DType::boolean;
}

constexpr std::array rules{Rule{"float32, int32, bool, or int8 quantised per tensor with scales below 1", types_hold}};
constexpr std::array kernels{Kernel{"nn_compare_<type>", rules, nullptr, lower}};

}  // namespace

extern const Op compare_op{
    .name = "compare",
    .make_attrs = [] { return std::unique_ptr<Attrs>(std::make_unique<Compare>()); },
    .infer = infer,
    .macc = [](const Node& node) { return elements(node.out[0]->type.shape); },
    .eval = eval,
    .imports = imports,
    .kernels = kernels,
    .layer = [](const Node&) { return LayerType{"Eltwise", 0x113}; },
    .c_prefix = "eltwise",
};

}  // namespace ew
