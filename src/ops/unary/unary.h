// Functions of one element: RELU ... TANH. One operator, one row of a table per function.
#pragma once

#include "ops/op.h"

#include <array>

namespace ew {

struct Unary : AttrsOf<Unary> {
  std::string kind = "relu";
  double alpha = 0;          // leaky_relu: slope of the negative side
  bool approximate = false;  // gelu: by tanh instead of erf
  template <class V> void fields(V& v) {
    v("kind", kind);
    v("alpha", alpha);
    v("approximate", approximate);
  }
};

struct UnaryKind {
  std::string_view name;                          // "relu6"
  std::string_view tflite;                        // "RELU6"
  std::string_view types;                         // what LiteRT accepts; only these are built
  int64_t macc;                                   // per element, float
  float (*real)(float x, const Unary& attrs);     // the meaning
  // int8: one value of the table, q in and out; null: the float function between dequantising and rounding (half away from zero).
  int32_t (*quantized)(int32_t q, const Unary& attrs, const Type& in, const Type& out);
};

const UnaryKind& unary_kind(const Node& node);    // throws load_error on an unknown kind

// out q for in q = -128 ... 127, as LiteRT's reference kernels compute it.
std::array<int8_t, 256> unary_table(const UnaryKind& kind, const Unary& attrs, const Type& in, const Type& out);

// The fixed-point forms of single functions (unary_table.cpp).
int32_t relu_quantized(int32_t q, const Unary& attrs, const Type& in, const Type& out);
int32_t leaky_relu_quantized(int32_t q, const Unary& attrs, const Type& in, const Type& out);
int32_t hard_swish_quantized(int32_t q, const Unary& attrs, const Type& in, const Type& out);
int32_t abs_quantized(int32_t q, const Unary& attrs, const Type& in, const Type& out);
int32_t neg_quantized(int32_t q, const Unary& attrs, const Type& in, const Type& out);
int32_t sqrt_quantized(int32_t q, const Unary& attrs, const Type& in, const Type& out);
int32_t rsqrt_quantized(int32_t q, const Unary& attrs, const Type& in, const Type& out);

}  // namespace ew
