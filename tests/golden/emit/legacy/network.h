/**
  ******************************************************************************
  * @file    network.h
  * @author  Edgewright
  * @date    2026-11-22T10:00:00+0000
  * @brief   The network's client API
  ******************************************************************************
  */
#ifndef AI_NETWORK_H
#define AI_NETWORK_H

#include "network_config.h"
#include "ai_platform.h"

#define AI_NETWORK_MODEL_NAME "network"
#define AI_NETWORK_ORIGIN_MODEL_NAME "example"

#define AI_NETWORK_ACTIVATIONS_ALIGNMENT (4)
#define AI_NETWORK_INPUTS_IN_ACTIVATIONS (4)
#define AI_NETWORK_OUTPUTS_IN_ACTIVATIONS (4)

#define AI_NETWORK_IN_NUM (1)

#define AI_NETWORK_IN ai_network_inputs_get(AI_HANDLE_NULL, NULL)

#define AI_NETWORK_IN_SIZE { \
  AI_NETWORK_IN_1_SIZE, \
}
#define AI_NETWORK_IN_SIZE_BYTES { \
  AI_NETWORK_IN_1_SIZE_BYTES, \
}
#define AI_NETWORK_IN_1_FORMAT (AI_BUFFER_FORMAT_S8)
#define AI_NETWORK_IN_1_HEIGHT (4)
#define AI_NETWORK_IN_1_WIDTH (3)
#define AI_NETWORK_IN_1_CHANNEL (2)
#define AI_NETWORK_IN_1_SIZE (24)
#define AI_NETWORK_IN_1_SIZE_BYTES (24)

#define AI_NETWORK_OUT_NUM (1)

#define AI_NETWORK_OUT ai_network_outputs_get(AI_HANDLE_NULL, NULL)

#define AI_NETWORK_OUT_SIZE { \
  AI_NETWORK_OUT_1_SIZE, \
}
#define AI_NETWORK_OUT_SIZE_BYTES { \
  AI_NETWORK_OUT_1_SIZE_BYTES, \
}
#define AI_NETWORK_OUT_1_FORMAT (AI_BUFFER_FORMAT_S8)
#define AI_NETWORK_OUT_1_HEIGHT (4)
#define AI_NETWORK_OUT_1_WIDTH (3)
#define AI_NETWORK_OUT_1_CHANNEL (2)
#define AI_NETWORK_OUT_1_SIZE (24)
#define AI_NETWORK_OUT_1_SIZE_BYTES (24)

#define AI_NETWORK_N_NODES (3)

AI_API_DECLARE_BEGIN

/* As get_report. */
AI_DEPRECATED
AI_API_ENTRY ai_bool ai_network_get_info(ai_handle network, ai_network_report *report);

/* What is known of the network; false on a wrong handle. */
AI_API_ENTRY ai_bool ai_network_get_report(ai_handle network, ai_network_report *report);

/* The first error since the last call. */
AI_API_ENTRY ai_error ai_network_get_error(ai_handle network);

/* The handle of the only instance. `network_config` is ignored: AI_NETWORK_DATA_CONFIG. */
AI_API_ENTRY ai_error ai_network_create(ai_handle *network, const ai_buffer *network_config);

/* AI_HANDLE_NULL on success. */
AI_API_ENTRY ai_handle ai_network_destroy(ai_handle network);

/* Gives the network its weights and activations, in either form of ai_network_params. False on an error: see get_error. */
AI_API_ENTRY ai_bool ai_network_init(ai_handle network, const ai_network_params *params);

/* Both in one: an address per segment; NULL keeps the default addresses. */
AI_API_ENTRY ai_error ai_network_create_and_init(ai_handle *network, const ai_handle activations[], const ai_handle weights[]);

/* The inputs' and outputs' descriptors. `n_buffer` may be NULL. */
AI_API_ENTRY ai_buffer *ai_network_inputs_get(ai_handle network, ai_u16 *n_buffer);
AI_API_ENTRY ai_buffer *ai_network_outputs_get(ai_handle network, ai_u16 *n_buffer);

/* Number of inferences done: 1; 0 on an error. forward leaves the outputs where outputs_get says. */
AI_API_ENTRY ai_i32 ai_network_run(ai_handle network, const ai_buffer *input, ai_buffer *output);
AI_API_ENTRY ai_i32 ai_network_forward(ai_handle network, const ai_buffer *input);

AI_API_DECLARE_END

#endif
