// Something that runs the network: the host library, a board on a serial line, a virtual board, the original framework.
// `validate` knows nothing else about them.
#pragma once

#include "ir/tensor.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ew {

// One tensor of a network as the runner knows it. The shape has the batch (1) in front.
struct TensorInfo {
  std::string name;                              // "input_1" when the runner has no name for it
  Type type;
  bool in_activations = true;                    // its memory is part of the activations; else the user's
};

// What runs the network.
struct DeviceDescription {
  std::string text;                              // "virtual board mps2-an386", "stm32 family - 0x450 - STM32H743/53/50xx and ..."
  std::vector<std::string> attributes;           // "fpu", "art_lat=4", ...
  std::vector<std::string> extra;                // device configuration lines sent by the firmware, "key=value"
  int64_t core_clock = 0;                        // Hz; 0: unknown or meaningless (a virtual board)
  int64_t bus_clock = 0;                         // Hz
};

// The answer to "who are you": everything the summary block of a validation report prints.
struct ModelDescription {
  std::string name = "network";
  std::string hash;                              // signature of the model file, "0x" + MD5
  std::string compile_datetime;
  std::vector<TensorInfo> inputs, outputs;
  std::vector<int64_t> activations, weights;     // bytes of each segment
  std::optional<int64_t> macc;
  int64_t nodes = 0;                             // c-nodes
  std::string protocol;                          // "Proto-buffer driver v2.0 (msg v3.1) (Serial driver v1.0 - /dev/ttyACM0:115200)"
  std::string tools;                             // "ST.AI (st-ai api) v2.2.0"
  std::string runtime_library;                   // "v10.2.0 compiled with GCC 12.2.1 (GCC)"
  std::vector<std::string> capabilities;         // "IO_ONLY", "PER_LAYER", "PER_LAYER_WITH_DATA", "SELF_TEST"
  DeviceDescription device;
};

// What the numbers of a measurement count.
enum class Unit {
  none,                                          // nothing was counted
  cycles,                                        // CPU cycles of a real board
  instructions                                   // instructions executed by a virtual board: exact and repeatable, but not time
};
std::string_view name(Unit unit);                // "", "CPU cycles", "instructions"

// One measurement per sample. A vector is empty when that kind of number was not measured.
struct Measurement {
  std::vector<double> milliseconds;              // never from a virtual board
  std::vector<uint64_t> counts;                  // in RunResult::unit
};
double mean(const std::vector<double>& values);  // 0 when empty
double mean(const std::vector<uint64_t>& values);

// A c-node, in order of execution.
struct NodeResult {
  int c_id = 0;                                  // position in the generated network
  int m_id = -1;                                 // operator of the user's model; -1: unknown
  int layer_type = 0;                            // 0x103
  std::string type_name;                         // "Conv2D"
  std::string name;                              // "ai_node_0" when the runner has no name for it
  Measurement measured;
  std::vector<TensorInfo> outputs;
  std::vector<Tensor> data;                      // with_data: one per output, dimension 0 = samples, without bytes when it
                                                 // never exists as a whole; else empty
};

struct RunOptions {
  bool per_layer = false;                        // measure each c-node
  bool with_data = false;                        // and fetch what it computes; implies per_layer
  std::function<void(int64_t done, int64_t all)> progress = {};  // after each sample; may be empty
};

struct RunResult {
  std::vector<Tensor> outputs;                   // one per output of the network, dimension 0 = samples
  std::vector<NodeResult> nodes;                 // empty unless per_layer
  Unit unit = Unit::none;
  Measurement whole;                             // one inference
  int64_t stack_used = -1;                       // bytes; -1: not monitored
  int64_t heap_used = -1;
  double host_seconds = 0;                       // wall time of the whole call, transfers included
};

// Inputs and outputs of several samples travel as one tensor each: dimension 0 is the sample in place of the batch of 1, so
// the bytes are samples * bytes(info.type), sample after sample.
class Runner {
 public:
  virtual ~Runner() = default;

  // Valid until the runner is destroyed.
  virtual const ModelDescription& info() = 0;

  // Runs every sample. `inputs`: one tensor per input of the network, in its order and element types, all with the same
  // number of samples. Throws connection_error (E801) when the other side fails, cli_error when `inputs` do not fit.
  virtual RunResult run(const std::vector<Tensor>& inputs, const RunOptions& options) = 0;
};

// The type of `samples` tensors of type `one` laid one after the other: 1x28x28x1 -> 10x28x28x1. A first dimension other than 1 is
// kept and the samples are put in front.
Type batched(const Type& one, int64_t samples);

// How many samples `inputs` hold; throws cli_error naming the input that does not fit `expected`.
int64_t count_samples(const std::vector<Tensor>& inputs, const std::vector<TensorInfo>& expected);

// Name of a layer type number of the reports: 0x103 -> "Conv2D"; an unknown one: "Layer".
std::string_view layer_type_name(int layer_type);

}  // namespace ew
