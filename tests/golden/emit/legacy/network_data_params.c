/**
  ******************************************************************************
  * @file    network_data_params.c
  * @author  Edgewright
  * @date    2026-11-22T10:00:00+0000
  * @brief   The weights and the tables of addresses
  ******************************************************************************
  */
#include "network_data_params.h"

#include "network_data.h"

AI_ALIGNED(32)
const ai_u64 s_network_weights_array_u64[4] = {
  0x40000U, 0xc00000400U, 0x21160b000000000cU, 0x63584d42372cU,
};

ai_handle g_network_activations_table[1 + AI_NETWORK_DATA_ACTIVATIONS_COUNT + 1] = {
  AI_HANDLE_PTR(AI_MAGIC_MARKER),
  AI_HANDLE_NULL,
  AI_HANDLE_PTR(AI_MAGIC_MARKER)
};

ai_handle g_network_weights_table[1 + AI_NETWORK_DATA_WEIGHTS_COUNT + 1] = {
  AI_HANDLE_PTR(AI_MAGIC_MARKER),
  AI_HANDLE_PTR(s_network_weights_array_u64),
  AI_HANDLE_PTR(AI_MAGIC_MARKER)
};
