// A small hand-made Program for the tests: an int8 image is copied row by row, then as a whole, through the C library's memcpy.
#pragma once

#include "program/program.h"

namespace ew {

inline Program example_program(std::string c_name = "network", bool io_in_activations = true) {
  constexpr int64_t height = 4, row = 6, bytes = height * row;
  const Type image{DType::int8, {1, height, 3, 2}, Quant{{0.5F}, {-3}, -1}};
  Program p;
  p.c_name = std::move(c_name);
  p.datetime = "2026-11-22T10:00:00+0000";
  p.model = {.files = {"example.tflite"}, .framework = "tflite", .name = "example", .hash = "0x00112233445566778899aabbccddeeff", .format = "ss/sa per tensor", .operators = {}};
  p.inputs_in_activations = p.outputs_in_activations = io_in_activations;
  const int64_t activations = io_in_activations ? 3 * bytes : bytes;
  p.segments = {{SegmentKind::activations, 0, activations, 4, ""}, {SegmentKind::weights, 0, 12, 4, ""},
                {SegmentKind::input, 0, bytes, 4, ""}, {SegmentKind::output, 0, bytes, 4, ""}};
  const auto array = [&](std::string name, int segment, int64_t offset) {
    Array a;
    a.id = static_cast<int>(p.arrays.size());
    a.name = std::move(name);
    a.type = image;
    a.bytes = bytes;
    a.segment = segment;
    a.offset = offset;
    p.arrays.push_back(a);
    return a.id;
  };
  const int in = array("input_output", 2, 0), middle = array("copy_0_output", 0, 0), out = array("copy_1_output", 3, 0);
  p.arrays[static_cast<size_t>(in)].input = 0;
  p.arrays[static_cast<size_t>(out)].output = 0;
  if (io_in_activations) {
    p.arrays[static_cast<size_t>(in)].activations_offset = bytes;
    p.arrays[static_cast<size_t>(out)].activations_offset = 2 * bytes;
  }
  const int weights = array("copy_1_weights", 1, 0);
  Array& w = p.arrays[static_cast<size_t>(weights)];
  auto data = std::make_shared<Tensor>(Type{DType::int8, {10}, {}});
  for (size_t i = 0; i < 10; ++i) data->data[i] = static_cast<uint8_t>(i * 25);
  w.type = data->type;
  w.bytes = 10;
  w.role = Role::weights;
  w.data = data;
  p.inputs = {in};
  p.outputs = {out};

  CNode first;
  first.name = "copy_0";
  first.comment = "block_1/conv */ \"quoted\" ?\?/";
  first.type = "Reshape";
  first.type_number = 0x100;
  first.m_ids = {0};
  first.macc = 24;
  first.inputs = {in};
  first.outputs = {middle};
  Call rows;
  rows.function = "memcpy";
  rows.windows = {{.array = in, .height = height, .row_bytes = row, .pad_table = {}}};
  rows.args = {{.kind = Arg::Kind::out_row, .ctype = "int8_t"}, {.kind = Arg::Kind::in_row, .index = 0, .ctype = "int8_t"},
               {.kind = Arg::Kind::number, .byte_offset = row, .ctype = ""}};
  rows.out_rows = height;
  rows.out_row_bytes = row;
  rows.out_array = middle;
  first.calls = {rows};

  // The last ten bytes come from the weights.
  CNode second;
  second.name = "copy_1";
  second.comment = "output";
  second.type = "Reshape";
  second.type_number = 0x100;
  second.m_ids = {1};
  second.inputs = {middle};
  second.weights = {weights};
  second.outputs = {out};
  Call flat;
  flat.function = "memcpy";
  flat.args = {{.index = out, .ctype = "int8_t"}, {.index = middle, .ctype = "const int8_t"}, {.kind = Arg::Kind::number, .byte_offset = bytes - 10, .ctype = ""}};
  Call constant = flat;
  constant.args = {{.index = out, .byte_offset = bytes - 10, .ctype = "int8_t"}, {.index = weights, .ctype = "const int8_t"}, {.kind = Arg::Kind::number, .byte_offset = 10, .ctype = ""}};
  second.calls = {flat, constant};
  p.nodes = {first, second};
  return p;
}

}  // namespace ew
