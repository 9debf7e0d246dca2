// Calls of the runtime's functions of two operands.
#include "ops/binary/binary.h"
#include "ops/lowering.h"

#include <algorithm>

namespace ew {
namespace {

// The walk over one row; none: an operand that is no image of the same height, or not in memory of its own row by row.
std::optional<Walk> row_walk(const Node& node) {
  const Shape& out = node.out[0]->type.shape;
  if (out.size() != 4 || node.in[0]->type.shape != out || node.in[1]->type.shape != out) return std::nullopt;
  const Shape row{1, 1, out[2], out[3]};
  return broadcast_walk(row, std::array{row, row});
}

void finish(const Node& node, Lowering& lowering, Call call, std::array<size_t, 2> order = {0, 1}) {
  const std::string in = ctype(node.in[0]->type.dtype);
  call.args = {array_arg(lowering.input(order[0]), "const " + in), array_arg(lowering.input(order[1]), "const " + in),
               array_arg(lowering.output(), ctype(node.out[0]->type.dtype))};
  if (const std::optional<Walk> walk = row_walk(node)) {
    Call row = call;
    std::erase_if(row.params->fields, [](const Field& f) { return f.name.starts_with("shape."); });
    add_walk_fields(*row.params, "shape", *walk);
    lowering.row_form(std::move(row));
  }
  lowering.call(std::move(call));
  overlap_unrepeated(node, lowering);
}

Params params_with_walk(const Node& node, std::string type, std::array<size_t, 2> order = {0, 1}) {
  Walk walk = binary_walk(node);
  if (order[0] == 1) std::swap(walk.stride[0], walk.stride[1]);
  Params params{std::move(type), {}};
  add_walk_fields(params, "shape", walk);
  return params;
}

void add_clamp(Params& params, IntegerRange range) {
  params.fields.push_back({"low", int64_t{range.low}});
  params.fields.push_back({"high", int64_t{range.high}});
}

// The operand of the larger scale comes first: on the common scale it is a plain shift.
void lower_add_s8(const Node& node, Lowering& lowering, std::string_view function) {
  const CommonScale scale = common_scale(node);
  const bool subtracts = node.as<Binary>().kind == "sub";
  const bool swap = per_tensor(node.in[1]->type).scale > per_tensor(node.in[0]->type).scale;
  const std::array<size_t, 2> order = swap ? std::array<size_t, 2>{1, 0} : std::array<size_t, 2>{0, 1};
  const Multiplier small = swap ? scale.a : scale.b;
  const int64_t first_sign = subtracts && swap ? -1 : 1;
  const int64_t second_sign = subtracts && !swap ? -1 : 1;
  Call call;
  call.function = function;
  call.params = params_with_walk(node, "nn_add_s8_params", order);
  auto& fields = call.params->fields;
  fields.push_back({"a_zero", int64_t{per_tensor(node.in[order[0]]->type).zero}});
  fields.push_back({"b_zero", int64_t{per_tensor(node.in[order[1]]->type).zero}});
  fields.push_back({"a_factor", first_sign * (1 << (scale.left_shift - 1))});
  fields.push_back({"b_sign", second_sign});
  fields.push_back({"b_multiplier", int64_t{small.value}});
  fields.push_back({"b_shift", int64_t{-small.shift}});
  fields.push_back({"out_multiplier", int64_t{scale.out.value}});
  fields.push_back({"out_shift", int64_t{-scale.out.shift}});
  fields.push_back({"out_zero", int64_t{per_tensor(node.out[0]->type).zero}});
  add_clamp(*call.params, activation_range(node.as<Binary>().activation, node.out[0]->type));
  finish(node, lowering, std::move(call), order);
}

void lower_add_affine_s8(const Node& node, Lowering& lowering) {
  const AffineSum sum = affine_sum(node).value();
  Call call;
  call.function = "nn_add_affine_s8";
  call.params = params_with_walk(node, "nn_add_affine_s8_params");
  auto& fields = call.params->fields;
  fields.push_back({"a_factor", int64_t{sum.a_factor}});
  fields.push_back({"b_factor", int64_t{sum.b_factor}});
  fields.push_back({"constant", int64_t{sum.constant}});
  add_clamp(*call.params, activation_range(node.as<Binary>().activation, node.out[0]->type));
  finish(node, lowering, std::move(call));
}

void lower_mul_s8(const Node& node, Lowering& lowering, std::string_view function) {
  const Multiplier factor = product_factor(node);
  Call call;
  call.function = function;
  call.params = params_with_walk(node, "nn_mul_s8_params");
  auto& fields = call.params->fields;
  fields.push_back({"a_zero", int64_t{per_tensor(node.in[0]->type).zero}});
  fields.push_back({"b_zero", int64_t{per_tensor(node.in[1]->type).zero}});
  fields.push_back({"multiplier", int64_t{factor.value}});
  fields.push_back({"shift", int64_t{factor.shift}});
  fields.push_back({"out_zero", int64_t{per_tensor(node.out[0]->type).zero}});
  add_clamp(*call.params, activation_range(node.as<Binary>().activation, node.out[0]->type));
  finish(node, lowering, std::move(call));
}

// The reciprocals of all divisors come as tables: multiplier and right shift by the raw divisor.
void lower_div_s8(const Node& node, Lowering& lowering) {
  const int32_t b_zero = per_tensor(node.in[1]->type).zero;
  const Multiplier factor = quotient_factor(node);
  std::vector<int32_t> multipliers;
  std::vector<int8_t> shifts;
  for (int32_t b = -128; b < 128; ++b) {
    const Multiplier inverse = reciprocal(b - b_zero);
    multipliers.push_back(inverse.value);
    shifts.push_back(static_cast<int8_t>(-inverse.shift));
  }
  Call call;
  call.function = "nn_div_s8";
  call.params = params_with_walk(node, "nn_div_s8_params");
  auto& fields = call.params->fields;
  fields.push_back({"a_zero", int64_t{per_tensor(node.in[0]->type).zero}});
  fields.push_back({"b_zero", int64_t{b_zero}});
  fields.push_back({"multiplier", int64_t{factor.value}});
  fields.push_back({"shift", int64_t{factor.shift}});
  fields.push_back({"out_zero", int64_t{per_tensor(node.out[0]->type).zero}});
  add_clamp(*call.params, activation_range(node.as<Binary>().activation, node.out[0]->type));
  call.args = {array_arg(lowering.input(0), "const int8_t"), array_arg(lowering.input(1), "const int8_t"),
               table_arg(lowering.table("reciprocals", DType::int32, multipliers), "const int32_t"),
               table_arg(lowering.table("reciprocal_shifts", DType::int8, shifts), "const int8_t"), array_arg(lowering.output(), "int8_t")};
  lowering.call(std::move(call));
  overlap_unrepeated(node, lowering);
}

void lower_squared_difference_s8(const Node& node, Lowering& lowering) {
  const CommonScale scale = common_scale(node);
  Call call;
  call.function = "nn_squared_difference_s8";
  call.params = params_with_walk(node, "nn_squared_difference_s8_params");
  auto& fields = call.params->fields;
  fields.push_back({"a_zero", int64_t{per_tensor(node.in[0]->type).zero}});
  fields.push_back({"b_zero", int64_t{per_tensor(node.in[1]->type).zero}});
  fields.push_back({"a_multiplier", int64_t{scale.a.value}});
  fields.push_back({"a_shift", int64_t{scale.a.shift}});
  fields.push_back({"b_multiplier", int64_t{scale.b.value}});
  fields.push_back({"b_shift", int64_t{scale.b.shift}});
  fields.push_back({"out_multiplier", int64_t{scale.out.value}});
  fields.push_back({"out_shift", int64_t{scale.out.shift}});
  fields.push_back({"out_zero", int64_t{per_tensor(node.out[0]->type).zero}});
  add_clamp(*call.params, integer_range(DType::int8));
  finish(node, lowering, std::move(call));
}

void lower_raw_s8(const Node& node, Lowering& lowering) {
  Call call;
  call.function = "nn_" + node.as<Binary>().kind + "_s8";
  call.params = params_with_walk(node, "nn_binary_params");
  finish(node, lowering, std::move(call));
}

void lower_f32(const Node& node, Lowering& lowering) {
  const auto& attrs = node.as<Binary>();
  const RealRange range = activation_range(attrs.activation);
  Call call;
  call.function = "nn_" + attrs.kind + "_f32";
  call.params = params_with_walk(node, "nn_binary_f32_params");
  call.params->fields.push_back({"clamps", attrs.activation == Activation::none ? int64_t{0} : int64_t{1}});
  call.params->fields.push_back({"low", range.low});
  call.params->fields.push_back({"high", range.high});
  finish(node, lowering, std::move(call));
}

void lower_s32(const Node& node, Lowering& lowering) {
  Call call;
  call.function = "nn_" + node.as<Binary>().kind + "_s32";
  call.params = params_with_walk(node, "nn_binary_params");
  finish(node, lowering, std::move(call));
}

bool is(const Node& n, DType dtype) { return n.in[0]->type.dtype == dtype; }
bool kind_is(const Node& n, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), n.as<Binary>().kind) != names.end();
}
bool quantised(const Node& n) { return is_per_tensor(n.in[0]->type) && is_per_tensor(n.in[1]->type) && is_per_tensor(n.out[0]->type); }

constexpr Rule int8_tensors{"int8 operands and result, quantised per tensor", [](const Node& n, const Target&) { return is(n, DType::int8) && quantised(n); }};
constexpr Rule addition{"ADD or SUB", [](const Node& n, const Target&) { return kind_is(n, {"add", "sub"}); }};
constexpr Rule output_not_too_fine{"an output scale that is not 2^19 times finer than the inputs'", [](const Node& n, const Target&) {
                                     const int shift = quantised(n) ? common_scale(n).out.shift : 0;
                                     return shift <= -1 && shift >= -31;
                                   }};
constexpr Rule sum_is_affine{"a sum that equals one of two products", [](const Node& n, const Target&) { return affine_sum(n).has_value(); }};
constexpr Rule multiplication{"MUL", [](const Node& n, const Target&) { return kind_is(n, {"mul"}); }};
constexpr Rule product_in_range{"an output scale that is not 2^13 times finer than the product of the inputs'",
                                [](const Node& n, const Target&) { return quantised(n) && product_factor(n).shift <= 13; }};
constexpr Rule division{"DIV", [](const Node& n, const Target&) { return kind_is(n, {"div"}); }};
constexpr Rule quotient_in_range{"an output scale for which LiteRT's quotient is defined", [](const Node& n, const Target&) {
                                   return quantised(n) && quotient_defined(n);
                                 }};
constexpr Rule squares{"SQUARED_DIFFERENCE", [](const Node& n, const Target&) { return kind_is(n, {"squared_difference"}); }};
constexpr Rule selects{"MAXIMUM or MINIMUM", [](const Node& n, const Target&) { return kind_is(n, {"maximum", "minimum"}); }};
constexpr Rule int8_only{"int8 operands", [](const Node& n, const Target&) { return is(n, DType::int8); }};
constexpr Rule float_only{"float32 operands", [](const Node& n, const Target&) { return is(n, DType::float32); }};
constexpr Rule int32_only{"int32 operands", [](const Node& n, const Target&) { return is(n, DType::int32); }};
constexpr Rule int32_kinds{"one of ADD, SUB, MUL, DIV, MAXIMUM, MINIMUM, FLOOR_DIV, FLOOR_MOD without activation", [](const Node& n, const Target&) {
                             return kind_is(n, {"add", "sub", "mul", "div", "maximum", "minimum", "floor_div", "floor_mod"}) &&
                                    n.as<Binary>().activation == Activation::none;
                           }};

constexpr Rule helium{"a core with Helium", [](const Node&, const Target& target) { return target.features.mve; }};

constexpr std::array add_helium_rules{int8_tensors, addition, output_not_too_fine, helium};
constexpr std::array add_rules{int8_tensors, addition, output_not_too_fine};
constexpr std::array affine_add_rules{int8_tensors, addition, output_not_too_fine, sum_is_affine};
constexpr std::array mul_helium_rules{int8_tensors, multiplication, product_in_range, helium};
constexpr std::array mul_rules{int8_tensors, multiplication, product_in_range};
constexpr std::array div_rules{int8_tensors, division, quotient_in_range};
constexpr std::array squared_rules{int8_tensors, squares, output_not_too_fine};
constexpr std::array raw_rules{int8_only, selects};
constexpr std::array f32_rules{float_only};
constexpr std::array s32_rules{int32_only, int32_kinds};

}  // namespace

const std::array<Kernel, 10> binary_kernel_list{
    Kernel{"nn_add_mve_s8", add_helium_rules, nullptr, [](const Node& n, Lowering& to) { lower_add_s8(n, to, "nn_add_mve_s8"); }},
    Kernel{"nn_add_affine_s8", affine_add_rules, nullptr, lower_add_affine_s8},
    Kernel{"nn_add_s8", add_rules, nullptr, [](const Node& n, Lowering& to) { lower_add_s8(n, to, "nn_add_s8"); }},
    Kernel{"nn_mul_mve_s8", mul_helium_rules, nullptr, [](const Node& n, Lowering& to) { lower_mul_s8(n, to, "nn_mul_mve_s8"); }},
    Kernel{"nn_mul_s8", mul_rules, nullptr, [](const Node& n, Lowering& to) { lower_mul_s8(n, to, "nn_mul_s8"); }},
    Kernel{"nn_div_s8", div_rules, nullptr, lower_div_s8},
    Kernel{"nn_squared_difference_s8", squared_rules, nullptr, lower_squared_difference_s8},
    Kernel{"nn_maximum_s8 or nn_minimum_s8", raw_rules, nullptr, lower_raw_s8},
    Kernel{"nn_<kind>_f32", f32_rules, nullptr, lower_f32},
    Kernel{"nn_<kind>_s32", s32_rules, nullptr, lower_s32},
};

}  // namespace ew
