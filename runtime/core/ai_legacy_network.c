/* The legacy client API of any network: see nn_legacy.h. */
#include "nn_legacy.h"

/* The first error is kept until it is read. */
static void set_error(nn_legacy_network *net, ai_error_type type, ai_error_code code)
{
  if (net->error.type != AI_ERROR_NONE) return;
  net->error.type = (ai_u8)type;
  net->error.code = (ai_u32)code & 0xFFFFFF;
}

static ai_error make_error(ai_error_type type, ai_error_code code)
{
  ai_error error;
  error.type = (ai_u8)type;
  error.code = (ai_u32)code & 0xFFFFFF;
  return error;
}

static ai_error take_error(nn_legacy_network *net)
{
  const ai_error error = net->error;
  net->error = make_error(AI_ERROR_NONE, AI_ERROR_CODE_NONE);
  return error;
}

/* ---- Life --------------------------------------------------------------------------------------------------------------- */

ai_error nn_legacy_create(nn_legacy_network *net, ai_handle *handle)
{
  if (handle == NULL) return make_error(AI_ERROR_INVALID_HANDLE, AI_ERROR_CODE_NETWORK);
  const ai_platform_version tools = net->info->tool_api_version;
  if (AI_VERSION(tools.major, tools.minor, tools.micro) != AI_TOOLS_API_VERSION_1_5) {
    *handle = AI_HANDLE_NULL;
    return make_error(AI_ERROR_TOOL_PLATFORM_API_MISMATCH, AI_ERROR_CODE_NETWORK);
  }
  net->ready = false;
  net->observer = NULL;
  net->error = make_error(AI_ERROR_NONE, AI_ERROR_CODE_NONE);
  *handle = net;
  return net->error;
}

ai_error nn_legacy_create_and_init(nn_legacy_network *net, ai_handle *handle, const ai_handle *activations, const ai_handle *weights)
{
  const ai_error created = nn_legacy_create(net, handle);
  if (created.type != AI_ERROR_NONE) return created;
  ai_network_params params;
  if (!net->info->data_params_get(&params)) return make_error(AI_ERROR_INIT_FAILED, AI_ERROR_CODE_NETWORK_PARAMS);
  for (ai_u16 i = 0; activations != NULL && i < net->info->n_activations; ++i) params.map_activations.buffer[i].data = activations[i];
  for (ai_u16 i = 0; weights != NULL && i < net->info->n_weights; ++i) params.map_weights.buffer[i].data = weights[i];
  nn_legacy_init(net, *handle, &params);
  return take_error(net);
}

ai_handle nn_legacy_destroy(nn_legacy_network *net, ai_handle handle)
{
  if (handle != net) return handle;
  net->ready = false;
  net->observer = NULL;
  return AI_HANDLE_NULL;
}

ai_error nn_legacy_get_error(nn_legacy_network *net, ai_handle handle)
{
  return handle == net ? take_error(net) : make_error(AI_ERROR_INVALID_HANDLE, AI_ERROR_CODE_NETWORK);
}

/* ---- Parameters --------------------------------------------------------------------------------------------------------- */

ai_bool nn_legacy_data_params(ai_network_params *params, ai_buffer *weights, ai_u16 n_weights, const ai_handle *weights_table,
                              ai_buffer *activations, ai_u16 n_activations, const ai_handle *activations_table)
{
  if (params == NULL) return false;
  for (ai_u16 i = 0; i < n_weights; ++i) weights[i].data = weights_table[1 + i];
  for (ai_u16 i = 0; i < n_activations; ++i) activations[i].data = activations_table[1 + i];
  params->map_signature = AI_MAGIC_SIGNATURE;
  params->map_weights.flags = params->map_activations.flags = AI_FLAG_NONE;
  params->map_weights.size = n_weights;
  params->map_weights.buffer = weights;
  params->map_activations.size = n_activations;
  params->map_activations.buffer = activations;
  return true;
}

/* A segment of no bytes needs no address. */
static ai_bool address_is_good(const ai_buffer *segment, const void *address)
{
  if (address == NULL) return segment->size == 0;
  return ((ai_uptr)address & 3) == 0;
}

/* Addresses from the form of `params` that has a buffer per segment. */
static ai_bool take_map(ai_u8 **addresses, const ai_buffer_array *map, const ai_buffer *segments, ai_u16 count)
{
  if (map->buffer == NULL || map->size != count) return false;
  for (ai_u16 i = 0; i < count; ++i) {
    if (!address_is_good(&segments[i], map->buffer[i].data)) return false;
    addresses[i] = (ai_u8 *)map->buffer[i].data;
  }
  return true;
}

static ai_bool is_marker(ai_handle handle)
{
  return (ai_uptr)handle == (ai_uptr)AI_MAGIC_MARKER;
}

/* Addresses from the form of `params` that has one buffer: a table between two markers, or one block that holds the segments one after
   the other. Without an address: those of the table `defaults`. */
static ai_bool take_buffer(ai_u8 **addresses, ai_handle data, const ai_buffer *segments, const ai_handle *defaults, ai_u16 count)
{
  const ai_handle *table = NULL;
  ai_u8 *block = NULL;
  if (data == NULL) {
    table = defaults;
  } else if (((ai_uptr)data & (sizeof(ai_handle) - 1)) == 0 && is_marker(*(const ai_handle *)data)) {
    table = (const ai_handle *)data;
  } else {
    block = (ai_u8 *)data;
  }
  if (table != NULL && !is_marker(table[1 + count])) return false;
  for (ai_u16 i = 0; i < count; ++i) {
    addresses[i] = table != NULL ? (ai_u8 *)table[1 + i] : block;
    if (!address_is_good(&segments[i], addresses[i])) return false;
    if (block != NULL) block += segments[i].size;
  }
  return true;
}

static ai_bool take_activations(const nn_legacy_network *net, const ai_network_params *params)
{
  const nn_legacy_info *info = net->info;
  if (params->map_signature == AI_MAGIC_SIGNATURE) {
    return take_map(net->activations, &params->map_activations, info->map_activations, info->n_activations);
  }
  return take_buffer(net->activations, params->activations.data, info->map_activations, info->activations_table, info->n_activations);
}

static ai_bool take_weights(const nn_legacy_network *net, const ai_network_params *params)
{
  const nn_legacy_info *info = net->info;
  if (params->map_signature == AI_MAGIC_SIGNATURE) {
    return take_map(net->weights, &params->map_weights, info->map_weights, info->n_weights);
  }
  return take_buffer(net->weights, params->params.data, info->map_weights, info->weights_table, info->n_weights);
}

/* Inputs or outputs at their places in the activations; those that have none keep what the client set. */
static void set_default_addresses(const nn_legacy_network *net, ai_buffer *buffers, const nn_place *places, ai_u16 count)
{
  for (ai_u16 i = 0; i < count; ++i) {
    if (places[i].segment >= 0) buffers[i].data = net->activations[places[i].segment] + places[i].offset;
  }
}

ai_bool nn_legacy_init(nn_legacy_network *net, ai_handle handle, const ai_network_params *params)
{
  if (handle != net) return false;
  const nn_legacy_info *info = net->info;
  net->ready = false;
  if (params == NULL) {
    set_error(net, AI_ERROR_INVALID_PARAM, AI_ERROR_CODE_NETWORK_PARAMS);
  } else if (!take_activations(net, params)) {
    set_error(net, AI_ERROR_INIT_FAILED, AI_ERROR_CODE_NETWORK_ACTIVATIONS);
  } else if (!take_weights(net, params)) {
    set_error(net, AI_ERROR_INIT_FAILED, AI_ERROR_CODE_NETWORK_WEIGHTS);
  } else {
    set_default_addresses(net, net->inputs, info->input_places, info->n_inputs);
    set_default_addresses(net, net->outputs, info->output_places, info->n_outputs);
    net->ready = true;
    for (ai_u32 i = 0; i < info->n_nodes; ++i) nn_legacy_observe(net, i, AI_OBSERVER_INIT_EVT);
  }
  return net->ready;
}

/* ---- Inputs, outputs, report ---------------------------------------------------------------------------------------------- */

static ai_buffer *get_buffers(nn_legacy_network *net, ai_handle handle, ai_buffer *buffers, ai_u16 count, ai_u16 *n_buffer)
{
  const ai_bool valid = handle == AI_HANDLE_NULL || handle == net;
  if (n_buffer != NULL) *n_buffer = valid ? count : 0;
  return valid ? buffers : NULL;
}

ai_buffer *nn_legacy_inputs_get(nn_legacy_network *net, ai_handle handle, ai_u16 *n_buffer)
{
  return get_buffers(net, handle, net->inputs, net->info->n_inputs, n_buffer);
}

ai_buffer *nn_legacy_outputs_get(nn_legacy_network *net, ai_handle handle, ai_u16 *n_buffer)
{
  return get_buffers(net, handle, net->outputs, net->info->n_outputs, n_buffer);
}

ai_bool nn_legacy_get_report(nn_legacy_network *net, ai_handle handle, ai_network_report *report)
{
  if (handle != net || report == NULL) return false;
  const nn_legacy_info *info = net->info;
  ai_network_params maps;
  /* Before init the addresses are the client's business, who may be setting them: only data_params_get would overwrite them. */
  if (!net->ready || !info->data_params_get(&maps)) return false;
  for (ai_u16 i = 0; i < info->n_activations; ++i) maps.map_activations.buffer[i].data = net->activations[i];
  for (ai_u16 i = 0; i < info->n_weights; ++i) maps.map_weights.buffer[i].data = net->weights[i];

  report->model_name = info->model_name;
  report->model_signature = info->model_signature;
  report->model_datetime = info->model_datetime;
  report->compile_datetime = info->compile_datetime;
  report->runtime_revision = ai_platform_runtime_get_revision();
  report->runtime_version = ai_platform_runtime_get_version();
  report->tool_revision = info->tool_revision;
  report->tool_version = info->tool_version;
  report->tool_api_version = info->tool_api_version;
  report->api_version = info->api_version;
  report->interface_api_version = ai_platform_interface_api_get_version();
  report->n_macc = info->n_macc;
  report->n_inputs = info->n_inputs;
  report->n_outputs = info->n_outputs;
  report->inputs = net->inputs;
  report->outputs = net->outputs;
  report->map_signature = maps.map_signature;
  report->map_weights = maps.map_weights;
  report->map_activations = maps.map_activations;
  report->n_nodes = info->n_nodes;
  report->signature = info->signature;
  return true;
}

/* ---- Run ------------------------------------------------------------------------------------------------------------------ */

typedef struct legacy_listener {
  nn_listener base;                    /* first: a pointer to it is a pointer to the whole */
  const nn_legacy_network *net;
} legacy_listener;

static void on_node(const nn_listener *listener, uint32_t index, bool done)
{
  nn_legacy_observe(((const legacy_listener *)listener)->net, index, done ? AI_OBSERVER_POST_EVT : AI_OBSERVER_PRE_EVT);
}

/* The addresses that the client's buffers hold; the formats must be those of the network's own buffers. */
static ai_bool take_io(nn_legacy_network *net, ai_u8 **addresses, const ai_buffer *given, const ai_buffer *own, ai_u16 count,
                       ai_error_type type)
{
  for (ai_u16 i = 0; i < count; ++i) {
    if (given[i].data == NULL) {
      set_error(net, type, AI_ERROR_CODE_INVALID_PTR);
      return false;
    }
    if (!AI_BUFFER_FMT_SAME(given[i].format, own[i].format)) {
      set_error(net, type, AI_ERROR_CODE_INVALID_FORMAT);
      return false;
    }
    addresses[i] = (ai_u8 *)given[i].data;
  }
  return true;
}

ai_i32 nn_legacy_run(nn_legacy_network *net, ai_handle handle, const ai_buffer *input, ai_buffer *output)
{
  if (handle != net) return 0;
  const nn_legacy_info *info = net->info;
  if (!net->ready) {
    set_error(net, AI_ERROR_INVALID_STATE, AI_ERROR_CODE_MISSED_INIT);
    return 0;
  }
  if (input == NULL) {
    set_error(net, AI_ERROR_INVALID_INPUT, AI_ERROR_CODE_INVALID_PTR);
    return 0;
  }
  if (!take_io(net, net->input_addresses, input, net->inputs, info->n_inputs, AI_ERROR_INVALID_INPUT)) return 0;
  const ai_buffer *out = output != NULL ? output : net->outputs;
  if (!take_io(net, net->output_addresses, out, net->outputs, info->n_outputs, AI_ERROR_INVALID_OUTPUT)) return 0;

  const nn_buffers buffers = {net->activations, net->weights, net->input_addresses, net->output_addresses};
  const legacy_listener listener = {{on_node}, net};
  info->run(&buffers, net->observer != NULL ? &listener.base : NULL);
  return 1;
}
