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
#include "nn_binary.h"
#include "nn_conv2d.h"
#include "nn_dense.h"
#include "nn_dwconv2d.h"
#include "nn_pool2d.h"
#include "nn_softmax.h"

#include <math.h>

/* ---- The c-nodes ---- */
/* conv2d_0: Conv2D, m_id [0], layer "digits_1/stem_1/Relu;digits_1/stem_1/BiasAdd;digits_1/stem_1/convolution;digits_1/stem_1/Squeeze1"
 *   input   float32[1x16x16x1]  serving_default_pixels_0_output  "serving_default_pixels:0"
 *   weights float32[16x3x3x1]  conv2d_0_weights
 *   weights float32[16]  conv2d_0_bias
 *   output  float32[1x8x8x16]  conv2d_0_output  "digits_1/stem_1/Relu;digits_1/stem_1/BiasAdd;digits_1/stem_1/convolution;digits_1/stem_1/Squeeze1"
 */
static const nn_conv2d_f32_params conv2d_0_params = {
  .in_width = 16, .in_channels = 1, .in_pitch = 1, .out_width = 8,
  .out_channels = 16, .out_pitch = 16, .kernel_h = 3, .kernel_w = 3,
  .stride_w = 2, .dilation_w = 1, .pad_left = 0, .groups = 1,
  .clamp_min = 0.0f, .clamp_max = INFINITY
};
static void conv2d_0_layer(const nn_buffers *net)
{
  const uint8_t *const serving_default_pixels_0_output_array = net->inputs[0];
  const float *const conv2d_0_weights_array = (const float *)(net->weights[0]);
  const float *const conv2d_0_bias_array = (const float *)(net->weights[0] + 576);
  uint8_t *const conv2d_0_output_array = net->activations[0] + 1024;
  for (int32_t y = 0; y < 8; ++y) {
    const float *rows[3];
    for (int32_t k = 0; k < 3; ++k) rows[k] = nn_row(serving_default_pixels_0_output_array, 2 * y + k, 16, 64, NULL);
    nn_conv2d_f32_row(&conv2d_0_params, rows, conv2d_0_weights_array, conv2d_0_bias_array, (float *)(conv2d_0_output_array + y * 512));
  }
}

/* stream_0: Streamed, m_id [1, 2, 3]
 *   One row at a time; an intermediate keeps only the rows that are still to be read.
 *   step    conv2d_1: Conv2D, layer "digits_1/depthwise_1_1/Relu;digits_1/depthwise_1_1/BiasAdd;digits_1/depthwise_1_1/depthwise;digits_1/depthwise_1_1/Squeeze1"; ring of 1 row of 8
 *   step    conv2d_2: Conv2D, layer "digits_1/pointwise_1_1/Relu;digits_1/pointwise_1_1/BiasAdd;digits_1/pointwise_1_1/convolution;digits_1/pointwise_1_1/Squeeze1"
 *   step    eltwise_3: Eltwise/add, layer "digits_1/add_1_1/Add"
 *   input   float32[1x8x8x16]  conv2d_0_output  "digits_1/stem_1/Relu;digits_1/stem_1/BiasAdd;digits_1/stem_1/convolution;digits_1/stem_1/Squeeze1"
 *   output  float32[1x8x8x16]  eltwise_3_output  "digits_1/add_1_1/Add"
 */
static const nn_dwconv2d_f32_params conv2d_1_params = {
  .in_width = 8, .in_channels = 16, .in_pitch = 16, .out_width = 8,
  .out_pitch = 16, .kernel_h = 3, .kernel_w = 3, .stride_w = 1,
  .dilation_w = 1, .pad_left = 1, .clamp_min = 0.0f, .clamp_max = INFINITY
};
static const nn_conv2d_f32_params conv2d_2_params = {
  .in_width = 8, .in_channels = 16, .in_pitch = 16, .out_width = 8,
  .out_channels = 16, .out_pitch = 16, .kernel_h = 1, .kernel_w = 1,
  .stride_w = 1, .dilation_w = 1, .pad_left = 0, .groups = 1,
  .clamp_min = 0.0f, .clamp_max = INFINITY
};
static const nn_binary_f32_params eltwise_3_params = {
  .clamps = 0, .low = -INFINITY, .high = INFINITY, .shape.rank = 1,
  .shape.size = {128}, .shape.a_stride = {1}, .shape.b_stride = {1}
};
static void stream_0_layer(const nn_buffers *net)
{
  const uint8_t *const conv2d_0_output_array = net->activations[0] + 1024;
  const float *const conv2d_1_weights_array = (const float *)(net->weights[0] + 640);
  const float *const conv2d_1_bias_array = (const float *)(net->weights[0] + 1216);
  uint8_t *const conv2d_1_output_array = net->activations[0];
  const uint8_t *const conv2d_1_output_array_2 = net->activations[0];
  const float *const conv2d_2_weights_array = (const float *)(net->weights[0] + 1280);
  const float *const conv2d_2_bias_array = (const float *)(net->weights[0] + 2304);
  uint8_t *const conv2d_2_output_array = net->activations[0] + 512;
  const uint8_t *const conv2d_2_output_array_2 = net->activations[0] + 512;
  for (int32_t t = 0; t < 8; ++t) {
    { /* conv2d_1: row y at tick y */
      const int32_t y = t;
      if (nn_row_inside(y, 8)) {
        const float *rows[3];
        for (int32_t k = 0; k < 3; ++k) rows[k] = nn_row(conv2d_0_output_array, y + k - 1, 8, 512, NULL);
        nn_dwconv2d_f32_row(&conv2d_1_params, rows, conv2d_1_weights_array, conv2d_1_bias_array, (float *)(conv2d_1_output_array));
      }
    }
    { /* conv2d_2: row y at tick y */
      const int32_t y = t;
      if (nn_row_inside(y, 8)) {
        const float *rows[1];
        for (int32_t k = 0; k < 1; ++k) rows[k] = (const float *)(conv2d_1_output_array_2);
        nn_conv2d_f32_row(&conv2d_2_params, rows, conv2d_2_weights_array, conv2d_2_bias_array, (float *)(conv2d_2_output_array + y * 512));
      }
    }
    { /* eltwise_3: row y at tick y */
      const int32_t y = t;
      if (nn_row_inside(y, 8)) {
        nn_add_f32(&eltwise_3_params, (const float *)(conv2d_2_output_array_2 + y * 512), (const float *)(conv2d_0_output_array + y * 512),
                   (float *)(conv2d_2_output_array + y * 512));
      }
    }
  }
}

/* stream_1: Streamed, m_id [4, 5, 6]
 *   One row at a time; an intermediate keeps only the rows that are still to be read.
 *   step    conv2d_4: Conv2D, layer "digits_1/depthwise_2_1/Relu;digits_1/depthwise_2_1/BiasAdd;digits_1/depthwise_2_1/depthwise;digits_1/depthwise_2_1/Squeeze1"; ring of 1 row of 8
 *   step    conv2d_5: Conv2D, layer "digits_1/pointwise_2_1/Relu;digits_1/pointwise_2_1/BiasAdd;digits_1/pointwise_2_1/convolution;digits_1/pointwise_2_1/Squeeze1"
 *   step    eltwise_6: Eltwise/add, layer "digits_1/add_2_1/Add"
 *   input   float32[1x8x8x16]  eltwise_3_output  "digits_1/add_1_1/Add"
 *   output  float32[1x8x8x16]  eltwise_6_output  "digits_1/add_2_1/Add"
 */
static void stream_1_layer(const nn_buffers *net)
{
  const uint8_t *const eltwise_3_output_array = net->activations[0] + 512;
  const float *const conv2d_4_weights_array = (const float *)(net->weights[0] + 2368);
  const float *const conv2d_4_bias_array = (const float *)(net->weights[0] + 2944);
  uint8_t *const conv2d_4_output_array = net->activations[0] + 4608;
  const uint8_t *const conv2d_4_output_array_2 = net->activations[0] + 4608;
  const float *const conv2d_5_weights_array = (const float *)(net->weights[0] + 3008);
  const float *const conv2d_5_bias_array = (const float *)(net->weights[0] + 4032);
  uint8_t *const conv2d_5_output_array = net->activations[0];
  const uint8_t *const conv2d_5_output_array_2 = net->activations[0];
  for (int32_t t = 0; t < 8; ++t) {
    { /* conv2d_4: row y at tick y */
      const int32_t y = t;
      if (nn_row_inside(y, 8)) {
        const float *rows[3];
        for (int32_t k = 0; k < 3; ++k) rows[k] = nn_row(eltwise_3_output_array, y + k - 1, 8, 512, NULL);
        nn_dwconv2d_f32_row(&conv2d_1_params, rows, conv2d_4_weights_array, conv2d_4_bias_array, (float *)(conv2d_4_output_array));
      }
    }
    { /* conv2d_5: row y at tick y */
      const int32_t y = t;
      if (nn_row_inside(y, 8)) {
        const float *rows[1];
        for (int32_t k = 0; k < 1; ++k) rows[k] = (const float *)(conv2d_4_output_array_2);
        nn_conv2d_f32_row(&conv2d_2_params, rows, conv2d_5_weights_array, conv2d_5_bias_array, (float *)(conv2d_5_output_array + y * 512));
      }
    }
    { /* eltwise_6: row y at tick y */
      const int32_t y = t;
      if (nn_row_inside(y, 8)) {
        nn_add_f32(&eltwise_3_params, (const float *)(conv2d_5_output_array_2 + y * 512), (const float *)(eltwise_3_output_array + y * 512),
                   (float *)(conv2d_5_output_array + y * 512));
      }
    }
  }
}

/* conv2d_7: Conv2D, m_id [7], layer "digits_1/conv_1/Relu;digits_1/conv_1/BiasAdd;digits_1/conv_1/convolution;digits_1/conv_1/Squeeze1"
 *   input   float32[1x8x8x16]  eltwise_6_output  "digits_1/add_2_1/Add"
 *   weights float32[32x3x3x16]  conv2d_7_weights
 *   weights float32[32]  conv2d_7_bias
 *   output  float32[1x4x4x32]  conv2d_7_output  "digits_1/conv_1/Relu;digits_1/conv_1/BiasAdd;digits_1/conv_1/convolution;digits_1/conv_1/Squeeze1"
 */
static const nn_conv2d_f32_params conv2d_7_params = {
  .in_width = 8, .in_channels = 16, .in_pitch = 16, .out_width = 4,
  .out_channels = 32, .out_pitch = 32, .kernel_h = 3, .kernel_w = 3,
  .stride_w = 2, .dilation_w = 1, .pad_left = 0, .groups = 1,
  .clamp_min = 0.0f, .clamp_max = INFINITY
};
static void conv2d_7_layer(const nn_buffers *net)
{
  const uint8_t *const eltwise_6_output_array = net->activations[0];
  const float *const conv2d_7_weights_array = (const float *)(net->weights[0] + 4096);
  const float *const conv2d_7_bias_array = (const float *)(net->weights[0] + 22528);
  uint8_t *const conv2d_7_output_array = net->activations[0] + 2560;
  for (int32_t y = 3; y >= 0; --y) {
    const float *rows[3];
    for (int32_t k = 0; k < 3; ++k) rows[k] = nn_row(eltwise_6_output_array, 2 * y + k, 8, 512, NULL);
    nn_conv2d_f32_row(&conv2d_7_params, rows, conv2d_7_weights_array, conv2d_7_bias_array, (float *)(conv2d_7_output_array + y * 512));
  }
}

/* pool_8: Pool, m_id [8], layer "digits_1/pool_1/AvgPool"
 *   input   float32[1x4x4x32]  conv2d_7_output  "digits_1/conv_1/Relu;digits_1/conv_1/BiasAdd;digits_1/conv_1/convolution;digits_1/conv_1/Squeeze1"
 *   output  float32[1x1x1x32]  pool_8_output  "digits_1/pool_1/AvgPool"
 */
static const nn_global_avgpool_f32_params pool_8_params = {
  .width = 4, .height = 4, .channels = 32, .in_pitch = 32,
  .clamp_min = -INFINITY, .clamp_max = INFINITY
};
static void pool_8_layer(const nn_buffers *net)
{
  const uint8_t *const conv2d_7_output_array = net->activations[0] + 2560;
  float *const pool_8_output_array = (float *)(net->activations[0] + 40);
  for (int32_t y = 0; y < 4; ++y) {
    nn_global_avgpool_f32_row(&pool_8_params, (const float *)(conv2d_7_output_array + y * 512), y, pool_8_output_array);
  }
}

/* dense_9: Dense, m_id [9], layer "digits_1/dense_1/MatMul;digits_1/dense_1/BiasAdd"
 *   input   float32[1x1x1x32]  pool_8_output  "digits_1/pool_1/AvgPool"
 *   weights float32[10x32]  dense_9_weights
 *   weights float32[10]  dense_9_bias
 *   output  float32[1x10]  dense_9_output  "digits_1/dense_1/MatMul;digits_1/dense_1/BiasAdd"
 */
static const nn_dense_f32_params dense_9_params = {
  .rows = 1, .in_channels = 32, .out_channels = 10, .clamp_min = -INFINITY,
  .clamp_max = INFINITY
};
static void dense_9_layer(const nn_buffers *net)
{
  const float *const pool_8_output_array = (const float *)(net->activations[0] + 40);
  const float *const dense_9_weights_array = (const float *)(net->weights[0] + 22656);
  const float *const dense_9_bias_array = (const float *)(net->weights[0] + 23936);
  float *const dense_9_output_array = (float *)(net->activations[0]);
  nn_dense_f32(&dense_9_params, pool_8_output_array, dense_9_weights_array, dense_9_bias_array, dense_9_output_array);
}

/* nl_10: Nonlinearity, m_id [10], layer "StatefulPartitionedCall_1:0"
 *   input   float32[1x10]  dense_9_output  "digits_1/dense_1/MatMul;digits_1/dense_1/BiasAdd"
 *   output  float32[1x10]  nl_10_output  "StatefulPartitionedCall_1:0"
 */
static const nn_softmax_f32_params nl_10_params = {
  .beta = 1.0f
};
static void nl_10_layer(const nn_buffers *net)
{
  const float *const dense_9_output_array = (const float *)(net->activations[0]);
  float *const nl_10_output_array = (float *)(net->outputs[0]);
  nn_softmax_f32(&nl_10_params, dense_9_output_array, nl_10_output_array, 1, 10);
}

/* ---- The run over all of them ---- */
static void network_run_nodes(const nn_buffers *net, const nn_listener *listener)
{
  nn_before(listener, 0);
  conv2d_0_layer(net);
  nn_after(listener, 0);
  nn_before(listener, 1);
  stream_0_layer(net);
  nn_after(listener, 1);
  nn_before(listener, 2);
  stream_1_layer(net);
  nn_after(listener, 2);
  nn_before(listener, 3);
  conv2d_7_layer(net);
  nn_after(listener, 3);
  nn_before(listener, 4);
  pool_8_layer(net);
  nn_after(listener, 4);
  nn_before(listener, 5);
  dense_9_layer(net);
  nn_after(listener, 5);
  nn_before(listener, 6);
  nl_10_layer(net);
  nn_after(listener, 6);
}

/* ---- What the events and get_info tell ---- */

static const nn_stai_slot conv2d_0_slots[] = {{2, 0}, {0, 1024}};
static const nn_stai_slot stream_0_slots[] = {{0, 1024}, {0, 512}};
static const nn_stai_slot stream_1_slots[] = {{0, 512}, {0, 0}};
static const nn_stai_slot conv2d_7_slots[] = {{0, 0}, {0, 2560}};
static const nn_stai_slot pool_8_slots[] = {{0, 2560}, {0, 40}};
static const nn_stai_slot dense_9_slots[] = {{0, 40}, {0, 0}};
static const nn_stai_slot nl_10_slots[] = {{0, 0}, {3, 0}};
static const nn_stai_node network_event_nodes[] = {
  {0, 1, 1, conv2d_0_slots},
  {1, 1, 1, stream_0_slots},
  {4, 1, 1, stream_1_slots},
  {7, 1, 1, conv2d_7_slots},
  {8, 1, 1, pool_8_slots},
  {9, 1, 1, dense_9_slots},
  {10, 1, 1, nl_10_slots},
};

static const int32_t network_input_1_shape[4] = {1, 16, 16, 1};
static const stai_tensor network_inputs[] = {
  {1024, STAI_NETWORK_IN_1_FLAGS, STAI_FORMAT_FLOAT32, {4, network_input_1_shape}, {0, NULL}, {0, NULL}, NULL},
};

static const int32_t network_output_1_shape[2] = {1, 10};
static const stai_tensor network_outputs[] = {
  {40, STAI_NETWORK_OUT_1_FLAGS, STAI_FORMAT_FLOAT32, {2, network_output_1_shape}, {0, NULL}, {0, NULL}, NULL},
};

static const int32_t network_activation_1_shape[1] = {5120};
static const stai_tensor network_activation_info[] = {
  {5120, STAI_NETWORK_ACTIVATION_1_FLAGS, STAI_FORMAT_U8, {1, network_activation_1_shape}, {0, NULL}, {0, NULL}, NULL},
};

static const int32_t network_weight_1_shape[1] = {23976};
static const stai_tensor network_weight_info[] = {
  {23976, STAI_NETWORK_WEIGHT_1_FLAGS, STAI_FORMAT_U8, {1, network_weight_1_shape}, {0, NULL}, {0, NULL}, NULL},
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
static const nn_place network_output_places[] = {{0, 0}};

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
