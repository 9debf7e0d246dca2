// <name>.h and <name>.c of the st-ai API.
#include "emit/c_text.h"
#include "emit/files.h"
#include "emit/network.h"
#include "emit/stai_macros.h"
#include "emit/tensors.h"

#include <fmt/format.h>

namespace ew {
namespace {

const Array& array_of(const Naming& n, int id) { return n.program.arrays.at(static_cast<size_t>(id)); }

std::string network_flags(const Naming& n) {
  std::vector<std::string> flags;
  if (n.program.inputs_in_activations) flags.emplace_back("STAI_FLAG_INPUTS");
  if (n.program.outputs_in_activations) flags.emplace_back("STAI_FLAG_OUTPUTS");
  if (!n.options.binary) flags.emplace_back("STAI_FLAG_WEIGHTS");
  return flags.empty() ? "STAI_FLAG_NONE" : joined(flags, "|");
}

std::string places(const Naming& n, const std::vector<int>& ids, bool allocated) {
  std::vector<std::string> out;
  for (const int id : ids) {
    const Place place = allocated ? default_place(n.program, array_of(n, id)) : Place{};
    out.push_back(fmt::format("{{{}, {}}}", place.segment, place.segment < 0 ? 0 : place.offset));
  }
  return joined(out);
}

std::string default_weights(const Naming& n) {
  std::vector<std::string> out;
  for (const Segment& segment : segments_of(n.program, SegmentKind::weights))
    out.push_back(n.options.binary ? "NULL" : fmt::format("(stai_ptr){}", stai_weights_name(n, segment)));
  return joined(out, ",\n  ");
}

// Definitions of the inputs' or outputs' stai_tensor table.
std::string port_table(const Naming& n, const std::string& word, std::string_view macro, const std::vector<int>& ids) {
  std::string arrays, rows;
  for (size_t i = 0; i < ids.size(); ++i) {
    const std::string variable = fmt::format("{}_{}_{}", n.name, word, i + 1);
    const std::string flags = fmt::format("STAI_{}_{}_{}_FLAGS", n.upper, macro, i + 1);
    rows += fmt::format("  {},\n", stai_tensor_initialiser(variable, array_of(n, ids[i]), flags, "NULL", arrays));
  }
  return fmt::format("{}static const stai_tensor {}_{}s[] = {{\n{}}};\n", arrays, n.name, word, rows);
}

// The same for segments: bytes without a name.
std::string segment_table(const Naming& n, const std::string& word, std::string_view macro, const std::vector<Segment>& segments) {
  std::string arrays, rows;
  for (size_t i = 0; i < segments.size(); ++i) {
    const std::string shape = fmt::format("{}_{}_{}_shape", n.name, word, i + 1);
    arrays += fmt::format("static const int32_t {}[1] = {{{}}};\n", shape, segments[i].bytes);
    rows += fmt::format("  {{{}, STAI_{}_{}_{}_FLAGS, STAI_FORMAT_U8, {{1, {}}}, {{0, NULL}}, {{0, NULL}}, NULL}},\n", segments[i].bytes, n.upper, macro, i + 1, shape);
  }
  return fmt::format("{}static const stai_tensor {}_{}_info[] = {{\n{}}};\n", arrays, n.name, word, rows);
}

// Where each c-node's inputs and outputs are, for events.
std::string event_tables(const Naming& n) {
  const Program& p = n.program;
  const size_t activations = segments_of(p, SegmentKind::activations).size(), weights = segments_of(p, SegmentKind::weights).size();
  const auto first = [&](SegmentKind kind) {
    switch (kind) {
      case SegmentKind::activations: return size_t{0};
      case SegmentKind::weights: return activations;
      case SegmentKind::input: return activations + weights;
      default: return activations + weights + p.inputs.size();
    }
  };
  std::string slots, nodes;
  for (const CNode& node : p.nodes) {
    std::vector<std::string> items;
    const std::vector<int> inputs = observable(p, node.inputs), outputs = observable(p, node.outputs);
    for (const auto* list : {&inputs, &outputs})
      for (const int id : *list) {
        const Address address = address_of(p, array_of(n, id));
        items.push_back(fmt::format("{{{}, {}}}", first(address.kind) + static_cast<size_t>(address.index), address.offset));
      }
    if (items.empty()) items.emplace_back("{0, 0}");
    slots += fmt::format("static const nn_stai_slot {}_slots[] = {{{}}};\n", node.name, joined(items));
    nodes += fmt::format("  {{{}, {}, {}, {}_slots}},\n", node.m_ids.empty() ? -1 : node.m_ids.front(), inputs.size(), outputs.size(), node.name);
  }
  return fmt::format("{}static const nn_stai_node {}_event_nodes[] = {{\n{}}};\n", slots, n.name, nodes);
}

constexpr std::string_view header = R"(#ifndef STAI_@NAME@_H
#define STAI_@NAME@_H

#include "stai.h"
#include "stai_debug.h"

#define STAI_@NAME@_ORIGIN_MODEL_NAME @origin@
#define STAI_@NAME@_ORIGIN_MODEL_SIGNATURE @hash@
#define STAI_@NAME@_MODEL_NAME "@name@"
#define STAI_@NAME@_MODEL_SIGNATURE (0x@signature@)
#define STAI_@NAME@_CONTEXT_ALIGNMENT (8)
#define STAI_@NAME@_CONTEXT_SIZE (sizeof(_stai_@name@_context))
#define STAI_@NAME@_FLAGS (@flags@)
#define STAI_@NAME@_NODES_NUM (@nodes@)
#define STAI_@NAME@_MACC_NUM (@macc@)

@inputs@
@outputs@
@activations@
@weights@
#define STAI_@NAME@_STATES_SIZE (0)
#define STAI_@NAME@_STATES_SIZE_BYTES (0)
#define STAI_@NAME@_STATES_ALIGNMENTS {}
#define STAI_@NAME@_STATES_SIZES { 0, }
#define STAI_@NAME@_STATES_NUM (0)
#define STAI_@NAME@_STATE_1_FLAGS (0x0)
#define STAI_@NAME@_STATE_1_ALIGNMENT (4)
#define STAI_@NAME@_STATE_1_SIZE (0)
#define STAI_@NAME@_STATE_1_SIZE_BYTES (0)

STAI_API_DECLARE_BEGIN

/* Private: only its size is for clients. */
typedef struct {
  uint32_t magic;
  uint64_t signature;
  stai_flags flags;
  stai_return_code error;
  stai_event_cb callback;
  void *cookie;
  stai_ptr activations[STAI_@NAME@_ACTIVATIONS_NUM];
  stai_ptr weights[STAI_@NAME@_WEIGHTS_NUM];
  stai_ptr inputs[STAI_@NAME@_IN_NUM];
  stai_ptr outputs[STAI_@NAME@_OUT_NUM];
} _stai_@name@_context;

/* The context is given its defaults; a kept error is forgotten. */
STAI_API_ENTRY stai_return_code stai_@name@_init(stai_network *network);
STAI_API_ENTRY stai_return_code stai_@name@_deinit(stai_network *network);

/* One inference; returns when it is done, in either mode. */
STAI_API_ENTRY stai_return_code stai_@name@_run(stai_network *network, const stai_run_mode mode);

STAI_API_ENTRY stai_size stai_@name@_get_context_size(void);
STAI_API_ENTRY stai_return_code stai_@name@_get_info(stai_network *network, stai_network_info *info);

/* The addresses; an array of NULL asks for their number only. */
STAI_API_ENTRY stai_return_code stai_@name@_get_activations(stai_network *network, stai_ptr *activations, stai_size *n_activations);
STAI_API_ENTRY stai_return_code stai_@name@_get_weights(stai_network *network, stai_ptr *weights, stai_size *n_weights);
STAI_API_ENTRY stai_return_code stai_@name@_get_inputs(stai_network *network, stai_ptr *inputs, stai_size *n_inputs);
STAI_API_ENTRY stai_return_code stai_@name@_get_outputs(stai_network *network, stai_ptr *outputs, stai_size *n_outputs);
STAI_API_ENTRY stai_return_code stai_@name@_get_states(stai_network *network, stai_ptr *states, stai_size *n_states);

/* The first error since init; it stays. */
STAI_API_ENTRY stai_return_code stai_@name@_get_error(stai_network *network);

/* New addresses. Those of the activations also place the inputs and outputs that live in them. */
STAI_API_ENTRY stai_return_code stai_@name@_set_activations(stai_network *network, const stai_ptr *activations, const stai_size n_activations);
STAI_API_ENTRY stai_return_code stai_@name@_set_weights(stai_network *network, const stai_ptr *weights, const stai_size n_weights);
STAI_API_ENTRY stai_return_code stai_@name@_set_inputs(stai_network *network, const stai_ptr *inputs, const stai_size n_inputs);
STAI_API_ENTRY stai_return_code stai_@name@_set_outputs(stai_network *network, const stai_ptr *outputs, const stai_size n_outputs);
STAI_API_ENTRY stai_return_code stai_@name@_set_states(stai_network *network, const stai_ptr *states, const stai_size n_states);

/* Called before and after each node (stai_events.h); NULL: no longer. */
STAI_API_ENTRY stai_return_code stai_@name@_set_callback(stai_network *network, const stai_event_cb cb, void *cb_cookie);

STAI_API_DECLARE_END

#endif
)";

constexpr std::string_view source = R"(#include "@name@.h"

#include "@name@_data.h"
#include "@name@_details.h"
#include "nn_network.h"
#include "nn_rows.h"
#include "nn_stai.h"
@includes@@math@
@body@
/* ---- What the events and get_info tell ---- */

@events@
@input_table@
@output_table@
@activation_table@
@weight_table@
static const stai_network_info @name@_info = {
  .model_signature = STAI_@NAME@_ORIGIN_MODEL_SIGNATURE,
  .c_compile_datetime = __DATE__ " " __TIME__,
  .c_model_name = STAI_@NAME@_MODEL_NAME,
  .c_model_datetime = @datetime@,
  .c_model_signature = 0,
  .runtime_version = {@runtime@, 0},
  .tool_version = {STAI_TOOLS_VERSION_MAJOR, STAI_TOOLS_VERSION_MINOR, STAI_TOOLS_VERSION_MICRO, 0},
  .api_version = {STAI_API_VERSION_MAJOR, STAI_API_VERSION_MINOR, STAI_API_VERSION_MICRO, 0},
  .n_macc = STAI_@NAME@_MACC_NUM,
  .n_nodes = STAI_@NAME@_NODES_NUM,
  .flags = STAI_@NAME@_FLAGS,
  .n_inputs = STAI_@NAME@_IN_NUM,
  .n_outputs = STAI_@NAME@_OUT_NUM,
  .n_activations = STAI_@NAME@_ACTIVATIONS_NUM,
  .n_weights = STAI_@NAME@_WEIGHTS_NUM,
  .n_states = STAI_@NAME@_STATES_NUM,
  .inputs = @name@_inputs,
  .outputs = @name@_outputs,
  .activations = @name@_activation_info,
  .weights = @name@_weight_info,
  .states = NULL
};

/* ---- The client API ---- */

static const stai_size @name@_activations_alignments[] = STAI_@NAME@_ACTIVATIONS_ALIGNMENTS;
static const stai_size @name@_weights_alignments[] = STAI_@NAME@_WEIGHTS_ALIGNMENTS;
static const stai_size @name@_inputs_alignments[] = STAI_@NAME@_IN_ALIGNMENTS;
static const stai_size @name@_outputs_alignments[] = STAI_@NAME@_OUT_ALIGNMENTS;
static stai_ptr const @name@_default_weights[STAI_@NAME@_WEIGHTS_NUM] = {
  @default_weights@
};
static const nn_place @name@_input_places[] = {@input_places@};
static const nn_place @name@_output_places[] = {@output_places@};

static const nn_stai_network @name@_network = {
  .signature = STAI_@NAME@_MODEL_SIGNATURE,
  .kinds = {
    {STAI_@NAME@_ACTIVATIONS_NUM, @name@_activations_alignments, STAI_FLAG_ACTIVATIONS,
     STAI_ERROR_NETWORK_INVALID_ACTIVATIONS_PTR, STAI_ERROR_NETWORK_INVALID_ACTIVATIONS_NUM},
    {STAI_@NAME@_WEIGHTS_NUM, @name@_weights_alignments, STAI_FLAG_WEIGHTS,
     STAI_ERROR_NETWORK_INVALID_WEIGHTS_PTR, STAI_ERROR_NETWORK_INVALID_WEIGHTS_NUM},
    {STAI_@NAME@_IN_NUM, @name@_inputs_alignments, STAI_FLAG_INPUTS,
     STAI_ERROR_NETWORK_INVALID_IN_PTR, STAI_ERROR_NETWORK_INVALID_IN_NUM},
    {STAI_@NAME@_OUT_NUM, @name@_outputs_alignments, STAI_FLAG_OUTPUTS,
     STAI_ERROR_NETWORK_INVALID_OUT_PTR, STAI_ERROR_NETWORK_INVALID_OUT_NUM}
  },
  .default_weights = @name@_default_weights,
  .input_places = @name@_input_places,
  .output_places = @name@_output_places,
  .run = @name@_run_nodes,
  .nodes = @name@_event_nodes
};

_Static_assert(offsetof(_stai_@name@_context, activations) == offsetof(nn_stai_context, addresses), "the context is as the runtime expects");

STAI_API_ENTRY stai_return_code stai_@name@_init(stai_network *network)
{
  return nn_stai_init(&@name@_network, network);
}

STAI_API_ENTRY stai_return_code stai_@name@_deinit(stai_network *network)
{
  return nn_stai_deinit(&@name@_network, network);
}

STAI_API_ENTRY stai_return_code stai_@name@_run(stai_network *network, const stai_run_mode mode)
{
  return nn_stai_run(&@name@_network, network, mode);
}

STAI_API_ENTRY stai_size stai_@name@_get_context_size(void)
{
  return (stai_size)STAI_@NAME@_CONTEXT_SIZE;
}

STAI_API_ENTRY stai_return_code stai_@name@_get_info(stai_network *network, stai_network_info *info)
{
  return nn_stai_get_info(&@name@_network, network, &@name@_info, info);
}

STAI_API_ENTRY stai_return_code stai_@name@_get_activations(stai_network *network, stai_ptr *activations, stai_size *n_activations)
{
  return nn_stai_get(&@name@_network, network, NN_STAI_ACTIVATIONS, activations, n_activations);
}

STAI_API_ENTRY stai_return_code stai_@name@_get_weights(stai_network *network, stai_ptr *weights, stai_size *n_weights)
{
  return nn_stai_get(&@name@_network, network, NN_STAI_WEIGHTS, weights, n_weights);
}

STAI_API_ENTRY stai_return_code stai_@name@_get_inputs(stai_network *network, stai_ptr *inputs, stai_size *n_inputs)
{
  return nn_stai_get(&@name@_network, network, NN_STAI_INPUTS, inputs, n_inputs);
}

STAI_API_ENTRY stai_return_code stai_@name@_get_outputs(stai_network *network, stai_ptr *outputs, stai_size *n_outputs)
{
  return nn_stai_get(&@name@_network, network, NN_STAI_OUTPUTS, outputs, n_outputs);
}

STAI_API_ENTRY stai_return_code stai_@name@_get_states(stai_network *network, stai_ptr *states, stai_size *n_states)
{
  (void)states;
  return nn_stai_get_states(&@name@_network, network, n_states);
}

STAI_API_ENTRY stai_return_code stai_@name@_get_error(stai_network *network)
{
  return nn_stai_get_error(&@name@_network, network);
}

STAI_API_ENTRY stai_return_code stai_@name@_set_activations(stai_network *network, const stai_ptr *activations, const stai_size n_activations)
{
  return nn_stai_set(&@name@_network, network, NN_STAI_ACTIVATIONS, activations, n_activations);
}

STAI_API_ENTRY stai_return_code stai_@name@_set_weights(stai_network *network, const stai_ptr *weights, const stai_size n_weights)
{
  return nn_stai_set(&@name@_network, network, NN_STAI_WEIGHTS, weights, n_weights);
}

STAI_API_ENTRY stai_return_code stai_@name@_set_inputs(stai_network *network, const stai_ptr *inputs, const stai_size n_inputs)
{
  return nn_stai_set(&@name@_network, network, NN_STAI_INPUTS, inputs, n_inputs);
}

STAI_API_ENTRY stai_return_code stai_@name@_set_outputs(stai_network *network, const stai_ptr *outputs, const stai_size n_outputs)
{
  return nn_stai_set(&@name@_network, network, NN_STAI_OUTPUTS, outputs, n_outputs);
}

STAI_API_ENTRY stai_return_code stai_@name@_set_states(stai_network *network, const stai_ptr *states, const stai_size n_states)
{
  (void)states;
  (void)n_states;
  return nn_stai_set_states(&@name@_network, network);
}

STAI_API_ENTRY stai_return_code stai_@name@_set_callback(stai_network *network, const stai_event_cb cb, void *cb_cookie)
{
  return nn_stai_set_callback(&@name@_network, network, cb, cb_cookie);
}
)";

}  // namespace

GeneratedFile stai_network_h(const Naming& n) {
  const std::string file = n.name + ".h", prefix = fmt::format("STAI_{}_", n.upper);
  const Program& p = n.program;
  return {file, file_banner(file, n.datetime, "The network's client API") +
                    expand(header, {{"name", n.name},
                                    {"NAME", n.upper},
                                    {"origin", string_literal(p.model.name)},
                                    {"hash", string_literal(p.model.hash)},
                                    {"signature", fmt::format("{:x}", network_signature(p))},
                                    {"flags", network_flags(n)},
                                    {"nodes", std::to_string(p.nodes.size())},
                                    {"macc", std::to_string(p.macc())},
                                    {"inputs", stai_port_macros(p, prefix, "IN", p.inputs, p.inputs_in_activations)},
                                    {"outputs", stai_port_macros(p, prefix, "OUT", p.outputs, p.outputs_in_activations)},
                                    {"activations", stai_segment_macros(prefix, segments_of(p, SegmentKind::activations), "STAI_FLAG_ACTIVATIONS")},
                                    {"weights", stai_segment_macros(prefix, segments_of(p, SegmentKind::weights),
                                                                    n.options.binary ? "STAI_FLAG_NONE" : "(STAI_FLAG_PREALLOCATED)")}})};
}

GeneratedFile stai_network_c(const Naming& n) {
  const std::string file = n.name + ".c";
  const Program& p = n.program;
  return {file, file_banner(file, n.datetime, "The network") +
                    expand(source, {{"name", n.name},
                                    {"NAME", n.upper},
                                    {"includes", kernel_includes(p)},
                                    {"math", needs_math(p) ? "\n#include <math.h>\n" : ""},
                                    {"body", network_body(p)},
                                    {"events", event_tables(n)},
                                    {"input_table", port_table(n, "input", "IN", p.inputs)},
                                    {"output_table", port_table(n, "output", "OUT", p.outputs)},
                                    {"activation_table", segment_table(n, "activation", "ACTIVATION", segments_of(p, SegmentKind::activations))},
                                    {"weight_table", segment_table(n, "weight", "WEIGHT", segments_of(p, SegmentKind::weights))},
                                    {"datetime", string_literal(n.datetime)},
                                    {"runtime", "10, 2, 0"},
                                    {"default_weights", default_weights(n)},
                                    {"input_places", places(n, p.inputs, p.inputs_in_activations)},
                                    {"output_places", places(n, p.outputs, p.outputs_in_activations)}})};
}

}  // namespace ew
