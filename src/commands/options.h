// What the command line asks for, checked and typed (src/cli/parse.h makes it).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "program/program.h"
#include "targets/target.h"

namespace ew {

enum class Command { analyze, generate, validate, supported_ops };
enum class Framework { tflite, onnx, keras };
enum class Optimization { balanced, time, ram };
enum class Mode { host, target };

struct Options {
  Command command = Command::analyze;
  std::string parameters;                                 // the raw command line without the program's name: the reports' "Parameters"

  // The model
  std::vector<std::filesystem::path> models;              // at least one, but for supported-ops
  std::optional<Framework> type;                          // -t, else by the files' extension; always set but for supported-ops
  std::string target;                                     // as typed: the reports' "target/series"
  const Target* series = nullptr;                         // what it means; null for supported-ops only
  std::string name = "network";                           // a C identifier
  std::filesystem::path workspace = "st_ai_ws";
  std::filesystem::path output = "st_ai_output";
  bool no_workspace = false;                              // use a temporary folder instead

  // The generated C
  std::string compression = "lossless";                   // "none" or "lossless", which mean the same today
  Optimization optimization = Optimization::balanced;
  CApi c_api = CApi::legacy;
  bool inputs_in_activations = true;                      // --no-inputs-allocation
  bool outputs_in_activations = true;                     // --no-outputs-allocation
  int64_t input_alignment = 0;                            // bytes, a power of two; 0: the default of 4
  int64_t output_alignment = 0;
  bool split_weights = false;
  bool binary = false;                                    // weights in <name>_data.bin
  bool with_runtime = false;                              // generate: the runtime's sources and a Makefile beside the C
  std::vector<DType> input_types;                         // float32, int8 or uint8; one: for all inputs; empty: the model's
  std::vector<DType> output_types;

  // Validation
  Mode mode = Mode::host;
  bool io_only = false;
  std::string description;                                // -d: "serial[:PORT][:BAUD]", "qemu[:MACHINE]"; empty: search the serial ports
  std::vector<std::filesystem::path> inputs;              // -vi
  std::vector<std::filesystem::path> outputs;             // -vo
  std::optional<int64_t> batches;                         // -b; default 10 random samples, all custom ones
  std::vector<std::pair<double, double>> ranges;          // --range, low and high; one: for all inputs; empty: [0, 1)
  int64_t seed = 42;                                      // 0 ... 2^32-1
  bool classifier = false;
  bool no_exec_model = false;
  bool save_csv = false;
  bool full = false;

  // What is said
  int verbosity = 1;                                      // 0 ... 3
  bool quiet = false;                                     // no progress bar
  bool with_report = false;
  bool no_report = false;
  std::vector<std::string> notes;                         // about options that were given and do nothing here
};

std::string_view name(Command command);                   // "supported-ops"
std::string_view name(Framework framework);               // "tflite"
std::string_view name(Optimization optimization);         // "balanced"
std::string_view name(CApi api);                          // "st-ai"

}  // namespace ew
