/**
  ******************************************************************************
  * @file    network_data_params.h
  * @author  Edgewright
  * @date    2026-11-22T10:00:00+0000
  * @brief   Sizes of the activations and the weights
  ******************************************************************************
  */
#ifndef NETWORK_DATA_PARAMS_H
#define NETWORK_DATA_PARAMS_H

#include "ai_platform.h"

#define AI_NETWORK_DATA_CONFIG (NULL)

#define AI_NETWORK_DATA_ACTIVATIONS_SIZES \
  { 108, }
#define AI_NETWORK_DATA_ACTIVATIONS_SIZE (108)
#define AI_NETWORK_DATA_ACTIVATIONS_COUNT (1)
#define AI_NETWORK_DATA_ACTIVATION_1_SIZE (108)

#define AI_NETWORK_DATA_WEIGHTS_SIZES \
  { 32, }
#define AI_NETWORK_DATA_WEIGHTS_SIZE (32)
#define AI_NETWORK_DATA_WEIGHTS_COUNT (1)
#define AI_NETWORK_DATA_WEIGHT_1_SIZE (32)

AI_API_DECLARE_BEGIN

/* Addresses of the segments, between two markers. */
extern ai_handle g_network_activations_table[1 + AI_NETWORK_DATA_ACTIVATIONS_COUNT + 1];
extern ai_handle g_network_weights_table[1 + AI_NETWORK_DATA_WEIGHTS_COUNT + 1];

#define AI_NETWORK_DATA_ACTIVATIONS_TABLE_GET() (&g_network_activations_table[1])
#define AI_NETWORK_DATA_WEIGHTS_TABLE_GET() (&g_network_weights_table[1])

AI_API_DECLARE_END

#endif
