// What nn_conv2d_triples_s8_row wants (runtime/include/nn_conv2d.h), the convolution for cores without DSP extension, Helium and Neon.
#pragma once

#include "ops/lowering.h"

namespace ew {

// Weights [out_channels][k] in its order: blocks of four channels, of every input element {w0 + 128, w1 + 128, w2 + 128, w3}.
Tensor triple_weights(const Tensor& weights, int64_t out_channels);

// The most input elements of a chunk, in whole fractions of k.
int64_t triple_chunk(const Tensor& weights, int64_t out_channels);

// Its arguments behind `shift`: the chunk and the scratch.
void add_triple_args(Lowering& to, Call& call, int64_t chunk, int64_t k, int64_t in_channels);

bool has_no_vectors(const Node& node, const Target& target);
bool output_is_wide(const Node& node, const Target&);

inline constexpr Rule plain_core_rule{"a core without DSP extension, Helium and Neon", has_no_vectors};
inline constexpr Rule wide_rule{"rows of at least two output pixels", output_is_wide};

}  // namespace ew
