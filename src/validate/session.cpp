#include "validate/session.h"

#include "base/error.h"
#include "base/text.h"
#include "report/join.h"
#include "validate/compare.h"
#include "validate/convert.h"
#include "validate/report_metrics.h"
#include "validate/report_run.h"
#include "validate/save.h"

#include <algorithm>
#include <utility>

namespace ew {
namespace {

// What the steps hand on to each other. Tensors of the c side have the shapes of convert.h's c_shape, dimension 0 = samples.
struct State {
  const Validation& v;
  const Program& program;
  DataSet data;
  std::vector<Tensor> predictions;               // P: outputs of the generated network
  std::vector<Tensor> model_inputs;              // the same data in the model's types and ranks
  std::optional<ReferenceResult> reference;      // R'
  RunResult run;
  std::vector<MetricsLine> lines;
  std::optional<OpenedNetwork> opened;           // what layers are compared on, once it is needed
  bool opened_compared = false;                  // its outputs with the network's
  ValidationResult result;
};

const Array& output_array(const State& s, size_t index) { return s.program.arrays[static_cast<size_t>(s.program.outputs[index])]; }
const Array& input_array(const State& s, size_t index) { return s.program.arrays[static_cast<size_t>(s.program.inputs[index])]; }

void say(State& s, const std::string& text) { s.result.blocks.after_c_layers += text; }

// The runner must speak of the network we generated: element types and sizes of inputs and outputs.
void check_network(const State& s) {
  const ModelDescription& model = s.v.runner->info();
  const auto check = [&](const std::vector<TensorInfo>& infos, const std::vector<int>& arrays, std::string_view side) {
    if (infos.size() != arrays.size()) {
      throw connection_error(fmt::format("the network that runs has {} {}s, the generated one {}", infos.size(), side, arrays.size()));
    }
    for (size_t i = 0; i < infos.size(); ++i) {
      const Type &there = infos[i].type, &ours = s.program.arrays[static_cast<size_t>(arrays[i])].type;
      if (there.dtype == ours.dtype && elements(there.shape) == elements(ours.shape)) continue;
      throw connection_error(fmt::format("the network that runs has another {} #{}: {}, the generated one {}; is the right firmware flashed?", side,
                                         i + 1, text(there), text(ours)));
    }
  };
  check(model.inputs, s.program.inputs, "input");
  check(model.outputs, s.program.outputs, "output");
  if (!model.hash.empty() && model.hash != s.program.model.hash) {
    throw connection_error(fmt::format("the network that runs was made from another model file: {} instead of {}", model.hash, s.program.model.hash));
  }
}

std::vector<Tensor> runner_inputs(const State& s, int64_t from, int64_t count) {
  std::vector<Tensor> inputs;
  for (size_t i = 0; i < s.data.inputs.size(); ++i) {
    const Shape shape = batched(s.v.runner->info().inputs[i].type, count).shape;
    inputs.push_back(reshaped(samples_of(s.data.inputs[i], from, count), shape));
  }
  return inputs;
}

// Whether some tensors do not exist as such: rows of a streamed group, channels of a concatenation.
bool is_streamed(const State& s) {
  return s.v.open && (std::ranges::any_of(s.program.nodes, [](const CNode& node) { return !node.steps.empty(); }) ||
                      std::ranges::any_of(s.program.arrays, [](const Array& array) { return array.view_run > 0; }));
}

void run_network(State& s) {
  check_network(s);
  RunOptions options;
  options.per_layer = !s.v.io_only && (s.v.target || s.v.verbosity >= 2 || s.v.full);
  options.with_data = s.v.full && !s.v.io_only && !is_streamed(s);
  options.progress = s.v.progress;
  const int64_t samples = s.data.samples();
  s.run = s.v.runner->run(runner_inputs(s, 0, samples), options);
  for (size_t i = 0; i < s.run.outputs.size(); ++i) {
    Tensor tensor = s.run.outputs[i];
    tensor.type.quant = output_array(s, i).type.quant;
    s.predictions.push_back(reshaped(std::move(tensor), c_shape(output_array(s, i).type.shape, samples)));
  }
  RunReport report{s.program.c_name, s.v.target, &s.v.runner->info(), &s.run, samples, options.per_layer, s.data.inputs, s.predictions};
  say(s, running_text(report) + device_text(report) + profile_text(report) + statistics_text(report));
  if (options.per_layer) {
    for (const NodeResult& node : s.run.nodes) {
      s.result.blocks.c_durations.push_back(node.measured.milliseconds.empty() ? mean(node.measured.counts) : mean(node.measured.milliseconds));
    }
  }
}

void make_model_inputs(State& s) {
  for (size_t i = 0; i < s.data.inputs.size(); ++i) {
    const Type& type = i < s.v.model_inputs.size() ? s.v.model_inputs[i] : input_array(s, i).type;
    s.model_inputs.push_back(reshaped(converted(s.data.inputs[i], type), batched(type, s.data.samples()).shape));
  }
}

std::vector<Tensor> model_samples(const State& s, int64_t from, int64_t count) {
  std::vector<Tensor> inputs;
  for (const Tensor& input : s.model_inputs) inputs.push_back(samples_of(input, from, count));
  return inputs;
}

void run_reference(State& s) {
  if (s.v.no_exec_model) return say(s, " The original model is not run (--no-exec-model)\n\n");
  ReferenceRequest request;
  request.model = s.v.model;
  request.inputs = s.model_inputs;
  request.layers = s.v.full && !s.v.io_only;
  s.reference = s.v.reference(request);
  if (s.reference->outputs.size() != s.program.outputs.size()) {
    throw internal_error(fmt::format("the original model gave {} outputs, the network has {}", s.reference->outputs.size(), s.program.outputs.size()));
  }
  for (size_t i = 0; i < s.reference->outputs.size(); ++i) {
    if (elements(s.reference->outputs[i].type.shape) == elements(s.predictions[i].type.shape)) continue;
    throw internal_error(fmt::format("output #{} of the original model has the shape {}, the network's {}", i + 1,
                                     tuple_text(s.reference->outputs[i].type.shape), tuple_text(s.predictions[i].type.shape)));
  }
  say(s, fmt::format(" Running the TFlite model...\n\n {}\n", s.reference->framework));
  for (const std::string& note : s.reference->notes) say(s, fmt::format(" NOTE: {}\n", note));
  say(s, "\n");
}

void save(State& s, OutputFiles& files) {
  std::vector<SavedTensor> saved;
  const auto add = [&](std::string_view side, const std::vector<Tensor>& tensors, bool inputs) {
    for (size_t i = 0; i < tensors.size(); ++i) {
      saved.push_back({fmt::format("{}_{}", side, i + 1), (inputs ? input_array(s, i) : output_array(s, i)).value_name, tensors[i]});
    }
  };
  add("m_inputs", s.model_inputs, true);
  add("c_inputs", s.data.inputs, true);
  if (s.reference) add("m_outputs", s.reference->outputs, false);
  add("c_outputs", s.predictions, false);
  save_data(saved, {s.v.output, s.program.c_name, s.v.date, s.v.save_csv}, files);
  say(s, fmt::format("Saving validation data...\n output directory: {}\n creating {}_val_io.npz\n", full_path(s.v.output), s.program.c_name));
  for (const SavedTensor& tensor : saved) {
    if (tensor.key.find("_outputs_") != std::string::npos) say(s, fmt::format(" {}: {}\n", tensor.key, data_text(tensor.tensor, tensor.name)));
  }
  say(s, "\n");
}

std::string tensor_cell(const State& s, size_t output) {
  const Array& array = output_array(s, output);
  Shape shape = array.type.shape;
  const std::string dtype = array.type.dtype == DType::float32 ? "f32" : std::string(name(array.type.dtype));
  if (shape.empty()) shape = {1};
  return fmt::format("'{}', {} x {}({}), m_id=[{}]", array.value_name, s.data.samples(), dtype, text(shape), array.m_id);
}

std::vector<std::string> notes_of(const State& s, MetricsLine::Kind kind, const Tensor& r, const Tensor& p) {
  std::vector<std::string> notes;
  notes.emplace_back(kind == MetricsLine::Kind::cross ? "the output of the reference model is used as ground truth/reference value"
                                                      : "computed against the provided ground truth values");
  notes.push_back(fmt::format("{} samples ({} items per sample)", s.data.samples(), elements(p.type.shape) / s.data.samples()));
  if (r.type.dtype != p.type.dtype) notes.push_back(fmt::format("data type is different: r/{} instead p/{}", name(r.type.dtype), name(p.type.dtype)));
  for (const auto& [tensor, letter] : {std::pair{&r, 'r'}, std::pair{&p, 'p'}}) {
    if (tensor->type.dtype == DType::float32 || !tensor->type.quant || tensor->type.quant->scale.empty()) continue;
    notes.push_back(fmt::format("{}/{} data are dequantized with s={:.6f} zp={}", letter, name(tensor->type.dtype), tensor->type.quant->scale[0],
                                tensor->type.quant->zero.empty() ? 0 : tensor->type.quant->zero[0]));
  }
  return notes;
}

void add_line(State& s, MetricsLine::Kind kind, size_t output, const Tensor& r, const Tensor& p, bool classifier) {
  MetricsLine line;
  line.kind = kind;
  line.output = output;
  line.metrics = compute_metrics(r, p, classifier);
  if (classifier) line.confusion = confusion_matrix(r, p);
  line.notes = notes_of(s, kind, r, p);
  line.tensor = tensor_cell(s, output);
  s.lines.push_back(std::move(line));
}

// The reference's values of output `i` in the c-model's shape, so that the class axis is the last one.
Tensor reference_output(const State& s, size_t i) { return reshaped(s.reference->outputs[i], s.predictions[i].type.shape); }

void compute_lines(State& s) {
  using Kind = MetricsLine::Kind;
  for (size_t i = 0; i < s.predictions.size(); ++i) {
    const bool given = i < s.data.outputs.size();
    if (!given && !s.reference) continue;
    const std::optional<Tensor> model = s.reference ? std::optional(reference_output(s, i)) : std::nullopt;
    const bool classifier = s.v.classifier || looks_like_classifier(model ? *model : s.data.outputs[i]);
    if (given) add_line(s, Kind::c_model, i, s.data.outputs[i], s.predictions[i], classifier);
    if (given && model) add_line(s, Kind::original, i, s.data.outputs[i], *model, classifier);
    if (model) add_line(s, Kind::cross, i, *model, s.predictions[i], classifier);
  }
  say(s, metrics_text(s.lines, s.v.target));
}

// The first sample whose outputs differ; none: all are equal.
std::optional<int64_t> first_difference(const State& s) {
  for (int64_t sample = 0; s.reference && sample < s.data.samples(); ++sample) {
    for (size_t i = 0; i < s.predictions.size(); ++i) {
      const Tensor r = samples_of(reference_output(s, i), sample, 1), p = samples_of(s.predictions[i], sample, 1);
      const Tensor same_type = r.type.dtype == p.type.dtype ? r : converted(r, p.type);
      if (difference(same_type, p).any()) return sample;
    }
  }
  return std::nullopt;
}

const OpenedNetwork& layer_network(State& s) {
  if (!s.opened) s.opened = is_streamed(s) ? s.v.open() : OpenedNetwork{&s.program, s.v.runner};
  return *s.opened;
}

bool has_layer_data(State& s) {
  if (s.v.io_only) return false;
  const auto& capabilities = layer_network(s).runner->info().capabilities;
  return std::ranges::find(capabilities, "PER_LAYER_WITH_DATA") != capabilities.end();
}

// The opened network must compute what the shipped one does: streaming and where rows lie change no value.
void compare_opened(State& s, const RunResult& run, int64_t from) {
  if (!is_streamed(s) || std::exchange(s.opened_compared, true)) return;
  int64_t differing = 0;
  for (size_t i = 0; i < run.outputs.size(); ++i) {
    const Tensor shipped = samples_of(s.run.outputs[i], from, run.outputs[i].type.shape[0]);
    differing += difference(shipped, run.outputs[i]).values;
  }
  say(s, " The layers are compared on an opened build: the same layers one after the other instead of streamed.\n");
  if (differing == 0) return say(s, " Its outputs equal the network's.\n");
  say(s, fmt::format(" ITS OUTPUTS DIFFER FROM THE NETWORK'S in {} values: streaming, or where rows lie, changes the result.\n", differing));
}

// Layers that the network computes as steps of a group are named so.
void name_groups(const State& s, std::vector<LayerComparison>& layers) {
  for (LayerComparison& layer : layers)
    for (size_t c_id = 0; c_id < s.program.nodes.size(); ++c_id) {
      const CNode& node = s.program.nodes[c_id];
      const bool inside = std::ranges::find(node.steps, layer.name, &CNode::name) != node.steps.end();
      if (!inside && node.name != layer.name) continue;
      layer.c_id = static_cast<int>(c_id);
      if (inside) layer.group = node.name;
    }
}

// Runs samples again with what every layer computes, and compares it with the reference's.
std::vector<LayerComparison> compared_layers(State& s, int64_t from, int64_t count, const std::vector<ReferenceLayer>& reference) {
  const OpenedNetwork& network = layer_network(s);
  RunOptions options;
  options.per_layer = true;
  options.with_data = true;
  const RunResult run = network.runner->run(runner_inputs(s, from, count), options);
  compare_opened(s, run, from);
  std::vector<LayerComparison> layers = compare_layers(*network.program, run.nodes, reference);
  name_groups(s, layers);
  return layers;
}

std::vector<LayerComparison> layers_of_sample(State& s, int64_t sample) {
  ReferenceRequest request;
  request.model = s.v.model;
  request.inputs = model_samples(s, sample, 1);
  request.layers = true;
  return compared_layers(s, sample, 1, s.v.reference(request).layers);
}

void name_first_layer(State& s) {
  const std::optional<int64_t> sample = first_difference(s);
  s.result.differs = sample.has_value();
  if (!sample) return;
  say(s, fmt::format(" The outputs differ from the original model's, first in sample {}.\n", *sample));
  if (!has_layer_data(s)) return say(s, " The layers cannot be compared: their data are not available here (--io-only, or a runner without it).\n\n");
  const std::vector<LayerComparison> layers = layers_of_sample(s, *sample);
  const auto first = std::ranges::find_if(layers, [](const LayerComparison& layer) { return layer.difference.any(); });
  if (first != layers.end()) say(s, fmt::format(" The first layer that differs: {}\n\n", difference_text(*first)));
  else say(s, fmt::format(" None of the {} layers that can be compared differs: the difference arises in one that has no counterpart.\n\n", layers.size()));
}

void fill_errors(State& s) {
  const bool real = std::ranges::all_of(s.predictions, [](const Tensor& p) { return p.type.dtype == DType::float32; });
  s.result.blocks.error_name = real ? "l2r" : "rmse";
  if (s.v.full && s.reference) {
    const std::vector<LayerComparison> layers = is_streamed(s) ? compared_layers(s, 0, s.data.samples(), s.reference->layers)
                                                               : compare_layers(s.program, s.run.nodes, s.reference->layers);
    for (const LayerComparison& layer : layers) s.result.blocks.errors[layer.name] = layer.error;
  }
  for (const MetricsLine& line : s.lines) {
    if (line.kind != MetricsLine::Kind::cross) continue;
    const int array = s.program.outputs[line.output];
    for (const CLayer& layer : c_layers(s.program))
      if (std::ranges::count(layer.node->outputs, array) > 0) s.result.blocks.errors[layer.node->name] = real ? line.metrics.l2r : line.metrics.rmse;
  }
}

ExecTime exec_time(const Measurement& measured, int64_t macc, double whole) {
  ExecTime out;
  out.duration_ms = mean(measured.milliseconds);
  out.cycles = static_cast<int64_t>(mean(measured.counts));
  out.cycles_by_macc = macc > 0 ? static_cast<double>(out.cycles) / static_cast<double>(macc) : 0;
  const double part = measured.milliseconds.empty() ? mean(measured.counts) : out.duration_ms;
  out.percentage = whole > 0 ? 100 * part / whole : 0;
  return out;
}

void fill_entry(State& s) {
  ValidationEntry entry;
  entry.device = s.v.target ? "VALIDATION_TARGET" : "VALIDATION_HOST";
  for (const MetricsLine& line : s.lines) {
    const Metrics& m = line.metrics;
    entry.val_metrics.push_back({lower_case(line_name(line, s.v.target)), m.acc, m.rmse, m.mae, m.l2r, m.mean, m.std, m.nse, m.cos});
  }
  const bool cross = std::ranges::any_of(s.lines, [](const MetricsLine& line) { return line.kind == MetricsLine::Kind::cross; });
  for (const MetricsLine& line : s.lines) {
    if (cross && line.kind != MetricsLine::Kind::cross) continue;
    const double error = line.metrics.l2r;
    if (!entry.val_error_desc.empty() && !(error > entry.val_error)) continue;
    entry.val_error = error;
    entry.val_error_desc = fmt::format("{} (l2r) #{}", cross ? "x-cross" : "c-model", line.output + 1);
  }
  const double whole = s.run.whole.milliseconds.empty() ? mean(s.run.whole.counts) : mean(s.run.whole.milliseconds);
  if (whole > 0) entry.graph_time = exec_time(s.run.whole, s.program.macc(), whole);
  for (size_t i = 0; i < s.run.nodes.size() && i < s.program.nodes.size(); ++i) {
    entry.node_times.push_back(exec_time(s.run.nodes[i].measured, s.program.nodes[i].macc, whole));
  }
  s.result.entry = std::move(entry);
}

// "X-cross (l2r) #1 error : 0.00000000e+00 (expected to be < 0.01)".
std::string last_lines(const State& s) {
  std::string out;
  for (const MetricsLine& line : s.lines) {
    if (line.kind != MetricsLine::Kind::cross) continue;
    out += fmt::format(" X-cross (l2r) #{} error : {:.8e} (expected to be < 0.01)\n", line.output + 1, line.metrics.l2r);
  }
  if (s.reference && !s.result.differs) out += " The outputs equal the original model's.\n";
  return out.empty() ? out : out + "\n";
}

}  // namespace

ValidationResult validate(const Validation& validation, OutputFiles& files) {
  State s{validation, *validation.program, {}, {}, {}, {}, {}, {}, {}, false, {}};
  s.data = make_data_set(s.program, validation.data);
  say(s, "Setting validation data...\n" + s.data.log + "\n");
  run_network(s);
  make_model_inputs(s);
  run_reference(s);
  save(s, files);
  compute_lines(s);
  name_first_layer(s);
  fill_errors(s);
  fill_entry(s);
  s.result.blocks.after_complexity = summary_text(s.lines, validation.target) + last_lines(s);
  return std::move(s.result);
}

}  // namespace ew
