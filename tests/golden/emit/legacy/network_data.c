/**
  ******************************************************************************
  * @file    network_data.c
  * @author  Edgewright
  * @date    2026-11-22T10:00:00+0000
  * @brief   Access to the weights and the activations
  ******************************************************************************
  */
#include "network_data.h"

#include "nn_legacy.h"

static ai_shape_dimension activations_shapes[AI_NETWORK_DATA_ACTIVATIONS_COUNT][4] = {{1, 108, 1, 1}};
static ai_shape_dimension weights_shapes[AI_NETWORK_DATA_WEIGHTS_COUNT][4] = {{1, 32, 1, 1}};

ai_buffer g_network_data_map_activations[AI_NETWORK_DATA_ACTIVATIONS_COUNT] = {
  /* memory pool: default */
  {.format = AI_BUFFER_FORMAT_U8, .size = 108,
   .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = activations_shapes[0]}},
};

ai_buffer g_network_data_map_weights[AI_NETWORK_DATA_WEIGHTS_COUNT] = {
  /* memory pool: default */
  {.format = AI_BUFFER_FORMAT_U8 | (ai_buffer_format)AI_BUFFER_FMT_FLAG_CONST, .size = 32,
   .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = weights_shapes[0]}},
};

static ai_buffer buffer_at(ai_handle ptr, ai_size bytes, ai_u32 flags, ai_shape_dimension *shape)
{
  const ai_buffer buffer = {
    .format = (ai_buffer_format)(AI_BUFFER_FORMAT_U8 | flags),
    .data = ptr,
    .size = bytes,
    .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = shape}
  };
  return buffer;
}

AI_API_ENTRY ai_buffer ai_network_data_activations_buffer_get(const ai_handle ptr)
{
  static ai_shape_dimension shape[4] = {1, AI_NETWORK_DATA_ACTIVATIONS_SIZE, 1, 1};
  return buffer_at(ptr, AI_NETWORK_DATA_ACTIVATIONS_SIZE, 0, shape);
}

AI_API_ENTRY ai_buffer ai_network_data_weights_buffer_get(const ai_handle ptr)
{
  static ai_shape_dimension shape[4] = {1, AI_NETWORK_DATA_WEIGHTS_SIZE, 1, 1};
  return buffer_at(ptr, AI_NETWORK_DATA_WEIGHTS_SIZE, AI_BUFFER_FMT_FLAG_CONST, shape);
}

AI_API_ENTRY ai_handle ai_network_data_weights_get(void)
{
  return AI_HANDLE_PTR(g_network_weights_table);
}

AI_API_ENTRY ai_bool ai_network_data_params_get(ai_network_params *params)
{
  return nn_legacy_data_params(params, g_network_data_map_weights, AI_NETWORK_DATA_WEIGHTS_COUNT, g_network_weights_table,
                               g_network_data_map_activations, AI_NETWORK_DATA_ACTIVATIONS_COUNT, g_network_activations_table);
}
