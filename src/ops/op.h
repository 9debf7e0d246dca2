// An operator: everything the compiler knows about it, as one table. A new operator is a folder with its tables and one line in all.cpp.
#pragma once

#include "ir/graph.h"
#include "targets/target.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ew {

struct Channels;       // ops/channels.h
class Lowering;        // ops/lowering.h
class TfliteContext;   // ops/tflite_context.h

// How an operator of a framework becomes nodes of ours: one row of `supported-ops`.
struct Import {
  std::string_view framework;                    // "tflite"
  std::string_view name;                         // "CONV_2D"
  std::string_view types;                        // "float32, int8, uint8": for the report
  void (*tflite)(TfliteContext&) = nullptr;      // adds nodes and sets the context's outputs
};

// A condition that must hold, with the words a user reads when it does not.
struct Rule {
  std::string_view text;                         // "dilation of an int8 convolution is 1"
  bool (*holds)(const Node&, const Target&);
};

// One way to run a node. The first kernel in the list whose rules hold and whose cost is least is taken.
struct Kernel {
  std::string_view function;                     // C function of the runtime
  std::span<const Rule> rules;
  double (*cost)(const Node&, const Target&);    // estimated instructions; null: 0, listed order decides
  void (*lower)(const Node&, Lowering&);
  double instance = 0;                           // not 0: `-O time` may compile its body for single layers (docs/decisions/0016-instances.md); the
                                                 // cost of a multiplication beside that of an ordinary convolution
  double most_share = 1;                         // little code, but slow: for layers of at most this share of a network's multiplications
};

// The word and number the reports and the APIs use: "Conv2D", 0x103.
struct LayerType { std::string_view word; int number; };

struct Op {
  std::string_view name;                         // ours, in the text form: "conv2d"
  std::unique_ptr<Attrs> (*make_attrs)();
  std::vector<Type> (*infer)(const Node&);       // dtypes and shapes of the outputs; the caller keeps each output's quant. Throws load_error when the node makes no sense
  int64_t (*macc)(const Node&);                  // without a fused activation: see macc() below
  void (*eval)(const Node&, std::span<const Tensor* const> in, std::span<Tensor> out);  // the meaning; `out` has its types and bytes
  std::span<const Import> imports;
  std::span<const Kernel> kernels;
  LayerType (*layer)(const Node&);
  std::string_view c_prefix;                     // c-nodes are named <c_prefix>_<m_id>: "conv2d_3"
  bool view = false;                             // the output is the first input's memory with another shape: nothing is computed
  bool (*identity)(const Node&) = nullptr;       // true: output equals the first input, bit for bit and in shape; null: never
  const Channels* channels = nullptr;            // what can be said of single channels; null: nothing, all of them stay
};

// Every operator, in the order of the list in all.cpp.
std::span<const Op* const> all_ops();
const Op* find_op(std::string_view name);        // null when unknown
const Import* find_import(std::string_view framework, std::string_view name, const Op** op = nullptr);

// Sets the outputs' dtypes and shapes from `infer`, keeping their quantisation.
void infer_types(Node& node);

// Replaces a node whose inputs are all known by the values it gives, unless it makes a network output or its result is large (a FILL of
// a megabyte is cheaper to compute than to keep in flash). Returns the new constants; empty: left as it is.
std::vector<Value*> fold(Graph& graph, Node& node);

int64_t macc(const Node& node);                  // with the fused activation: float relu 1, relu6 and relu_n1_to_1 2, tanh 10 per output element; int8 0

// Throws internal_error with the node's name when the graph is not well formed: types agree with infer, use lists agree with inputs, order is topological.
void verify(const Graph& graph);

// The whole graph by the operators' meaning. `inputs` in the graph's order; returns the outputs, and every value if `all` is given.
std::vector<Tensor> evaluate(const Graph& graph, std::span<const Tensor> inputs,
                             std::vector<std::pair<const Value*, Tensor>>* all = nullptr);

// The printable, parsable form of a graph (docs/design.md, section 3).
std::string print(const Graph& graph, bool with_constants = true);
Graph parse_graph(std::string_view text);

}  // namespace ew
