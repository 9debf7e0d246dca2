/**
  ******************************************************************************
  * @file    network.c
  * @author  Edgewright
  * @date    2026-11-22T10:00:00+0000
  * @brief   The network
  ******************************************************************************
  */
#include "network.h"

#include "network_data.h"
#include "network_details.h"
#include "nn_network.h"
#include "nn_rows.h"
#include "nn_stai.h"
#include "nn_dense.h"

/* ---- Constants ---- */
static const int32_t dense_0_multiplier[9] = {
  1561561646, 1626722378, 1611885612, 2053055612, 1826277312, 1795311451, 1433810067, 1608140577, 1768400203
};

static const int8_t dense_0_shift[9] = {
  5, 5, 5, 6, 5, 5, 8, 5, 6
};

static const int32_t dense_1_multiplier[16] = {
  2081586232, 1200352420, 1102849365, 1316359238, 1303065054, 1312309325, 1272962653, 1919687692, 2060794750, 1663959994, 1239813023, 1336854589,
  1271912415, 1544443107, 1834745160, 1256846039
};

static const int8_t dense_1_shift[16] = {
  6, 4, 4, 5, 5, 5, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5
};

/* ---- The c-nodes ---- */
/* dense_0: Dense, m_id [0], layer "sine_1/dense_1/MatMul;sine_1/dense_1/Relu;sine_1/dense_1/BiasAdd"
 *   input   int8[1x1]  serving_default_x_0_output  "serving_default_x:0"
 *   weights int8[40]  dense_0_weights
 *   weights int32[10]  dense_0_bias
 *   output  int8[1x9]  dense_0_output  "sine_1/dense_1/MatMul;sine_1/dense_1/Relu;sine_1/dense_1/BiasAdd"  7 of 16 channels removed
 */
static const nn_dense_s8_params dense_0_params = {
  .rows = 1, .in_channels = 1, .out_channels = 9, .multiplier = 0,
  .shift = 0, .weight_zero = 0, .out_zero = -128, .clamp_min = -128,
  .clamp_max = 127
};
static void dense_0_layer(const nn_buffers *net)
{
  const int8_t *const serving_default_x_0_output_array = (const int8_t *)(net->inputs[0]);
  const int8_t *const dense_0_weights_array = (const int8_t *)(net->weights[0]);
  const int32_t *const dense_0_bias_array = (const int32_t *)(net->weights[0] + 40);
  int8_t *const dense_0_output_array = (int8_t *)(net->activations[0] + 16);
  nn_dense_dsp_s8(&dense_0_params, serving_default_x_0_output_array, dense_0_weights_array, dense_0_bias_array, dense_0_multiplier,
                  dense_0_shift, dense_0_output_array);
}

/* dense_1: Dense, m_id [1], layer "sine_1/dense_1_2/MatMul;sine_1/dense_1_2/Relu;sine_1/dense_1_2/BiasAdd"
 *   input   int8[1x9]  dense_0_output  "sine_1/dense_1/MatMul;sine_1/dense_1/Relu;sine_1/dense_1/BiasAdd"  7 of 16 channels removed
 *   weights int8[192]  dense_1_weights
 *   weights int32[16]  dense_1_bias
 *   output  int8[1x16]  dense_1_output  "sine_1/dense_1_2/MatMul;sine_1/dense_1_2/Relu;sine_1/dense_1_2/BiasAdd"
 */
static const nn_dense_s8_params dense_1_params = {
  .rows = 1, .in_channels = 9, .out_channels = 16, .multiplier = 0,
  .shift = 0, .weight_zero = 0, .out_zero = -128, .clamp_min = -128,
  .clamp_max = 127
};
static void dense_1_layer(const nn_buffers *net)
{
  const int8_t *const dense_0_output_array = (const int8_t *)(net->activations[0] + 16);
  const int8_t *const dense_1_weights_array = (const int8_t *)(net->weights[0] + 80);
  const int32_t *const dense_1_bias_array = (const int32_t *)(net->weights[0] + 272);
  int8_t *const dense_1_output_array = (int8_t *)(net->activations[0]);
  nn_dense_dsp_s8(&dense_1_params, dense_0_output_array, dense_1_weights_array, dense_1_bias_array, dense_1_multiplier, dense_1_shift,
                  dense_1_output_array);
}

/* dense_2: Dense, m_id [2], layer "StatefulPartitionedCall_1:0"
 *   input   int8[1x16]  dense_1_output  "sine_1/dense_1_2/MatMul;sine_1/dense_1_2/Relu;sine_1/dense_1_2/BiasAdd"
 *   weights int8[32]  dense_2_weights
 *   weights int32[2]  dense_2_bias
 *   output  int8[1x1]  dense_2_output  "StatefulPartitionedCall_1:0"
 */
static const nn_dense_s8_params dense_2_params = {
  .rows = 1, .in_channels = 16, .out_channels = 1, .multiplier = 1155443840,
  .shift = 3, .weight_zero = 0, .out_zero = 1, .clamp_min = -128,
  .clamp_max = 127
};
static void dense_2_layer(const nn_buffers *net)
{
  const int8_t *const dense_1_output_array = (const int8_t *)(net->activations[0]);
  const int8_t *const dense_2_weights_array = (const int8_t *)(net->weights[0] + 336);
  const int32_t *const dense_2_bias_array = (const int32_t *)(net->weights[0] + 368);
  int8_t *const dense_2_output_array = (int8_t *)(net->outputs[0]);
  nn_dense_dsp_s8(&dense_2_params, dense_1_output_array, dense_2_weights_array, dense_2_bias_array, NULL, NULL, dense_2_output_array);
}

/* ---- The run over all of them ---- */
static void network_run_nodes(const nn_buffers *net, const nn_listener *listener)
{
  nn_before(listener, 0);
  dense_0_layer(net);
  nn_after(listener, 0);
  nn_before(listener, 1);
  dense_1_layer(net);
  nn_after(listener, 1);
  nn_before(listener, 2);
  dense_2_layer(net);
  nn_after(listener, 2);
}

/* ---- What the events and get_info tell ---- */

static const nn_stai_slot dense_0_slots[] = {{2, 0}, {0, 16}};
static const nn_stai_slot dense_1_slots[] = {{0, 16}, {0, 0}};
static const nn_stai_slot dense_2_slots[] = {{0, 0}, {3, 0}};
static const nn_stai_node network_event_nodes[] = {
  {0, 1, 1, dense_0_slots},
  {1, 1, 1, dense_1_slots},
  {2, 1, 1, dense_2_slots},
};

static const int32_t network_input_1_shape[2] = {1, 1};
static const float network_input_1_scale[1] = {0.0245290697f};
static const int16_t network_input_1_zero[1] = {-128};
static const stai_tensor network_inputs[] = {
  {1, STAI_NETWORK_IN_1_FLAGS, STAI_FORMAT_S8, {2, network_input_1_shape}, {1, network_input_1_scale}, {1, network_input_1_zero}, NULL},
};

static const int32_t network_output_1_shape[2] = {1, 1};
static const float network_output_1_scale[1] = {0.00790926628f};
static const int16_t network_output_1_zero[1] = {1};
static const stai_tensor network_outputs[] = {
  {1, STAI_NETWORK_OUT_1_FLAGS, STAI_FORMAT_S8, {2, network_output_1_shape}, {1, network_output_1_scale}, {1, network_output_1_zero}, NULL},
};

static const int32_t network_activation_1_shape[1] = {28};
static const stai_tensor network_activation_info[] = {
  {28, STAI_NETWORK_ACTIVATION_1_FLAGS, STAI_FORMAT_U8, {1, network_activation_1_shape}, {0, NULL}, {0, NULL}, NULL},
};

static const int32_t network_weight_1_shape[1] = {376};
static const stai_tensor network_weight_info[] = {
  {376, STAI_NETWORK_WEIGHT_1_FLAGS, STAI_FORMAT_U8, {1, network_weight_1_shape}, {0, NULL}, {0, NULL}, NULL},
};

static const stai_network_info network_info = {
  .model_signature = STAI_NETWORK_ORIGIN_MODEL_SIGNATURE,
  .c_compile_datetime = __DATE__ " " __TIME__,
  .c_model_name = STAI_NETWORK_MODEL_NAME,
  .c_model_datetime = "2026-11-22T10:00:00+0000",
  .c_model_signature = 0,
  .runtime_version = {10, 2, 0, 0},
  .tool_version = {STAI_TOOLS_VERSION_MAJOR, STAI_TOOLS_VERSION_MINOR, STAI_TOOLS_VERSION_MICRO, 0},
  .api_version = {STAI_API_VERSION_MAJOR, STAI_API_VERSION_MINOR, STAI_API_VERSION_MICRO, 0},
  .n_macc = STAI_NETWORK_MACC_NUM,
  .n_nodes = STAI_NETWORK_NODES_NUM,
  .flags = STAI_NETWORK_FLAGS,
  .n_inputs = STAI_NETWORK_IN_NUM,
  .n_outputs = STAI_NETWORK_OUT_NUM,
  .n_activations = STAI_NETWORK_ACTIVATIONS_NUM,
  .n_weights = STAI_NETWORK_WEIGHTS_NUM,
  .n_states = STAI_NETWORK_STATES_NUM,
  .inputs = network_inputs,
  .outputs = network_outputs,
  .activations = network_activation_info,
  .weights = network_weight_info,
  .states = NULL
};

/* ---- The client API ---- */

static const stai_size network_activations_alignments[] = STAI_NETWORK_ACTIVATIONS_ALIGNMENTS;
static const stai_size network_weights_alignments[] = STAI_NETWORK_WEIGHTS_ALIGNMENTS;
static const stai_size network_inputs_alignments[] = STAI_NETWORK_IN_ALIGNMENTS;
static const stai_size network_outputs_alignments[] = STAI_NETWORK_OUT_ALIGNMENTS;
static stai_ptr const network_default_weights[STAI_NETWORK_WEIGHTS_NUM] = {
  (stai_ptr)g_network_weights_array
};
static const nn_place network_input_places[] = {{0, 0}};
static const nn_place network_output_places[] = {{0, 16}};

static const nn_stai_network network_network = {
  .signature = STAI_NETWORK_MODEL_SIGNATURE,
  .kinds = {
    {STAI_NETWORK_ACTIVATIONS_NUM, network_activations_alignments, STAI_FLAG_ACTIVATIONS,
     STAI_ERROR_NETWORK_INVALID_ACTIVATIONS_PTR, STAI_ERROR_NETWORK_INVALID_ACTIVATIONS_NUM},
    {STAI_NETWORK_WEIGHTS_NUM, network_weights_alignments, STAI_FLAG_WEIGHTS,
     STAI_ERROR_NETWORK_INVALID_WEIGHTS_PTR, STAI_ERROR_NETWORK_INVALID_WEIGHTS_NUM},
    {STAI_NETWORK_IN_NUM, network_inputs_alignments, STAI_FLAG_INPUTS,
     STAI_ERROR_NETWORK_INVALID_IN_PTR, STAI_ERROR_NETWORK_INVALID_IN_NUM},
    {STAI_NETWORK_OUT_NUM, network_outputs_alignments, STAI_FLAG_OUTPUTS,
     STAI_ERROR_NETWORK_INVALID_OUT_PTR, STAI_ERROR_NETWORK_INVALID_OUT_NUM}
  },
  .default_weights = network_default_weights,
  .input_places = network_input_places,
  .output_places = network_output_places,
  .run = network_run_nodes,
  .nodes = network_event_nodes
};

_Static_assert(offsetof(_stai_network_context, activations) == offsetof(nn_stai_context, addresses), "the context is as the runtime expects");

STAI_API_ENTRY stai_return_code stai_network_init(stai_network *network)
{
  return nn_stai_init(&network_network, network);
}

STAI_API_ENTRY stai_return_code stai_network_deinit(stai_network *network)
{
  return nn_stai_deinit(&network_network, network);
}

STAI_API_ENTRY stai_return_code stai_network_run(stai_network *network, const stai_run_mode mode)
{
  return nn_stai_run(&network_network, network, mode);
}

STAI_API_ENTRY stai_size stai_network_get_context_size(void)
{
  return (stai_size)STAI_NETWORK_CONTEXT_SIZE;
}

STAI_API_ENTRY stai_return_code stai_network_get_info(stai_network *network, stai_network_info *info)
{
  return nn_stai_get_info(&network_network, network, &network_info, info);
}

STAI_API_ENTRY stai_return_code stai_network_get_activations(stai_network *network, stai_ptr *activations, stai_size *n_activations)
{
  return nn_stai_get(&network_network, network, NN_STAI_ACTIVATIONS, activations, n_activations);
}

STAI_API_ENTRY stai_return_code stai_network_get_weights(stai_network *network, stai_ptr *weights, stai_size *n_weights)
{
  return nn_stai_get(&network_network, network, NN_STAI_WEIGHTS, weights, n_weights);
}

STAI_API_ENTRY stai_return_code stai_network_get_inputs(stai_network *network, stai_ptr *inputs, stai_size *n_inputs)
{
  return nn_stai_get(&network_network, network, NN_STAI_INPUTS, inputs, n_inputs);
}

STAI_API_ENTRY stai_return_code stai_network_get_outputs(stai_network *network, stai_ptr *outputs, stai_size *n_outputs)
{
  return nn_stai_get(&network_network, network, NN_STAI_OUTPUTS, outputs, n_outputs);
}

STAI_API_ENTRY stai_return_code stai_network_get_states(stai_network *network, stai_ptr *states, stai_size *n_states)
{
  (void)states;
  return nn_stai_get_states(&network_network, network, n_states);
}

STAI_API_ENTRY stai_return_code stai_network_get_error(stai_network *network)
{
  return nn_stai_get_error(&network_network, network);
}

STAI_API_ENTRY stai_return_code stai_network_set_activations(stai_network *network, const stai_ptr *activations, const stai_size n_activations)
{
  return nn_stai_set(&network_network, network, NN_STAI_ACTIVATIONS, activations, n_activations);
}

STAI_API_ENTRY stai_return_code stai_network_set_weights(stai_network *network, const stai_ptr *weights, const stai_size n_weights)
{
  return nn_stai_set(&network_network, network, NN_STAI_WEIGHTS, weights, n_weights);
}

STAI_API_ENTRY stai_return_code stai_network_set_inputs(stai_network *network, const stai_ptr *inputs, const stai_size n_inputs)
{
  return nn_stai_set(&network_network, network, NN_STAI_INPUTS, inputs, n_inputs);
}

STAI_API_ENTRY stai_return_code stai_network_set_outputs(stai_network *network, const stai_ptr *outputs, const stai_size n_outputs)
{
  return nn_stai_set(&network_network, network, NN_STAI_OUTPUTS, outputs, n_outputs);
}

STAI_API_ENTRY stai_return_code stai_network_set_states(stai_network *network, const stai_ptr *states, const stai_size n_states)
{
  (void)states;
  (void)n_states;
  return nn_stai_set_states(&network_network, network);
}

STAI_API_ENTRY stai_return_code stai_network_set_callback(stai_network *network, const stai_event_cb cb, void *cb_cookie)
{
  return nn_stai_set_callback(&network_network, network, cb, cb_cookie);
}
