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
#include "nn_conv2d.h"
#include "nn_copy.h"
#include "nn_pool2d.h"

/* ---- Constants ---- */
static const int8_t conv2d_1_pad[6] = {
  -3, -3, -3, -3, -3, -3
};

static const int32_t conv2d_1_multiplier[2] = {
  1073741824, 1073741824
};

static const int8_t conv2d_1_shift[2] = {
  -1, -1
};

/* ---- The c-nodes ---- */
/* pool_0: Pool, m_id [0], layer "block_1/pool _/ _quoted_ __/"
 *   input   int8[1x4x3x2]  input_output
 *   output  int8[1x4x3x2]  pool_0_output
 */
static const nn_pool2d_s8_params pool_0_params = {
  .in_width = 3, .channels = 2, .in_pitch = 2, .out_width = 3,
  .out_pitch = 2, .kernel_w = 3, .stride_w = 1, .pad_left = 1,
  .clamp_min = -128, .clamp_max = 127
};
static void pool_0_layer(const nn_buffers *net)
{
  const uint8_t *const input_output_array = net->inputs[0];
  uint8_t *const pool_0_output_array = net->activations[0];
  for (int32_t y = 0; y < 4; ++y) {
    const int8_t *rows[3];
    int32_t count = 0;
    for (int32_t k = 0; k < 3; ++k) {
      const int32_t row = y + k - 1;
      if (nn_row_inside(row, 4)) rows[count++] = (const int8_t *)(input_output_array + row * 6);
    }
    nn_maxpool_s8_row(&pool_0_params, rows, count, (int8_t *)(pool_0_output_array + y * 6));
  }
}

/* conv2d_1: Conv2D, m_id [1], layer "block_1/conv"
 *   input   int8[1x4x3x2]  pool_0_output
 *   weights int8[2x3x1x2]  conv2d_1_weights
 *   weights int32[2]  conv2d_1_bias
 *   scratch int8[12]  conv2d_1_scratch
 *   output  int8[1x4x3x2]  conv2d_1_output
 */
static const nn_conv2d_s8_params conv2d_1_params = {
  .in_width = 3, .in_channels = 2, .in_pitch = 2, .out_width = 3,
  .out_channels = 2, .out_pitch = 2, .kernel_h = 3, .kernel_w = 1,
  .stride_w = 1, .dilation_w = 1, .groups = 1, .in_zero = -3,
  .out_zero = -3, .clamp_min = -128, .clamp_max = 127
};
static void conv2d_1_layer(const nn_buffers *net)
{
  const uint8_t *const pool_0_output_array = net->activations[0];
  const int8_t *const conv2d_1_weights_array = (const int8_t *)(net->weights[0]);
  const int32_t *const conv2d_1_bias_array = (const int32_t *)(net->weights[0] + 12);
  int8_t *const conv2d_1_scratch_array = (int8_t *)(net->activations[0] + 48);
  uint8_t *const conv2d_1_output_array = net->activations[0] + 24;
  for (int32_t y = 0; y < 4; ++y) {
    const int8_t *rows[3];
    for (int32_t k = 0; k < 3; ++k) rows[k] = nn_row(pool_0_output_array, y + k - 1, 4, 6, conv2d_1_pad);
    nn_conv2d_s8_row(&conv2d_1_params, rows, conv2d_1_weights_array, conv2d_1_bias_array, conv2d_1_multiplier, conv2d_1_shift,
                     conv2d_1_scratch_array, (int8_t *)(conv2d_1_output_array + y * 6));
  }
}

/* copy_2: Reshape, m_id [2], layer "output"
 *   input   int8[1x4x3x2]  conv2d_1_output
 *   weights int8[10]  copy_2_weights
 *   output  int8[1x4x3x2]  copy_2_output
 */
static void copy_2_layer(const nn_buffers *net)
{
  const uint8_t *const conv2d_1_output_array = net->activations[0] + 24;
  uint8_t *const copy_2_output_array = net->outputs[0];
  const uint8_t *const copy_2_weights_array = net->weights[0] + 20;
  uint8_t *const copy_2_output_array_2 = net->outputs[0] + 14;
  nn_copy(conv2d_1_output_array, copy_2_output_array, 14);
  nn_copy(copy_2_weights_array, copy_2_output_array_2, 10);
}

/* ---- The run over all of them ---- */
static void network_run_nodes(const nn_buffers *net, const nn_listener *listener)
{
  nn_before(listener, 0);
  pool_0_layer(net);
  nn_after(listener, 0);
  nn_before(listener, 1);
  conv2d_1_layer(net);
  nn_after(listener, 1);
  nn_before(listener, 2);
  copy_2_layer(net);
  nn_after(listener, 2);
}

/* ---- What the events and get_info tell ---- */

static const nn_stai_slot pool_0_slots[] = {{2, 0}, {0, 0}};
static const nn_stai_slot conv2d_1_slots[] = {{0, 0}, {0, 24}};
static const nn_stai_slot copy_2_slots[] = {{0, 24}, {3, 0}};
static const nn_stai_node network_event_nodes[] = {
  {0, 1, 1, pool_0_slots},
  {1, 1, 1, conv2d_1_slots},
  {2, 1, 1, copy_2_slots},
};

static const int32_t network_input_1_shape[4] = {1, 4, 3, 2};
static const float network_input_1_scale[1] = {0.5f};
static const int16_t network_input_1_zero[1] = {-3};
static const stai_tensor network_inputs[] = {
  {24, STAI_NETWORK_IN_1_FLAGS, STAI_FORMAT_S8, {4, network_input_1_shape}, {1, network_input_1_scale}, {1, network_input_1_zero}, NULL},
};

static const int32_t network_output_1_shape[4] = {1, 4, 3, 2};
static const float network_output_1_scale[1] = {0.5f};
static const int16_t network_output_1_zero[1] = {-3};
static const stai_tensor network_outputs[] = {
  {24, STAI_NETWORK_OUT_1_FLAGS, STAI_FORMAT_S8, {4, network_output_1_shape}, {1, network_output_1_scale}, {1, network_output_1_zero}, NULL},
};

static const int32_t network_activation_1_shape[1] = {108};
static const stai_tensor network_activation_info[] = {
  {108, STAI_NETWORK_ACTIVATION_1_FLAGS, STAI_FORMAT_U8, {1, network_activation_1_shape}, {0, NULL}, {0, NULL}, NULL},
};

static const int32_t network_weight_1_shape[1] = {32};
static const stai_tensor network_weight_info[] = {
  {32, STAI_NETWORK_WEIGHT_1_FLAGS, STAI_FORMAT_U8, {1, network_weight_1_shape}, {0, NULL}, {0, NULL}, NULL},
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
static const nn_place network_input_places[] = {{0, 60}};
static const nn_place network_output_places[] = {{0, 84}};

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
