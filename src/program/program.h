// The second data type: what will be printed as C. Plain data: segments, c-arrays, c-nodes.
#pragma once

#include "ir/tensor.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace ew {

// Which client API the generated C offers.
enum class CApi { legacy, st_ai };

// Where bytes live at run time. Addresses arrive then; here only offsets.
enum class SegmentKind { activations, weights, input, output, state };

struct Segment {
  SegmentKind kind = SegmentKind::activations;
  int index = 0;                                 // among the segments of its kind
  int64_t bytes = 0;
  int64_t alignment = 4;
  std::string pool;                              // name of the memory pool; empty: the default one
};

enum class Role { activation, scratch, weights, bias };

// A c-array: one tensor's memory.
struct Array {
  int id = 0;                                    // index in Program::arrays
  std::string name;                              // C identifier without suffix: "conv2d_1_output", "conv2d_1_weights"
  Type type;
  int64_t bytes = 0;
  int64_t alignment = 4;
  Role role = Role::activation;
  int segment = -1;                              // index in Program::segments
  int64_t offset = -1;                           // in its segment, bytes
  int view_of = -1;                              // the array in whose memory this one lies, at view_offset; -1: it has its own
  int64_t view_offset = 0;                       // bytes
  int64_t view_run = 0, view_pitch = 0;          // a view along the channels: runs of so many bytes, so far apart in that array; 0: contiguous
  int first = 0, last = 0;                       // c-nodes between which the bytes must live (positions in Program::nodes)
  int first_step = -1, last_step = -1;           // inside a streamed group: the steps of a tick between which they must live; -1: the whole c-node
  int64_t ring_rows = 0;                         // inside a streamed group: row y is kept at y % ring_rows; 0: the whole tensor
  std::shared_ptr<const Tensor> data;            // weights and bias: the bytes as the kernel wants them
  int input = -1, output = -1;                   // index among the network's inputs, outputs; -1: neither
  int64_t activations_offset = -1;               // an input or output that lives in the activations by default: its offset there
  std::string value_name;                        // the user's name of the tensor
  std::optional<RemovedChannels> removed;        // channels of the user's tensor that are not here
  int m_id = -1;                                 // operator of the user's model that makes it; -1: an input or a parameter
};

// A small constant that is code-like (requantisation, lookup tables): printed as `static const` in <name>.c.
struct Table {
  std::string name;                              // "conv2d_1_multiplier"
  DType dtype = DType::int32;                    // int8, uint8, int16, int32, float32
  std::vector<uint8_t> data;
};

struct TableRef { int table = 0; };              // index in Program::tables
struct EnumRef {                                 // a C constant of the runtime, "NN_MUL"
  std::string constant;
  bool operator==(const EnumRef&) const = default;
};

// A parameter struct of the runtime, printed as a designated initialiser.
struct Field {
  std::string name;
  std::variant<int64_t, float, std::vector<int64_t>, EnumRef> value;
  bool operator==(const Field& other) const;     // floats by their bits
};
struct Params {
  std::string type;                              // "nn_conv2d_s8_params"
  std::vector<Field> fields;
  bool operator==(const Params&) const = default;
};

// The rows a windowed kernel reads for output row y: first + y * stride + k * dilation, k in [0, kernel).
struct RowWindow {
  int array = 0;
  int64_t kernel = 1, stride = 1, first = 0, dilation = 1;
  int64_t height = 1;                            // rows of the input
  int64_t row_bytes = 0;                         // from one row to the next
  int64_t pixel_bytes = 0;                       // of a call for every pixel (Call::pixels): from one pixel to the next
  int64_t offset = 0;                            // bytes from the array's start to row 0 (a later image of a batch, a part of the channels)
  std::optional<int> pad_table;                  // index in Program::tables of the row that stands for rows outside; none: NULL
};

// One argument of a kernel call, in the order of the C prototype.
struct Arg {
  enum class Kind {
    array,                                       // pointer to a c-array, + byte_offset
    table,                                       // pointer to a Program::tables entry
    rows,                                        // `const T *const rows[]` of windows[index]
    rows_inside,                                 // the same, only those inside the image (packed), for pools
    row_count,                                   // how many rows rows_inside gave (int32_t)
    in_row,                                      // the single row of windows[index] (kernel == 1)
    out_row,                                     // row y of the output
    row_index,                                   // y itself (int32_t)
    number,                                      // an integer literal
    null
  };
  Kind kind = Kind::array;
  int index = 0;                                 // array id, table index or window index
  int64_t byte_offset = 0;                       // for Kind::array; the value for Kind::number
  std::string ctype;                             // element type of the pointer: "int8_t", "const float"; printed as a cast
};

// One call of a runtime function. With an out_row argument it stands in a loop over `out_rows` rows. A kernel for which pixels need not be
// contiguous has the parameters "in_pitch" (of windows[0]) and "out_pitch", elements from one pixel to the next.
struct Call {
  std::string function;                          // "nn_conv2d_s8_row"
  std::optional<Params> params;                  // passed first, by address
  std::vector<Arg> args;
  std::vector<RowWindow> windows;
  int64_t out_rows = 0;                          // rows of the loop; 0: a flat call
  bool descending = false;                       // the loop runs from the last row to the first (plan decides)
  int64_t out_row_bytes = 0;
  int64_t row_elements = 0;                      // of an elementwise call: elements of a row, as its number argument or its field "shape.size" says
  int64_t pixels = 0;                            // the call is made for each of so many parts of a row; 0: for the row
  int64_t out_pixel_bytes = 0;                   // from one such part to the next
  int out_array = -1;
  int64_t out_offset = 0;                        // bytes from the start of out_array to its first row
  int64_t row_cost = 0;                          // instructions that a row takes more than its part of the flat call would, an estimate
  int64_t delay = 0, period = 1;                 // inside a streamed group: row y is computed at tick delay + y * period
  std::string body = {};                         // header and name of the function's body, "nn_conv2d_dsp_s8", when it may be compiled for these parameters alone
  double work = 0;                               // what it costs, in multiplications of an ordinary convolution; of a call with a body
  bool instance = false;                         // network.c compiles it so (choose_instances)
};

// Whether the two calls can share an instance: the same body with the same constants.
bool same_instance(const Call& a, const Call& b);

// `output` may share memory with `input` where elements are read before they are overwritten: if output.address + ascending <= input.address,
// or, for a single loop over rows run backwards, if input.address + descending <= output.address. -1: not that way.
struct Overlap { int input = 0, output = 0; int64_t ascending = -1, descending = -1; };

// A c-node: one layer, or a streamed group of several.
struct CNode {
  std::string name;                              // "conv2d_1"
  std::string comment;                           // the user's layer name
  std::string type;                              // the reports' word: "Conv2D"
  int type_number = 0;                           // 0x103
  std::vector<int> m_ids;                        // operators of the user's model it stands for
  int64_t macc = 0;
  int64_t cycles = 0;                            // of its multiplications on the target, roughly
  std::string op_type;                           // "smul_s8_s8", "op_f32_f32", ...
  std::vector<int> inputs, weights, scratch, outputs;       // array ids
  std::vector<std::pair<std::string, std::string>> attributes;  // for c_info.json
  std::vector<Call> calls;
  std::vector<Overlap> overlaps;
  std::vector<Call> row_form;                    // the same work row by row, where `calls` works on whole tensors; empty: there is none
  std::vector<CNode> steps;                      // a streamed group: its layers, run in this order at every tick; `calls` is empty then
  int64_t ticks = 0;                             // of the group's loop
};

// The calls of a c-node and of its steps.
std::vector<const Call*> calls_of(const CNode& node);

// visit(id) for each c-array that a call names, some of them several times; `id` is a reference into the call.
template <class C, class Visit>
void for_each_array(C& call, Visit visit) {
  if (call.out_array >= 0) visit(call.out_array);
  for (auto& window : call.windows) visit(window.array);
  for (auto& arg : call.args)
    if (arg.kind == Arg::Kind::array) visit(arg.index);
}

bool uses(const std::vector<Call>& calls, int array);

// The model file as the reports need it.
struct ModelInfo {
  std::vector<std::string> files;                // as given
  std::string framework;                         // "tflite"
  std::string name;                              // file stem
  std::string hash;                              // "0x" + MD5 of the file bytes
  std::string format;                            // model_fmt: "float", "ss/sa per channel", ...
  std::vector<std::string> operators;            // by m_id, the framework's names: "CONV_2D"
  int64_t params = 0;                            // parameters, items
  int64_t param_bytes = 0;                       // and their bytes in the model
  int64_t macc = 0;                              // of the original graph
};

struct Program {
  ModelInfo model;
  std::string c_name = "network";
  std::vector<Segment> segments;
  std::vector<Array> arrays;
  std::vector<Table> tables;
  std::vector<CNode> nodes;
  std::vector<int> inputs, outputs;              // array ids, in the model's order
  bool inputs_in_activations = true, outputs_in_activations = true;
  bool split_weights = false;
  std::string datetime;                          // "2026-11-22T10:00:00+0000": of the model file's generation

  [[nodiscard]] int64_t bytes(SegmentKind kind) const;           // sum over the segments of that kind
  [[nodiscard]] std::vector<const Segment*> of(SegmentKind kind) const;
  [[nodiscard]] int64_t macc() const;                            // sum over the c-nodes
};

const Array& array_of(const Program& program, int id);

// Where an array lies in the one that has the memory: runs of `run` bytes, `pitch` bytes apart, from byte `offset` on. run 0: contiguous.
struct Location {
  int root = 0;
  int64_t offset = 0, run = 0, pitch = 0;
};
Location location(const Program& program, int array);

// Where the array lives, or what it lies in: its bytes are parameters; in the activations, perhaps only by default (inputs and outputs); or in
// memory that the user brings for an input or output.
bool is_parameter(const Array& array);
bool in_activations(const Program& program, const Array& array);
bool is_user(const Program& program, const Array& array);

}  // namespace ew
