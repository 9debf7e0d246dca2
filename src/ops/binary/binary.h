// Functions of two elements with broadcasting: ADD ... FLOOR_MOD. One operator, one row of a table per function.
#pragma once

#include "ops/broadcast.h"
#include "ops/op.h"
#include "ops/quantization.h"

#include <array>
#include <optional>

namespace ew {

struct Binary : AttrsOf<Binary> {
  std::string kind = "add";
  Activation activation = Activation::none;
  template <class V> void fields(V& v) {
    v("kind", kind);
    v("activation", activation);
  }
  [[nodiscard]] Activation fused() const override { return activation; }
  bool fuse(Activation a) override {
    if (activation != Activation::none || a == Activation::tanh) return false;
    activation = a;
    return true;
  }
};

struct BinaryKind {
  std::string_view name;                 // "add"
  std::string_view tflite;               // "ADD"
  std::string_view layer;                // the reports' word, "Eltwise/add"
  std::string_view types;                // what LiteRT accepts and we build
  int64_t macc;                          // per output element
  float (*real)(float a, float b);
  int64_t (*integer)(int64_t a, int64_t b);  // of int32 and int64, wrapping; null: none
};

const BinaryKind& binary_kind(const Node& node);   // throws load_error on an unknown kind
Walk binary_walk(const Node& node);
bool binary_takes(const BinaryKind& kind, DType dtype);

// ADD, SUB and SQUARED_DIFFERENCE in int8: both inputs on a common scale (twice the larger one) with `left_shift` more bits,
// combined, brought to the output's scale. All `double` rounding.
struct CommonScale {
  int left_shift = 0;
  Multiplier a, b, out;
};
CommonScale common_scale(const Node& node);

// The steps of ADD and SUB: the operands on the common scale, their sum or difference brought to the output.
struct SumArithmetic {
  CommonScale scale;
  int32_t a_zero = 0, b_zero = 0, out_zero = 0;
  IntegerRange range;
  [[nodiscard]] int32_t first(int32_t a) const;
  [[nodiscard]] int32_t second(int32_t b) const;
  [[nodiscard]] int8_t result(int32_t combined) const;
};
SumArithmetic sum_arithmetic(const Node& node);

// ADD or SUB as out = (constant + (a * a_factor >> 8) + (b * b_factor >> 8)) >> 20, saturated and clamped: none where no factors were found
// that give the same result for all 65,536 pairs. add_affine.cpp
struct AffineSum { int32_t a_factor = 0, b_factor = 0, constant = 0; };
std::optional<AffineSum> affine_sum(const Node& node);

// MUL in int8: one factor for the product.
Multiplier product_factor(const Node& node);

// DIV in int8: 1 / |divisor| as value * 2^(shift - 31), 2^30 <= value < 2^31 (0 for a divisor of 0), and the factor of the quotient.
Multiplier reciprocal(int32_t divisor);
Multiplier quotient_factor(const Node& node);
// LiteRT's reference kernel shifts by more than 31 bits, which is undefined, when the output's scale is too coarse for small quotients.
bool quotient_defined(const Node& node);

void eval_binary_int8(const Node& node, const Tensor& a, const Tensor& b, Tensor& out);

extern const Channels binary_channels;                    // channels.cpp
extern const std::array<Kernel, 10> binary_kernel_list;   // binary_lower.cpp

}  // namespace ew
