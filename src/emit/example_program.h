// A small hand-made Program for the tests: a 3x3 maximum pooling, a convolution that changes nothing, and a copy whose last ten bytes are
// constants. It uses every kind of argument.
#pragma once

#include "program/program.h"

#include <cstring>

namespace ew {

struct ExampleOptions {
  bool io_in_activations = true;
  bool split_weights = false;
};

class ExampleProgram {
 public:
  static constexpr int64_t height = 4, width = 3, channels = 2, row = width * channels, bytes = height * row;

  ExampleProgram(std::string c_name, const ExampleOptions& options) : options_(options) {
    program.c_name = std::move(c_name);
    program.datetime = "2026-11-22T10:00:00+0000";
    program.model.files = {"example.tflite"};
    program.model.framework = "tflite";
    program.model.name = "example";
    program.model.hash = "0x00112233445566778899aabbccddeeff";
    program.model.format = "ss/sa per tensor";
    program.inputs_in_activations = program.outputs_in_activations = options.io_in_activations;
    program.split_weights = options.split_weights;
    add_segments();
    const Type image{DType::int8, {1, height, width, channels}, Quant{{0.5F}, {-3}, -1}};
    const int in = array("input_output", image, 0, 0), pooled = array("pool_0_output", image, 0, 0);
    const int same = array("conv2d_1_output", image, 0, bytes), out = array("copy_2_output", image, 0, 0);
    port(in, SegmentKind::input, 2 * bytes + 12);
    port(out, SegmentKind::output, 3 * bytes + 12);
    program.arrays[at(in)].input = program.arrays[at(out)].output = 0;
    program.inputs = {in};
    program.outputs = {out};
    add_pool(in, pooled);
    add_convolution(pooled, same);
    add_copy(same, out);
  }

  Program program;

 private:
  static size_t at(int id) { return static_cast<size_t>(id); }

  void add_segments() {
    const int64_t activations = 2 * bytes + 12 + (options_.io_in_activations ? 2 * bytes : 0);
    program.segments = {{SegmentKind::activations, 0, activations, 4, ""}, {SegmentKind::input, 0, bytes, 4, ""}, {SegmentKind::output, 0, bytes, 4, ""}};
    if (options_.split_weights) {
      for (int i = 0; i < 3; ++i) program.segments.push_back({SegmentKind::weights, i, 12, 4, ""});
    } else {
      program.segments.push_back({SegmentKind::weights, 0, 32, 4, ""});
    }
  }

  int array(std::string name, const Type& type, int segment, int64_t offset) {
    Array a;
    a.id = static_cast<int>(program.arrays.size());
    a.name = std::move(name);
    a.type = type;
    a.bytes = ew::bytes(type);
    a.segment = segment;
    a.offset = offset;
    program.arrays.push_back(a);
    return a.id;
  }

  void port(int id, SegmentKind kind, int64_t activations_offset) {
    Array& a = program.arrays[at(id)];
    a.segment = kind == SegmentKind::input ? 1 : 2;
    if (options_.io_in_activations) a.activations_offset = activations_offset;
  }

  int parameter(std::string name, Role role, const Type& type, const void* data) {
    const int index = weights_++;
    const int64_t offsets[] = {0, 12, 20};
    const int id = array(std::move(name), type, options_.split_weights ? 3 + index : 3, options_.split_weights ? 0 : offsets[index]);
    auto tensor = std::make_shared<Tensor>(type);
    std::memcpy(tensor->data.data(), data, tensor->data.size());
    program.arrays[at(id)].data = tensor;
    program.arrays[at(id)].role = role;
    return id;
  }

  template <class T> int table(std::string name, DType dtype, const std::vector<T>& values) {
    Table t;
    t.name = std::move(name);
    t.dtype = dtype;
    t.data.resize(values.size() * sizeof(T));
    std::memcpy(t.data.data(), values.data(), t.data.size());
    program.tables.push_back(t);
    return static_cast<int>(program.tables.size()) - 1;
  }

  static Arg arg(Arg::Kind kind, int index, std::string ctype, int64_t offset = 0) {
    Arg a;
    a.kind = kind;
    a.index = index;
    a.ctype = std::move(ctype);
    a.byte_offset = offset;
    return a;
  }

  CNode& node(std::string name, std::string comment, std::string type, int number, int in, int out) {
    CNode n;
    n.name = std::move(name);
    n.comment = std::move(comment);
    n.type = std::move(type);
    n.type_number = number;
    n.m_ids = {static_cast<int>(program.nodes.size())};
    n.macc = 10;
    n.inputs = {in};
    n.outputs = {out};
    program.nodes.push_back(n);
    return program.nodes.back();
  }

  static Call rows(std::string function, int in, int out, int64_t kernel, std::optional<int> pad_table) {
    Call c;
    c.function = std::move(function);
    RowWindow w;
    w.array = in;
    w.kernel = kernel;
    w.first = -1;
    w.height = height;
    w.row_bytes = row;
    w.pad_table = pad_table;
    c.windows = {w};
    c.out_rows = height;
    c.out_row_bytes = row;
    c.out_array = out;
    return c;
  }

  void add_pool(int in, int out) {
    Call call = rows("nn_maxpool_s8_row", in, out, 3, {});
    call.params = Params{"nn_pool2d_s8_params", {{"in_width", width}, {"channels", channels}, {"in_pitch", channels}, {"out_width", width},
        {"out_pitch", channels}, {"kernel_w", int64_t{3}}, {"stride_w", int64_t{1}}, {"pad_left", int64_t{1}}, {"clamp_min", int64_t{-128}}, {"clamp_max", int64_t{127}}}};
    call.args = {arg(Arg::Kind::rows_inside, 0, "int8_t"), arg(Arg::Kind::row_count, 0, ""), arg(Arg::Kind::out_row, 0, "int8_t")};
    node("pool_0", "block_1/pool */ \"quoted\" ?\?/", "Pool", 0x10b, in, out).calls = {call};
  }

  // kernel 3x1, the middle 4: sum = 4 (q - zero), multiplied by a quarter (2^30 / 2^31 / 2).
  void add_convolution(int in, int out) {
    const int8_t weights[12] = {0, 0, 4, 0, 0, 0, 0, 0, 0, 4, 0, 0};
    const int32_t bias[2] = {12, 12};
    const int w = parameter("conv2d_1_weights", Role::weights, {DType::int8, {2, 3, 1, 2}, {}}, weights);
    const int b = parameter("conv2d_1_bias", Role::bias, {DType::int32, {2}, {}}, bias);
    const int scratch = array("conv2d_1_scratch", {DType::int8, {12}, {}}, 0, 2 * bytes);
    program.arrays[at(scratch)].role = Role::scratch;
    const int pad = table("conv2d_1_pad", DType::int8, std::vector<int8_t>(row, -3));
    const int multiplier = table("conv2d_1_multiplier", DType::int32, std::vector<int32_t>{1 << 30, 1 << 30});
    const int shift = table("conv2d_1_shift", DType::int8, std::vector<int8_t>{-1, -1});
    Call call = rows("nn_conv2d_s8_row", in, out, 3, pad);
    call.params = Params{"nn_conv2d_s8_params", {{"in_width", width}, {"in_channels", channels}, {"in_pitch", channels}, {"out_width", width},
        {"out_channels", channels}, {"out_pitch", channels}, {"kernel_h", int64_t{3}}, {"kernel_w", int64_t{1}}, {"stride_w", int64_t{1}},
        {"dilation_w", int64_t{1}}, {"groups", int64_t{1}}, {"in_zero", int64_t{-3}}, {"out_zero", int64_t{-3}}, {"clamp_min", int64_t{-128}}, {"clamp_max", int64_t{127}}}};
    call.args = {arg(Arg::Kind::rows, 0, "int8_t"), arg(Arg::Kind::array, w, "const int8_t"), arg(Arg::Kind::array, b, "const int32_t"),
                 arg(Arg::Kind::table, multiplier, "const int32_t"), arg(Arg::Kind::table, shift, "const int8_t"),
                 arg(Arg::Kind::array, scratch, "int8_t"), arg(Arg::Kind::out_row, 0, "int8_t")};
    CNode& n = node("conv2d_1", "block_1/conv", "Conv2D", 0x103, in, out);
    n.weights = {w, b};
    n.scratch = {scratch};
    n.calls = {call};
  }

  void add_copy(int in, int out) {
    int8_t constants[10];
    for (int i = 0; i < 10; ++i) constants[i] = static_cast<int8_t>(i * 11);
    const int w = parameter("copy_2_weights", Role::weights, {DType::int8, {10}, {}}, constants);
    Call first, second;
    first.function = second.function = "nn_copy";
    first.args = {arg(Arg::Kind::array, in, "const uint8_t"), arg(Arg::Kind::array, out, "uint8_t"), arg(Arg::Kind::number, 0, "", bytes - 10)};
    second.args = {arg(Arg::Kind::array, w, "const uint8_t"), arg(Arg::Kind::array, out, "uint8_t", bytes - 10), arg(Arg::Kind::number, 0, "", 10)};
    CNode& n = node("copy_2", "output", "Reshape", 0x100, in, out);
    n.weights = {w};
    n.calls = {first, second};
  }

  ExampleOptions options_;
  int weights_ = 0;
};

inline Program example_program(std::string c_name = "network", const ExampleOptions& options = {}) {
  return ExampleProgram(std::move(c_name), options).program;
}

}  // namespace ew
