// What the convolutions and dense layers for cores without DSP extension, Helium and Neon want: nn_conv2d_triples_s8_row,
// nn_conv2d_lanes_s8_row and nn_dense_lanes_s8 (runtime/include/nn_conv2d.h, nn_dense.h).
#pragma once

#include "ops/lowering.h"

namespace ew {

// Weights [out_channels][k] in blocks of `block` channels, 4 or 8: of every input element {w0 + 128, w1 + 128, w2 + 128, w3, ...}.
Tensor lane_weights(const Tensor& weights, int64_t out_channels, int64_t block);

// The most input elements of a chunk of triples, in whole fractions of k.
int64_t triple_chunk(const Tensor& weights, int64_t out_channels);

// The arguments of nn_conv2d_triples_s8_row behind `shift`: the chunk and the scratch. window_row: kernel_w * in_channels.
void add_triple_args(Lowering& to, Call& call, int64_t chunk, int64_t k, int64_t window_row);

bool has_no_vectors(const Node& node, const Target& target);
bool output_is_wide(const Node& node, const Target&);

inline constexpr Rule plain_core_rule{"a core without DSP extension, Helium and Neon", has_no_vectors};
inline constexpr Rule wide_rule{"rows of at least two output pixels", output_is_wide};

}  // namespace ew
