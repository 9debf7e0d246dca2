// <name>_config.h, <name>.h and <name>.c of the legacy API.
#include "base/version.h"
#include "emit/c_text.h"
#include "emit/files.h"
#include "emit/network.h"
#include "emit/observer_legacy.h"
#include "emit/tensors.h"

#include <fmt/format.h>

namespace ew {
namespace {

const Array& array_of(const Naming& n, int id) { return n.program.arrays.at(static_cast<size_t>(id)); }

// The macros of inputs ("IN") or outputs ("OUT").
std::string io_macros(const Naming& n, std::string_view word, const std::vector<int>& ids) {
  std::vector<std::string> sizes, bytes;
  std::string each;
  for (size_t i = 0; i < ids.size(); ++i) {
    const Array& array = array_of(n, ids[i]);
    const std::string macro = fmt::format("AI_{}_{}_{}", n.upper, word, i + 1);
    const NamedShape shape = named_shape(array.type);
    sizes.push_back(macro + "_SIZE");
    bytes.push_back(macro + "_SIZE_BYTES");
    each += fmt::format("#define {}_FORMAT ({})\n", macro, legacy_format(array.type.dtype));
    if (shape.height) each += fmt::format("#define {}_HEIGHT ({})\n", macro, *shape.height);
    if (shape.width) each += fmt::format("#define {}_WIDTH ({})\n", macro, *shape.width);
    if (shape.depth) each += fmt::format("#define {}_DEPTH ({})\n", macro, *shape.depth);
    if (shape.extension) each += fmt::format("#define {}_EXTENSION ({})\n", macro, *shape.extension);
    each += fmt::format("#define {0}_CHANNEL ({1})\n#define {0}_SIZE ({2})\n#define {0}_SIZE_BYTES ({3})\n", macro, shape.channel,
                        elements(array.type.shape), array.bytes);
  }
  const std::string prefix = fmt::format("#define AI_{}_{}", n.upper, word);
  const std::string_view getter = word == "IN" ? "inputs" : "outputs";
  return fmt::format("{0}_NUM ({1})\n\n{0} ai_{2}_{3}_get(AI_HANDLE_NULL, NULL)\n\n{0}_SIZE {{ \\\n  {4}, \\\n}}\n{0}_SIZE_BYTES {{ \\\n  {5}, \\\n}}\n{6}",
                     prefix, ids.size(), n.name, getter, joined(sizes, ", \\\n  "), joined(bytes, ", \\\n  "), each);
}

int64_t io_alignment(const Naming& n, const std::vector<int>& ids) {
  int64_t alignment = 4;
  for (const int id : ids) alignment = std::max(alignment, array_of(n, id).alignment);
  return alignment;
}

std::string allocation_macros(const Naming& n) {
  const Program& p = n.program;
  std::string out;
  if (p.inputs_in_activations) out += fmt::format("#define AI_{}_INPUTS_IN_ACTIVATIONS ({})\n", n.upper, io_alignment(n, p.inputs));
  if (p.outputs_in_activations) out += fmt::format("#define AI_{}_OUTPUTS_IN_ACTIVATIONS ({})\n", n.upper, io_alignment(n, p.outputs));
  return out;
}

// Shapes, quantisation, ai_buffer and places of the inputs or outputs.
std::string io_tables(const Naming& n, const std::string& word, const std::vector<int>& ids) {
  std::string out, buffers;
  std::vector<std::string> places;
  for (size_t i = 0; i < ids.size(); ++i) {
    const Array& array = array_of(n, ids[i]);
    const std::string name = fmt::format("{}_{}_{}", n.name, word, i + 1);
    const std::vector<int64_t> dims = legacy_shape(array.type);
    out += fmt::format("static ai_shape_dimension {}_shape[] = {{{}}};\n", name, fmt::join(dims, ", "));
    std::string meta = "NULL";
    if (array.type.quant && !array.type.quant->scale.empty()) {
      out += intq_definition(array.type, name + "_intq");
      out += fmt::format("static ai_buffer_meta_info {0}_meta = {{.flags = AI_BUFFER_META_HAS_INTQ_INFO, .intq_info = (ai_intq_info_list *)&{0}_intq}};\n", name);
      meta = fmt::format("&{}_meta", name);
    }
    buffers += fmt::format("  {{.format = {0}, .meta_info = {1}, .size = {2}, .shape = {{.type = AI_SHAPE_BCWH, .size = {3}, .data = {4}_shape}}}},\n",
                           legacy_format(array.type.dtype), meta, elements(array.type.shape), dims.size(), name);
    const bool inside = word == "input" ? n.program.inputs_in_activations : n.program.outputs_in_activations;
    const Place place = inside ? default_place(n.program, array) : Place{};
    places.push_back(fmt::format("{{{}, {}}}", place.segment, place.segment < 0 ? 0 : place.offset));
  }
  return out + fmt::format("static ai_buffer {0}_{1}_buffers[] = {{\n{2}}};\nstatic const nn_place {0}_{1}_places[] = {{{3}}};\n", n.name, word,
                           buffers, joined(places));
}

}  // namespace

GeneratedFile legacy_config_h(const Naming& n) {
  const std::string file = n.name + "_config.h";
  std::string macros;
  const auto define = [&](std::string_view name, std::string_view value) { macros += fmt::format("#undef {0}\n#define {0} {1}\n", name, value); };
  define("AI_TOOLS_VERSION_MAJOR", "2");
  define("AI_TOOLS_VERSION_MINOR", "2");
  define("AI_TOOLS_VERSION_MICRO", "0");
  define("AI_TOOLS_VERSION_EXTRA", string_literal(fmt::format("edgewright {}", edgewright_version)));
  define("AI_PLATFORM_API_MAJOR", "(1)");
  define("AI_PLATFORM_API_MINOR", "(1)");
  define("AI_PLATFORM_API_MICRO", "(0)");
  define("AI_TOOLS_API_VERSION_MAJOR", "(1)");
  define("AI_TOOLS_API_VERSION_MINOR", "(5)");
  define("AI_TOOLS_API_VERSION_MICRO", "(0)");
  return {file, file_banner(file, n.datetime, "Versions of the tool and its interfaces") +
                    fmt::format("#ifndef AI_{0}_CONFIG_H\n#define AI_{0}_CONFIG_H\n\n{1}\n#endif\n", n.upper, macros)};
}

GeneratedFile legacy_network_h(const Naming& n) {
  const std::string file = n.name + ".h";
  const Program& p = n.program;
  return {file, file_banner(file, n.datetime, "The network's client API") +
                    expand(R"(#ifndef AI_@NAME@_H
#define AI_@NAME@_H

#include "@name@_config.h"
#include "ai_platform.h"

#define AI_@NAME@_MODEL_NAME "@name@"
#define AI_@NAME@_ORIGIN_MODEL_NAME @origin@

#define AI_@NAME@_ACTIVATIONS_ALIGNMENT (@alignment@)
@allocation@
@inputs@
@outputs@
#define AI_@NAME@_N_NODES (@nodes@)

AI_API_DECLARE_BEGIN

/* As get_report. */
AI_DEPRECATED
AI_API_ENTRY ai_bool ai_@name@_get_info(ai_handle network, ai_network_report *report);

/* What is known of the network; false on a wrong handle. */
AI_API_ENTRY ai_bool ai_@name@_get_report(ai_handle network, ai_network_report *report);

/* The first error since the last call. */
AI_API_ENTRY ai_error ai_@name@_get_error(ai_handle network);

/* The handle of the only instance. `network_config` is ignored: AI_@NAME@_DATA_CONFIG. */
AI_API_ENTRY ai_error ai_@name@_create(ai_handle *network, const ai_buffer *network_config);

/* AI_HANDLE_NULL on success. */
AI_API_ENTRY ai_handle ai_@name@_destroy(ai_handle network);

/* Gives the network its weights and activations, in either form of ai_network_params. False on an error: see get_error. */
AI_API_ENTRY ai_bool ai_@name@_init(ai_handle network, const ai_network_params *params);

/* Both in one: an address per segment; NULL keeps the default addresses. */
AI_API_ENTRY ai_error ai_@name@_create_and_init(ai_handle *network, const ai_handle activations[], const ai_handle weights[]);

/* The inputs' and outputs' descriptors. `n_buffer` may be NULL. */
AI_API_ENTRY ai_buffer *ai_@name@_inputs_get(ai_handle network, ai_u16 *n_buffer);
AI_API_ENTRY ai_buffer *ai_@name@_outputs_get(ai_handle network, ai_u16 *n_buffer);

/* Number of inferences done: 1; 0 on an error. forward leaves the outputs where outputs_get says. */
AI_API_ENTRY ai_i32 ai_@name@_run(ai_handle network, const ai_buffer *input, ai_buffer *output);
AI_API_ENTRY ai_i32 ai_@name@_forward(ai_handle network, const ai_buffer *input);

AI_API_DECLARE_END

#endif
)",
                           {{"name", n.name},
                            {"NAME", n.upper},
                            {"origin", string_literal(p.model.name)},
                            {"alignment", std::to_string(segments_of(p, SegmentKind::activations).front().alignment)},
                            {"allocation", allocation_macros(n)},
                            {"inputs", io_macros(n, "IN", p.inputs)},
                            {"outputs", io_macros(n, "OUT", p.outputs)},
                            {"nodes", std::to_string(p.nodes.size())}})};
}

GeneratedFile legacy_network_c(const Naming& n) {
  const std::string file = n.name + ".c";
  const Program& p = n.program;
  return {file, file_banner(file, n.datetime, "The network") +
                    expand(R"(#include "@name@.h"

#include "@name@_data.h"
#include "nn_legacy.h"
#include "nn_network.h"
#include "nn_rows.h"
@includes@@math@
#define AI_@NAME@_MODEL_SIGNATURE @hash@
#ifndef AI_TOOLS_REVISION_ID
#define AI_TOOLS_REVISION_ID ""
#endif

@body@
/* ---- The client API ---- */

/* The addresses of the only instance. */
static ai_u8 *@name@_activations[AI_@NAME@_DATA_ACTIVATIONS_COUNT];
static ai_u8 *@name@_weights[AI_@NAME@_DATA_WEIGHTS_COUNT];
static ai_u8 *@name@_inputs[AI_@NAME@_IN_NUM];
static ai_u8 *@name@_outputs[AI_@NAME@_OUT_NUM];

@inputs@
@outputs@
/* The tensors of each c-node, for observers (ai_platform_interface.h). */
#ifndef NN_NO_OBSERVER
@observer@#endif

static const nn_legacy_info @name@_info = {
  .model_name = AI_@NAME@_MODEL_NAME,
  .model_signature = AI_@NAME@_MODEL_SIGNATURE,
  .model_datetime = @datetime@,
  .compile_datetime = __DATE__ " " __TIME__,
  .tool_revision = AI_TOOLS_REVISION_ID,
  .tool_version = {AI_TOOLS_VERSION_MAJOR, AI_TOOLS_VERSION_MINOR, AI_TOOLS_VERSION_MICRO, 0},
  .tool_api_version = {AI_TOOLS_API_VERSION_MAJOR, AI_TOOLS_API_VERSION_MINOR, AI_TOOLS_API_VERSION_MICRO, 0},
  .api_version = {AI_PLATFORM_API_MAJOR, AI_PLATFORM_API_MINOR, AI_PLATFORM_API_MICRO, 0},
  .n_macc = @macc@,
  .signature = 0x@signature@U,
  .n_nodes = AI_@NAME@_N_NODES,
  .n_inputs = AI_@NAME@_IN_NUM,
  .n_outputs = AI_@NAME@_OUT_NUM,
  .n_activations = AI_@NAME@_DATA_ACTIVATIONS_COUNT,
  .n_weights = AI_@NAME@_DATA_WEIGHTS_COUNT,
  .input_places = @name@_input_places,
  .output_places = @name@_output_places,
  .data_params_get = ai_@name@_data_params_get,
  .map_weights = g_@name@_data_map_weights,
  .map_activations = g_@name@_data_map_activations,
  .weights_table = g_@name@_weights_table,
  .activations_table = g_@name@_activations_table,
  .run = @name@_run_nodes,
#ifndef NN_NO_OBSERVER
  .nodes = @name@_nodes
#endif
};

static nn_legacy_network @name@_instance = {
  .info = &@name@_info,
  .activations = @name@_activations,
  .weights = @name@_weights,
  .input_addresses = @name@_inputs,
  .output_addresses = @name@_outputs,
  .inputs = @name@_input_buffers,
  .outputs = @name@_output_buffers
};

AI_API_ENTRY ai_bool ai_@name@_get_info(ai_handle network, ai_network_report *report)
{
  return nn_legacy_get_report(&@name@_instance, network, report);
}

AI_API_ENTRY ai_bool ai_@name@_get_report(ai_handle network, ai_network_report *report)
{
  return nn_legacy_get_report(&@name@_instance, network, report);
}

AI_API_ENTRY ai_error ai_@name@_get_error(ai_handle network)
{
  return nn_legacy_get_error(&@name@_instance, network);
}

AI_API_ENTRY ai_error ai_@name@_create(ai_handle *network, const ai_buffer *network_config)
{
  (void)network_config;
  return nn_legacy_create(&@name@_instance, network);
}

AI_API_ENTRY ai_handle ai_@name@_destroy(ai_handle network)
{
  return nn_legacy_destroy(&@name@_instance, network);
}

AI_API_ENTRY ai_bool ai_@name@_init(ai_handle network, const ai_network_params *params)
{
  return nn_legacy_init(&@name@_instance, network, params);
}

AI_API_ENTRY ai_error ai_@name@_create_and_init(ai_handle *network, const ai_handle activations[], const ai_handle weights[])
{
  return nn_legacy_create_and_init(&@name@_instance, network, activations, weights);
}

AI_API_ENTRY ai_buffer *ai_@name@_inputs_get(ai_handle network, ai_u16 *n_buffer)
{
  return nn_legacy_inputs_get(&@name@_instance, network, n_buffer);
}

AI_API_ENTRY ai_buffer *ai_@name@_outputs_get(ai_handle network, ai_u16 *n_buffer)
{
  return nn_legacy_outputs_get(&@name@_instance, network, n_buffer);
}

AI_API_ENTRY ai_i32 ai_@name@_run(ai_handle network, const ai_buffer *input, ai_buffer *output)
{
  return nn_legacy_run(&@name@_instance, network, input, output);
}

AI_API_ENTRY ai_i32 ai_@name@_forward(ai_handle network, const ai_buffer *input)
{
  return nn_legacy_run(&@name@_instance, network, input, NULL);
}
)",
                           {{"name", n.name},
                            {"NAME", n.upper},
                            {"includes", kernel_includes(p)},
                            {"math", needs_math(p) ? "\n#include <math.h>\n" : ""},
                            {"hash", string_literal(p.model.hash)},
                            {"datetime", string_literal(n.datetime)},
                            {"body", network_body(p)},
                            {"inputs", io_tables(n, "input", p.inputs)},
                            {"outputs", io_tables(n, "output", p.outputs)},
                            {"observer", observer_tables(p)},
                            {"macc", fmt::format("{}U", p.macc())},
                            {"signature", fmt::format("{:x}", network_signature(p) >> 32)}})};
}

}  // namespace ew
