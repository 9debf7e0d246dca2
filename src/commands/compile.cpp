#include "commands/compile.h"

#include "base/error.h"
#include "import/import.h"
#include "lower/lower.h"
#include "passes/io_types.h"
#include "passes/passes.h"
#include "plan/plan.h"

#include <fmt/chrono.h>

#include <cstdlib>
#include <ctime>

namespace ew {
namespace {

Objective objective(Optimization optimization) {
  switch (optimization) {
    case Optimization::balanced: return Objective::balanced;
    case Optimization::time: return Objective::time;
    case Optimization::ram: return Objective::ram;
  }
  return Objective::balanced;
}

ImportedModel import_model(const Options& options) {
  if (options.type != Framework::tflite)
    throw not_implemented(fmt::format("models of type '{}'; TFLite files can be read today", name(options.type.value_or(Framework::onnx))));
  if (options.models.size() != 1) throw cli_error(fmt::format("Wrong model files for 'tflite': one file is expected, {} are given", options.models.size()));
  return import_tflite(options.models.front().string());
}

// ISO 8601 with a numeric zone. SOURCE_DATE_EPOCH (seconds since 1970, UTC) takes the place of the clock: reproducible builds.
std::string datetime() {
  const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
  if (epoch != nullptr) return fmt::format("{:%Y-%m-%dT%H:%M:%S}+0000", fmt::gmtime(static_cast<std::time_t>(std::atoll(epoch))));
  return fmt::format("{:%Y-%m-%dT%H:%M:%S%z}", fmt::localtime(std::time(nullptr)));
}

}  // namespace

Compiled compile(const Options& options, bool open) {
  Compiled result;
  ImportedModel model = import_model(options);
  result.original = describe_original(model.graph, model.info.operators);
  model.info.macc = result.original.macc;
  for (const Value* input : model.graph.inputs) result.model_inputs.push_back(input->type);
  change_io_types(model.graph, options.input_types, options.output_types);
  optimise(model.graph, &result.log);
  LowerOptions lowering;
  lowering.c_name = options.name;
  lowering.inputs_in_activations = options.inputs_in_activations;
  lowering.outputs_in_activations = options.outputs_in_activations;
  lowering.input_alignment = options.input_alignment == 0 ? 4 : options.input_alignment;
  lowering.output_alignment = options.output_alignment == 0 ? 4 : options.output_alignment;
  lowering.split_weights = options.split_weights;
  lowering.log = &result.log;
  result.program = lower(model.graph, *options.series, model.info, lowering);
  result.program.datetime = datetime();
  plan(result.program, open ? Objective::opened : objective(options.optimization));
  if (options.optimization == Optimization::time) choose_instances(result.program);
  return result;
}

}  // namespace ew
