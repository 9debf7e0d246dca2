/**
  ******************************************************************************
  * @file    network_data.h
  * @author  Edgewright
  * @date    2026-11-22T10:00:00+0000
  * @brief   Access to the weights and the activations
  ******************************************************************************
  */
#ifndef NETWORK_DATA_H
#define NETWORK_DATA_H

#include "network_config.h"
#include "network_data_params.h"

AI_API_DECLARE_BEGIN

extern const ai_u64 s_network_weights_array_u64[4];

#define AI_NETWORK_DATA_ACTIVATIONS(ptr_) ai_network_data_activations_buffer_get(AI_HANDLE_PTR(ptr_))
#define AI_NETWORK_DATA_WEIGHTS(ptr_) ai_network_data_weights_buffer_get(AI_HANDLE_PTR(ptr_))

/* A buffer per segment. */
extern ai_buffer g_network_data_map_activations[AI_NETWORK_DATA_ACTIVATIONS_COUNT];
extern ai_buffer g_network_data_map_weights[AI_NETWORK_DATA_WEIGHTS_COUNT];

/* One buffer over all activations, all weights, that starts at `ptr`. */
AI_API_ENTRY ai_buffer ai_network_data_activations_buffer_get(const ai_handle ptr);
AI_API_ENTRY ai_buffer ai_network_data_weights_buffer_get(const ai_handle ptr);

/* The table of the weights' addresses. */
AI_API_ENTRY ai_handle ai_network_data_weights_get(void);

/* Fills `params` with a buffer per segment at its default address. False on NULL. */
AI_API_ENTRY ai_bool ai_network_data_params_get(ai_network_params *params);

AI_API_DECLARE_END

#endif
