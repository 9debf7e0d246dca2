/* The legacy client API without a network's names: generated ai_<name>_... functions call these with their own constants and state. */
#ifndef NN_LEGACY_H
#define NN_LEGACY_H

#include "ai_platform.h"
#include "ai_platform_interface.h"
#include "nn_network.h"

NN_BEGIN

/* Constants of a network. */
typedef struct nn_legacy_info {
  const char *model_name, *model_signature, *model_datetime, *compile_datetime, *tool_revision;
  ai_platform_version tool_version, tool_api_version, api_version;
  ai_macc n_macc;
  ai_signature signature;
  ai_u32 n_nodes;
  ai_u16 n_inputs, n_outputs, n_activations, n_weights;
  const nn_place *input_places, *output_places;
  ai_bool (*data_params_get)(ai_network_params *params);
  const ai_buffer *map_weights, *map_activations;             /* a buffer per segment */
  const ai_handle *weights_table, *activations_table;         /* default addresses between two markers */
  nn_run run;
  const ai_observer_node *nodes;       /* n_nodes; NULL: built without observer */
} nn_legacy_info;

/* State of a network: the API allows one instance of each, which generated code defines. */
typedef struct nn_legacy_network {
  const nn_legacy_info *info;
  ai_u8 **activations, **weights;      /* addresses of the segments */
  ai_u8 **input_addresses, **output_addresses;
  ai_buffer *inputs, *outputs;         /* what inputs_get and outputs_get return */
  ai_error error;
  ai_bool ready;
  ai_observer_exec_ctx *observer;      /* NULL: none */
  ai_observer_exec_ctx own_observer;   /* for the form of register that brings no context */
} nn_legacy_network;

/* Each does what the API says of ai_<name>_<function>. `handle` is what the client gave. */
ai_error nn_legacy_create(nn_legacy_network *net, ai_handle *handle);
ai_error nn_legacy_create_and_init(nn_legacy_network *net, ai_handle *handle, const ai_handle *activations, const ai_handle *weights);
ai_handle nn_legacy_destroy(nn_legacy_network *net, ai_handle handle);
ai_bool nn_legacy_init(nn_legacy_network *net, ai_handle handle, const ai_network_params *params);
ai_error nn_legacy_get_error(nn_legacy_network *net, ai_handle handle);
ai_bool nn_legacy_get_report(nn_legacy_network *net, ai_handle handle, ai_network_report *report);
ai_buffer *nn_legacy_inputs_get(nn_legacy_network *net, ai_handle handle, ai_u16 *n_buffer);
ai_buffer *nn_legacy_outputs_get(nn_legacy_network *net, ai_handle handle, ai_u16 *n_buffer);
ai_i32 nn_legacy_run(nn_legacy_network *net, ai_handle handle, const ai_buffer *input, ai_buffer *output);

/* Fills the second form of `params`: buffers with the default addresses of the tables (framed by markers). False on NULL. */
ai_bool nn_legacy_data_params(ai_network_params *params, ai_buffer *weights, ai_u16 n_weights, const ai_handle *weights_table,
                              ai_buffer *activations, ai_u16 n_activations, const ai_handle *activations_table);

/* A network's observer calls; used by nn_legacy_init and nn_legacy_run. */
void nn_legacy_observe(const nn_legacy_network *net, ai_u32 index, ai_u32 event);

NN_END

#endif
