#include "cli/option_table.h"

#include <fmt/format.h>

#include <vector>

#include "base/text.h"
#include "cli/values.h"

namespace ew {
namespace {

using namespace family;  // NOLINT(google-build-using-namespace): six short names for one table

constexpr unsigned networks = stm32 | stellar;                        // C for a microcontroller
constexpr unsigned everywhere = networks | neural_art | ispu | mlc | stm32mp;
constexpr unsigned on_model = on_analyze | on_generate | on_validate;
constexpr unsigned on_all = on_model | on_supported_ops;
constexpr auto works = State::works;
constexpr auto missing = State::not_implemented;
constexpr auto idle = State::no_effect;

constexpr std::string_view data_types = "TYPE[,TYPE...]";

const std::vector<OptionRow>& rows() {
  using enum Section;
  using enum Arity;
  static const std::vector<OptionRow> table{
      // The model
      {"--model", "-m", "FILE", repeated, model, on_model, everywhere & ~mlc, works, "Model file. Repeat the option for a model in two files.",
       [](Options& o, Values v) { o.models.insert(o.models.begin(), v.begin(), v.end()); }},
      {"--target", "", "STR", one, model, on_model, everywhere, works,
       "Chip series to generate for: stm32[xx], stellar-e, stellar-pg[-r52|-m4]. 'stm32' means stm32h7, 'stellar-pg' means stellar-pg-r52.",
       [](Options& o, Values v) { o.target = v[0]; }},
      {"--type", "-t", "keras|onnx|tflite", one, model, on_all, everywhere, works, "Framework of the model, when the file's extension does not tell.",
       [](Options& o, Values v) { o.type = v[0] == "keras" ? Framework::keras : v[0] == "onnx" ? Framework::onnx : Framework::tflite; }},
      {"--name", "-n", "STR", one, model, on_model, everywhere & ~mlc, works, "C name of the network: prefix of files and functions. Default: network.",
       [](Options& o, Values v) { o.name = identifier_value("-n/--name", v[0]); }},
      {"--workspace", "-w", "DIR", one, model, on_model, everywhere & ~mlc, works, "Folder for intermediate files. Default: ./st_ai_ws/.",
       [](Options& o, Values v) { o.workspace = v[0]; }},
      {"--output", "-o", "DIR", one, model, on_all, everywhere, works, "Folder for generated files and reports. Default: ./st_ai_output/.",
       [](Options& o, Values v) { o.output = v[0]; }},
      {"--no-onnx-optimizer", "", "", none, model, on_model, networks | neural_art | ispu, idle, "ONNX: import the model as it is.", nullptr},
      {"--use-onnx-simplifier", "", "", none, model, on_model, networks | neural_art | ispu, idle, "ONNX: simplify the model before importing it.", nullptr},
      {"--fix-parametric-shapes", "", "SHAPES", one, model, on_model, networks | neural_art | ispu, missing,
       "Values for dimensions the model leaves open. Default: 1.", nullptr, "an unknown dimension is always 1"},
      {"--cut-input-tensors", "", "LIST", one, model, on_model, networks | neural_art | ispu, missing, "Start the network at these tensors.", nullptr,
       "models are taken whole"},
      {"--cut-output-tensors", "", "LIST", one, model, on_model, networks | neural_art | ispu, missing, "End the network at these tensors.", nullptr,
       "models are taken whole"},
      {"--cut-input-layers", "", "LIST", one, model, on_model, networks | neural_art | ispu, missing, "Start the network at these layers.", nullptr,
       "models are taken whole"},
      {"--cut-output-layers", "", "LIST", one, model, on_model, networks | neural_art | ispu, missing, "End the network at these layers.", nullptr,
       "models are taken whole"},
      {"--quantize", "-q", "FILE", optional, model, on_model, networks | neural_art | ispu, missing, "Quantise after training, as the JSON file says.", nullptr,
       "give a quantised model instead"},
      {"--custom", "", "FILE", one, model, on_model, networks | neural_art | ispu, missing, "Custom layers written in C, described by a JSON file.", nullptr,
       "custom layers are not supported"},

      // The generated C
      {"--compression", "-c", "none|lossless|low|medium|high|FILE", one, code, on_model, networks, works,
       "Compression of the weights. Default: lossless. Only none and lossless so far.",
       [](Options& o, Values v) { o.compression = compression_value(v[0]); }},
      {"--optimization", "-O", "time|ram|balanced", one, code, on_model, networks, works, "What to favour: time, RAM, or both (balanced, the default).",
       [](Options& o, Values v) {
         o.optimization = v[0] == "time" ? Optimization::time : v[0] == "ram" ? Optimization::ram : Optimization::balanced;
       }},
      {"--c-api", "", "st-ai|legacy", one, code, on_model, networks | ispu, works, "C interface of the generated network. Default: legacy.",
       [](Options& o, Values v) { o.c_api = v[0] == "st-ai" ? CApi::st_ai : CApi::legacy; }},
      {"--no-inputs-allocation", "", "", none, code, on_model, networks | neural_art | ispu, works, "Keep the inputs out of the activations; the application brings them.",
       [](Options& o, Values) { o.inputs_in_activations = false; }},
      {"--no-outputs-allocation", "", "", none, code, on_model, networks | neural_art | ispu, works,
       "Keep the outputs out of the activations; the application brings them.", [](Options& o, Values) { o.outputs_in_activations = false; }},
      {"--allocate-inputs", "", "", none, code, on_model, networks | neural_art | ispu, works, "Inputs in the activations: the default, kept for older scripts.",
       [](Options& o, Values) { o.inputs_in_activations = true; }},
      {"--allocate-outputs", "", "", none, code, on_model, networks | neural_art | ispu, works,
       "Outputs in the activations: the default, kept for older scripts.", [](Options& o, Values) { o.outputs_in_activations = true; }},
      {"--input-memory-alignment", "", "INT", one, code, on_model, networks | ispu, works,
       "Alignment in bytes of the inputs in the activations: a power of two. Default: 4.",
       [](Options& o, Values v) { o.input_alignment = alignment_value("--input-memory-alignment", v[0]); }},
      {"--output-memory-alignment", "", "INT", one, code, on_model, networks | ispu, works,
       "Alignment in bytes of the outputs in the activations: a power of two. Default: 4.",
       [](Options& o, Values v) { o.output_alignment = alignment_value("--output-memory-alignment", v[0]); }},
      {"--split-weights", "", "", none, code, on_model, networks | ispu, works, "One C array for each weight tensor instead of one for all.",
       [](Options& o, Values) { o.split_weights = true; }},
      {"--binary", "", "", none, code, on_generate, networks, works, "Weights in <name>_data.bin instead of a C array.",
       [](Options& o, Values) { o.binary = true; }},
      {"--with-runtime", "", "", none, code, on_generate, networks, works,
       "Ours: put the runtime's sources, a Makefile and a CMakeLists.txt beside the C, so that the folder builds by itself.",
       [](Options& o, Values) { o.with_runtime = true; }},
      {"--input-data-type", "", data_types, one, code, on_model, networks | neural_art | ispu, works,
       "Quantised models: element type of the inputs (float32, int8, uint8); one for all, or one for each.",
       [](Options& o, Values v) { o.input_types = data_type_values("--input-data-type", v[0]); }},
      {"--output-data-type", "", data_types, one, code, on_model, networks | neural_art | ispu, works,
       "Quantised models: element type of the outputs (float32, int8, uint8); one for all, or one for each.",
       [](Options& o, Values v) { o.output_types = data_type_values("--output-data-type", v[0]); }},
      {"--inputs-ch-position", "", "chfirst|chlast", one, code, on_model, networks | neural_art | ispu, missing, "Layout of the inputs: NCHW or NHWC.", nullptr,
       "inputs are channel last (chlast)", "chlast"},
      {"--outputs-ch-position", "", "chfirst|chlast", one, code, on_model, networks | neural_art | ispu, missing, "Layout of the outputs: NCHW or NHWC.", nullptr,
       "outputs are channel last (chlast)", "chlast"},
      {"--memory-pool", "", "FILE", one, code, on_model, networks, missing, "Memories of the device to spread the activations over, as a JSON file.", nullptr,
       "the activations are one block"},
      {"--allocate-activations", "", "", none, code, on_model, networks | ispu, missing, "st-ai: the network brings the memory of its activations.", nullptr,
       "the application passes it with stai_<name>_set_activations"},
      {"--allocate-states", "", "", none, code, on_model, networks | ispu, missing, "st-ai: the network brings the memory of its states.", nullptr,
       "networks with states are not supported"},
      {"--prefetch-compressed-weights", "", "", none, code, on_model, networks, missing, "Fetch compressed weights ahead.", nullptr,
       "weights are not compressed with loss"},

      // Validation
      {"--mode", "", "host|target|host-io-only|target-io-only", one, validation, on_validate, everywhere & ~mlc, works,
       "Run the C on this machine (host, the default) or on a real or virtual board (target).",
       [](Options& o, Values v) {
         o.mode = v[0].starts_with("target") ? Mode::target : Mode::host;
         o.io_only = o.io_only || v[0].ends_with("io-only");
       }},
      {"--desc", "-d", "DESC", one, validation, on_validate, everywhere & ~mlc, works,
       "The board: serial[:PORT][:BAUD] or qemu[:MACHINE]. Default: the first serial port that answers, at 115200.",
       [](Options& o, Values v) { o.description = v[0]; }},
      {"--valinput", "-vi", "FILE", many, validation, on_validate, everywhere & ~mlc, works,
       "Input samples: one npz, or one npy or csv for each input. Default: random data.",
       [](Options& o, Values v) { o.inputs.assign(v.begin(), v.end()); }},
      {"--valoutput", "-vo", "FILE", many, validation, on_validate, everywhere & ~mlc, works, "Expected outputs of the samples.",
       [](Options& o, Values v) { o.outputs.assign(v.begin(), v.end()); }},
      {"--batches", "-b --batch-size", "INT", one, validation, on_validate, everywhere & ~mlc, works,
       "Number of samples. Default: 10 random ones, or all of --valinput.",
       [](Options& o, Values v) { o.batches = integer_value("-b/--batches", v[0], 1, 1'000'000); }},
      {"--range", "", "MIN MAX", many, validation, on_validate, everywhere & ~mlc, works,
       "Range of the random data; one pair for all inputs, or one for each. Default: 0 1.",
       [](Options& o, Values v) { o.ranges = range_values("--range", v); }},
      {"--seed", "", "INT", one, validation, on_validate, everywhere & ~mlc, works, "Seed of the random data. Default: 42.",
       [](Options& o, Values v) { o.seed = integer_value("--seed", v[0], 0, (int64_t{1} << 32) - 1); }},
      {"--classifier", "", "", none, validation, on_validate, everywhere & ~mlc, works, "Take the model as a classifier: accuracy and confusion matrix.",
       [](Options& o, Values) { o.classifier = true; }},
      {"--no-exec-model", "", "", none, validation, on_validate, everywhere & ~mlc, works, "Do not run the original model.",
       [](Options& o, Values) { o.no_exec_model = true; }},
      {"--io-only", "", "", none, validation, on_validate, everywhere & ~mlc, works, "Compare the outputs only, without looking into the layers.",
       [](Options& o, Values) { o.io_only = true; }},
      {"--full", "", "", none, validation, on_validate, networks, works, "Compare every layer.", [](Options& o, Values) { o.full = true; }},
      {"--save-csv", "", "", none, validation, on_validate, everywhere & ~mlc, works, "Write all data to csv files, not only the first and small ones.",
       [](Options& o, Values) { o.save_csv = true; }},
      {"--no-check", "", "", none, validation, on_validate, everywhere & ~mlc, idle, "Check less whether the board holds this network.", nullptr},
      {"--val-json", "", "FILE", one, validation, on_validate, everywhere & ~mlc, missing, "Take the network from an earlier <name>_c_info.json.", nullptr,
       "the network is always built again"},

      // Reports and messages
      {"--with-report", "", "", none, output, on_all, everywhere, works, "supported-ops: write the report. The other commands do so anyway.",
       [](Options& o, Values) { o.with_report = true; }},
      {"--no-report", "", "", none, output, on_model, everywhere, works, "Write no report file.", [](Options& o, Values) { o.no_report = true; }},
      {"--no-workspace", "", "", none, output, on_model, everywhere & ~mlc, works, "Leave no workspace folder behind.",
       [](Options& o, Values) { o.no_workspace = true; }},
      {"--verbosity", "-v --verbose", "0|1|2|3", optional, output, on_all, everywhere, works, "How much is printed. Default: 1; without a number: 2.",
       [](Options& o, Values v) { o.verbosity = v.empty() ? 2 : v[0][0] - '0'; }},
      {"--quiet", "", "", none, output, on_all, everywhere, works, "No progress bar.", [](Options& o, Values) { o.quiet = true; }},
      {"--help", "-h", "", none, output, on_all, everywhere, works, "Print this help; with --target, only what that target takes.", nullptr},
      {"--version", "", "", none, output, on_all, everywhere, works, "Print the version.", nullptr},
      {"--tools-version", "", "", none, output, on_all, everywhere, works, "Print the versions of the programs the tool uses.", nullptr},

      // STM32
      {"--dll", "", "", none, device, on_generate, family::stm32, missing, "Only the shared library for this machine.", nullptr,
       "the command validate builds and runs it"},
      {"--address", "", "ADDR", one, device, on_generate, family::stm32, missing, "With --binary: address of the weights in the device's memory.", nullptr,
       "pass the address at run time"},
      {"--copy-weights-at", "", "ADDR", one, device, on_generate, family::stm32, missing, "With --binary: address the weights are copied to first.", nullptr,
       "copy them and pass the address at run time"},
      {"--relocatable", "-r --reloc", "", none, device, on_generate, family::stm32, missing, "Position-independent binary with network, kernels and weights.", nullptr,
       "only C is generated"},
      {"--ihex", "", "", none, device, on_generate, family::stm32, missing, "The relocatable binary as an Intel hex file.", nullptr, "only C is generated"},
      {"--no-c-files", "", "", none, device, on_generate, family::stm32, missing, "Only the relocatable binary.", nullptr, "only C is generated"},
      {"--lib", "", "DIR", one, device, on_model, networks, idle, "Folder of the runtime libraries; the tool finds its own.", nullptr},
      {"--st-neural-art", "", "STR", optional, device, on_model, neural_art, missing, "stm32n6: use the neural processing unit with this profile.", nullptr,
       "the neural processing unit has no open compiler; without the option the network runs on the Cortex-M55"},

      // Sensors and microprocessors
      {"--device", "", "STR", one, sensors, on_model, mlc, missing, "mlc: the sensor.", nullptr, "the target mlc is not supported"},
      {"--settings", "-s --script --json", "FILE", one, sensors, on_generate, mlc, missing, "mlc: settings of features and trees.", nullptr, "the target mlc is not supported"},
      {"--gen-type", "-g", "features|config|arff|ucf", one, sensors, on_generate, mlc, missing, "mlc: what to generate.", nullptr, "the target mlc is not supported"},
      {"--port", "-p", "COM", one, sensors, on_validate, mlc, missing, "mlc: serial port of the board.", nullptr, "the target mlc is not supported"},
      {"--mlc-conf", "-mc", "FILE", one, sensors, on_validate, mlc, missing, "mlc: the sensor's configuration.", nullptr, "the target mlc is not supported"},
      {"--logs", "-l", "FILE", one, sensors, on_validate, mlc, missing, "mlc: recorded data, a file or a folder.", nullptr, "the target mlc is not supported"},
      {"--ignore-zero", "-z", "", none, sensors, on_validate, mlc, missing, "mlc: leave results of 0 out.", nullptr, "the target mlc is not supported"},
      {"--tree", "", "FILE", one, sensors, on_analyze, mlc, missing, "mlc: the decision tree.", nullptr, "the target mlc is not supported"},
      {"--arff", "-a", "FILE", one, sensors, on_analyze, mlc, missing, "mlc: the features.", nullptr, "the target mlc is not supported"},
      {"--meta", "", "FILE", one, sensors, on_analyze, mlc, missing, "mlc: the meta-classifier.", nullptr, "the target mlc is not supported"},
      {"--ucf", "", "FILE", one, sensors, on_validate, mlc | ispu, missing, "The sensor's program as a UCF file.", nullptr, "sensors are not supported"},
      {"--ispu-conf", "", "FILE", one, sensors, on_validate, ispu, missing, "ispu: the sensor's program as a JSON file.", nullptr, "the target ispu is not supported"},
      {"--entropy", "", "", none, sensors, on_generate, stm32mp, missing, "stm32mp: make per-channel quantisation per-tensor.", nullptr,
       "the target stm32mp is not supported"},
  };
  return table;
}

}  // namespace

std::span<const OptionRow> option_table() { return rows(); }

std::string title(const OptionRow& row) {
  const auto first = row.other.substr(0, row.other.find(' '));
  return first.starts_with("-") && !first.starts_with("--") ? fmt::format("{}/{}", first, row.flag) : std::string(row.flag);
}

std::vector<std::string> choices(const OptionRow& row) {
  if (row.argument.find('|') == std::string_view::npos || row.argument.ends_with("FILE")) return {};
  return split(row.argument, '|');
}

unsigned family_of(std::string_view target) {
  struct Prefix { std::string_view text; unsigned family; };
  constexpr Prefix prefixes[] = {{"stm32mp", stm32mp}, {"stm32", stm32}, {"stellar", stellar}, {"ispu", ispu}, {"mlc", mlc}};  // the first that fits
  const std::string typed = lower_case(target);
  for (const Prefix& prefix : prefixes)
    if (typed.starts_with(prefix.text)) return prefix.family;
  return 0;
}

}  // namespace ew
