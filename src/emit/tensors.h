// How both client APIs describe tensors: format words, shapes in their order, where inputs and outputs live.
#pragma once

#include "program/program.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ew {

std::string_view c_type(DType dtype);                            // "int8_t", "float"

// "S8", "U8", "S16", "S32", "BOOL"; "FLOAT" in the legacy API and "FLOAT32" in the other.
std::string legacy_format(DType dtype);                          // "AI_BUFFER_FORMAT_S8"
std::string stai_format(DType dtype);                            // "STAI_FORMAT_S8"

Shape batch_first(const Type& type);                             // at least two dimensions: a batch is put before a vector or a scalar

// Batch, channel, width, height, depth, extension: four dimensions or more.
std::vector<int64_t> legacy_shape(const Type& type);

// The dimensions of a tensor by their names; a vector has channels only.
struct NamedShape { int64_t batch = 1, channel = 1; std::optional<int64_t> height, width, depth, extension; };
NamedShape named_shape(const Type& type);

// An address: a slot of net->activations, weights, inputs or outputs, and bytes from there.
struct Address { SegmentKind kind = SegmentKind::activations; int index = 0; int64_t offset = 0; };
Address address_of(const Program& program, const Array& array);
std::string slot(const Address& address);                        // "activations[0]"

// Of a c-node's tensors those whose bytes follow each other: what a client can look at. A view along the channels is seen in what it lies in.
std::vector<int> observable(const Program& program, const std::vector<int>& ids);

// Where an input or output lives unless the client moves it: the segment of the activations; none: the client must give it memory.
struct Place { int segment = -1; int64_t offset = 0; };
Place default_place(const Program& program, const Array& array);

// The segments of a kind as the APIs count them: at least one, of no bytes.
std::vector<Segment> segments_of(const Program& program, SegmentKind kind);

}  // namespace ew
