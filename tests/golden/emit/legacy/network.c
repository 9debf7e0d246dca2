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
#include "nn_legacy.h"
#include "nn_network.h"
#include "nn_rows.h"
#include "nn_conv2d.h"
#include "nn_copy.h"
#include "nn_pool2d.h"

#define AI_NETWORK_MODEL_SIGNATURE "0x00112233445566778899aabbccddeeff"
#ifndef AI_TOOLS_REVISION_ID
#define AI_TOOLS_REVISION_ID ""
#endif

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

/* ---- The client API ---- */

/* The addresses of the only instance. */
static ai_u8 *network_activations[AI_NETWORK_DATA_ACTIVATIONS_COUNT];
static ai_u8 *network_weights[AI_NETWORK_DATA_WEIGHTS_COUNT];
static ai_u8 *network_inputs[AI_NETWORK_IN_NUM];
static ai_u8 *network_outputs[AI_NETWORK_OUT_NUM];

static ai_shape_dimension network_input_1_shape[] = {1, 2, 3, 4};
static const ai_float network_input_1_intq_scale[] = {0.5f};
static const ai_i8 network_input_1_intq_zero[] = {-3};
static const ai_intq_info network_input_1_intq_info = {.scale = network_input_1_intq_scale, .zeropoint = (ai_handle)network_input_1_intq_zero};
static const ai_intq_info_list network_input_1_intq = {.flags = AI_BUFFER_META_FLAG_SCALE_FLOAT | AI_BUFFER_META_FLAG_ZEROPOINT_S8, .size = 1,
  .info = &network_input_1_intq_info};
static ai_buffer_meta_info network_input_1_meta = {.flags = AI_BUFFER_META_HAS_INTQ_INFO, .intq_info = (ai_intq_info_list *)&network_input_1_intq};
static ai_buffer network_input_buffers[] = {
  {.format = AI_BUFFER_FORMAT_S8, .meta_info = &network_input_1_meta, .size = 24, .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = network_input_1_shape}},
};
static const nn_place network_input_places[] = {{0, 60}};

static ai_shape_dimension network_output_1_shape[] = {1, 2, 3, 4};
static const ai_float network_output_1_intq_scale[] = {0.5f};
static const ai_i8 network_output_1_intq_zero[] = {-3};
static const ai_intq_info network_output_1_intq_info = {.scale = network_output_1_intq_scale, .zeropoint = (ai_handle)network_output_1_intq_zero};
static const ai_intq_info_list network_output_1_intq = {.flags = AI_BUFFER_META_FLAG_SCALE_FLOAT | AI_BUFFER_META_FLAG_ZEROPOINT_S8, .size = 1,
  .info = &network_output_1_intq_info};
static ai_buffer_meta_info network_output_1_meta = {.flags = AI_BUFFER_META_HAS_INTQ_INFO, .intq_info = (ai_intq_info_list *)&network_output_1_intq};
static ai_buffer network_output_buffers[] = {
  {.format = AI_BUFFER_FORMAT_S8, .meta_info = &network_output_1_meta, .size = 24, .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = network_output_1_shape}},
};
static const nn_place network_output_places[] = {{0, 84}};

/* The tensors of each c-node, for observers (ai_platform_interface.h). */
#ifndef NN_NO_OBSERVER
static const ai_shape_dimension network_shape_0[] = {1, 2, 3, 4};
static const ai_float network_intq_0_scale[] = {0.5f};
static const ai_i8 network_intq_0_zero[] = {-3};
static const ai_intq_info network_intq_0_info = {.scale = network_intq_0_scale, .zeropoint = (ai_handle)network_intq_0_zero};
static const ai_intq_info_list network_intq_0 = {.flags = AI_BUFFER_META_FLAG_SCALE_FLOAT | AI_BUFFER_META_FLAG_ZEROPOINT_S8, .size = 1,
  .info = &network_intq_0_info};
static const ai_tensor input_output_tensor = {
  .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = (ai_shape_dimension *)network_shape_0},
  .format = AI_BUFFER_FORMAT_S8, .size = 24, .intq = &network_intq_0, .base = &network_inputs[0], .offset = 0
};
static const ai_tensor pool_0_output_tensor = {
  .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = (ai_shape_dimension *)network_shape_0},
  .format = AI_BUFFER_FORMAT_S8, .size = 24, .intq = &network_intq_0, .base = &network_activations[0], .offset = 0
};
static const ai_tensor conv2d_1_output_tensor = {
  .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = (ai_shape_dimension *)network_shape_0},
  .format = AI_BUFFER_FORMAT_S8, .size = 24, .intq = &network_intq_0, .base = &network_activations[0], .offset = 24
};
static const ai_tensor copy_2_output_tensor = {
  .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = (ai_shape_dimension *)network_shape_0},
  .format = AI_BUFFER_FORMAT_S8, .size = 24, .intq = &network_intq_0, .base = &network_outputs[0], .offset = 0
};
static ai_tensor *const network_observed_0[] = {(ai_tensor *)&input_output_tensor};
static ai_tensor *const network_observed_1[] = {(ai_tensor *)&pool_0_output_tensor};
static ai_tensor *const network_observed_2[] = {(ai_tensor *)&conv2d_1_output_tensor};
static ai_tensor *const network_observed_3[] = {(ai_tensor *)&copy_2_output_tensor};
static const ai_tensor_list pool_0_lists[2] = {{.size = 1, .tensor = network_observed_0}, {.size = 1, .tensor = network_observed_1}};
static const ai_tensor_chain pool_0_chain = {.size = 2, .chain = (ai_tensor_list *)pool_0_lists};
static const ai_tensor_list conv2d_1_lists[2] = {{.size = 1, .tensor = network_observed_1}, {.size = 1, .tensor = network_observed_2}};
static const ai_tensor_chain conv2d_1_chain = {.size = 2, .chain = (ai_tensor_list *)conv2d_1_lists};
static const ai_tensor_list copy_2_lists[2] = {{.size = 1, .tensor = network_observed_2}, {.size = 1, .tensor = network_observed_3}};
static const ai_tensor_chain copy_2_chain = {.size = 2, .chain = (ai_tensor_list *)copy_2_lists};
static const ai_observer_node network_nodes[] = {
  {.c_idx = 0, .type = 0x10b, .id = 0, .tensors = &pool_0_chain},
  {.c_idx = 1, .type = 0x103, .id = 1, .tensors = &conv2d_1_chain},
  {.c_idx = 2, .type = 0x100, .id = 2, .tensors = &copy_2_chain},
};
#endif

static const nn_legacy_info network_info = {
  .model_name = AI_NETWORK_MODEL_NAME,
  .model_signature = AI_NETWORK_MODEL_SIGNATURE,
  .model_datetime = "2026-11-22T10:00:00+0000",
  .compile_datetime = __DATE__ " " __TIME__,
  .tool_revision = AI_TOOLS_REVISION_ID,
  .tool_version = {AI_TOOLS_VERSION_MAJOR, AI_TOOLS_VERSION_MINOR, AI_TOOLS_VERSION_MICRO, 0},
  .tool_api_version = {AI_TOOLS_API_VERSION_MAJOR, AI_TOOLS_API_VERSION_MINOR, AI_TOOLS_API_VERSION_MICRO, 0},
  .api_version = {AI_PLATFORM_API_MAJOR, AI_PLATFORM_API_MINOR, AI_PLATFORM_API_MICRO, 0},
  .n_macc = 30U,
  .signature = 0xfea12e3U,
  .n_nodes = AI_NETWORK_N_NODES,
  .n_inputs = AI_NETWORK_IN_NUM,
  .n_outputs = AI_NETWORK_OUT_NUM,
  .n_activations = AI_NETWORK_DATA_ACTIVATIONS_COUNT,
  .n_weights = AI_NETWORK_DATA_WEIGHTS_COUNT,
  .input_places = network_input_places,
  .output_places = network_output_places,
  .data_params_get = ai_network_data_params_get,
  .map_weights = g_network_data_map_weights,
  .map_activations = g_network_data_map_activations,
  .weights_table = g_network_weights_table,
  .activations_table = g_network_activations_table,
  .run = network_run_nodes,
#ifndef NN_NO_OBSERVER
  .nodes = network_nodes
#endif
};

static nn_legacy_network network_instance = {
  .info = &network_info,
  .activations = network_activations,
  .weights = network_weights,
  .input_addresses = network_inputs,
  .output_addresses = network_outputs,
  .inputs = network_input_buffers,
  .outputs = network_output_buffers
};

AI_API_ENTRY ai_bool ai_network_get_info(ai_handle network, ai_network_report *report)
{
  return nn_legacy_get_report(&network_instance, network, report);
}

AI_API_ENTRY ai_bool ai_network_get_report(ai_handle network, ai_network_report *report)
{
  return nn_legacy_get_report(&network_instance, network, report);
}

AI_API_ENTRY ai_error ai_network_get_error(ai_handle network)
{
  return nn_legacy_get_error(&network_instance, network);
}

AI_API_ENTRY ai_error ai_network_create(ai_handle *network, const ai_buffer *network_config)
{
  (void)network_config;
  return nn_legacy_create(&network_instance, network);
}

AI_API_ENTRY ai_handle ai_network_destroy(ai_handle network)
{
  return nn_legacy_destroy(&network_instance, network);
}

AI_API_ENTRY ai_bool ai_network_init(ai_handle network, const ai_network_params *params)
{
  return nn_legacy_init(&network_instance, network, params);
}

AI_API_ENTRY ai_error ai_network_create_and_init(ai_handle *network, const ai_handle activations[], const ai_handle weights[])
{
  return nn_legacy_create_and_init(&network_instance, network, activations, weights);
}

AI_API_ENTRY ai_buffer *ai_network_inputs_get(ai_handle network, ai_u16 *n_buffer)
{
  return nn_legacy_inputs_get(&network_instance, network, n_buffer);
}

AI_API_ENTRY ai_buffer *ai_network_outputs_get(ai_handle network, ai_u16 *n_buffer)
{
  return nn_legacy_outputs_get(&network_instance, network, n_buffer);
}

AI_API_ENTRY ai_i32 ai_network_run(ai_handle network, const ai_buffer *input, ai_buffer *output)
{
  return nn_legacy_run(&network_instance, network, input, output);
}

AI_API_ENTRY ai_i32 ai_network_forward(ai_handle network, const ai_buffer *input)
{
  return nn_legacy_run(&network_instance, network, input, NULL);
}
