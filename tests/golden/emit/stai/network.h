/**
  ******************************************************************************
  * @file    network.h
  * @author  Edgewright
  * @date    2026-11-22T10:00:00+0000
  * @brief   The network's client API
  ******************************************************************************
  */
#ifndef STAI_NETWORK_H
#define STAI_NETWORK_H

#include "stai.h"
#include "stai_debug.h"

#define STAI_NETWORK_ORIGIN_MODEL_NAME "example"
#define STAI_NETWORK_ORIGIN_MODEL_SIGNATURE "0x00112233445566778899aabbccddeeff"
#define STAI_NETWORK_MODEL_NAME "network"
#define STAI_NETWORK_MODEL_SIGNATURE (0xfea12e3c8215dcb)
#define STAI_NETWORK_CONTEXT_ALIGNMENT (8)
#define STAI_NETWORK_CONTEXT_SIZE (sizeof(_stai_network_context))
#define STAI_NETWORK_FLAGS (STAI_FLAG_INPUTS|STAI_FLAG_OUTPUTS|STAI_FLAG_WEIGHTS)
#define STAI_NETWORK_NODES_NUM (3)
#define STAI_NETWORK_MACC_NUM (30)

#define STAI_NETWORK_IN_NUM (1)
#define STAI_NETWORK_IN_SIZE_BYTES (28)
#define STAI_NETWORK_IN_ALIGNMENTS { 4}
#define STAI_NETWORK_IN_NAMES { NULL}
#define STAI_NETWORK_IN_FORMATS { STAI_FORMAT_S8}
#define STAI_NETWORK_IN_SIZES {24}
#define STAI_NETWORK_IN_SIZES_BYTES {24}
#define STAI_NETWORK_IN_1_ALIGNMENT (4)
#define STAI_NETWORK_IN_1_NAME (NULL)
#define STAI_NETWORK_IN_1_FLAGS (STAI_FLAG_INPUTS|STAI_FLAG_PREALLOCATED|STAI_FLAG_CHANNEL_LAST|STAI_FLAG_HAS_BATCH)
#define STAI_NETWORK_IN_1_FORMAT (STAI_FORMAT_S8)
#define STAI_NETWORK_IN_1_SHAPE {1,4,3,2}
#define STAI_NETWORK_IN_1_BATCH (1)
#define STAI_NETWORK_IN_1_CHANNEL (2)
#define STAI_NETWORK_IN_1_HEIGHT (4)
#define STAI_NETWORK_IN_1_WIDTH (3)
#define STAI_NETWORK_IN_1_RANK (3)
#define STAI_NETWORK_IN_1_SIZE (24)
#define STAI_NETWORK_IN_1_SIZE_BYTES (24)
#define STAI_NETWORK_IN_1_SCALE (0.5f)
#define STAI_NETWORK_IN_1_ZERO_POINT (-3)

#define STAI_NETWORK_OUT_NUM (1)
#define STAI_NETWORK_OUT_SIZE_BYTES (28)
#define STAI_NETWORK_OUT_ALIGNMENTS { 4}
#define STAI_NETWORK_OUT_NAMES { NULL}
#define STAI_NETWORK_OUT_FORMATS { STAI_FORMAT_S8}
#define STAI_NETWORK_OUT_SIZES {24}
#define STAI_NETWORK_OUT_SIZES_BYTES {24}
#define STAI_NETWORK_OUT_1_ALIGNMENT (4)
#define STAI_NETWORK_OUT_1_NAME (NULL)
#define STAI_NETWORK_OUT_1_FLAGS (STAI_FLAG_OUTPUTS|STAI_FLAG_PREALLOCATED|STAI_FLAG_CHANNEL_LAST|STAI_FLAG_HAS_BATCH)
#define STAI_NETWORK_OUT_1_FORMAT (STAI_FORMAT_S8)
#define STAI_NETWORK_OUT_1_SHAPE {1,4,3,2}
#define STAI_NETWORK_OUT_1_BATCH (1)
#define STAI_NETWORK_OUT_1_CHANNEL (2)
#define STAI_NETWORK_OUT_1_HEIGHT (4)
#define STAI_NETWORK_OUT_1_WIDTH (3)
#define STAI_NETWORK_OUT_1_RANK (3)
#define STAI_NETWORK_OUT_1_SIZE (24)
#define STAI_NETWORK_OUT_1_SIZE_BYTES (24)
#define STAI_NETWORK_OUT_1_SCALE (0.5f)
#define STAI_NETWORK_OUT_1_ZERO_POINT (-3)

#define STAI_NETWORK_ACTIVATIONS_SIZE (108)
#define STAI_NETWORK_ACTIVATIONS_SIZE_BYTES (108)
#define STAI_NETWORK_ACTIVATIONS_ALIGNMENTS { 4}
#define STAI_NETWORK_ACTIVATIONS_SIZES { 108}
#define STAI_NETWORK_ACTIVATIONS_NUM (1)
#define STAI_NETWORK_ACTIVATION_1_FLAGS (STAI_FLAG_ACTIVATIONS)
#define STAI_NETWORK_ACTIVATION_1_SIZE (108)
#define STAI_NETWORK_ACTIVATION_1_SIZE_BYTES (108)
#define STAI_NETWORK_ACTIVATION_1_ALIGNMENT (4)

#define STAI_NETWORK_WEIGHTS_SIZE (32)
#define STAI_NETWORK_WEIGHTS_SIZE_BYTES (32)
#define STAI_NETWORK_WEIGHTS_ALIGNMENTS { 4}
#define STAI_NETWORK_WEIGHTS_SIZES { 32}
#define STAI_NETWORK_WEIGHTS_NUM (1)
#define STAI_NETWORK_WEIGHT_1_FLAGS ((STAI_FLAG_PREALLOCATED))
#define STAI_NETWORK_WEIGHT_1_SIZE (32)
#define STAI_NETWORK_WEIGHT_1_SIZE_BYTES (32)

#define STAI_NETWORK_STATES_SIZE (0)
#define STAI_NETWORK_STATES_SIZE_BYTES (0)
#define STAI_NETWORK_STATES_ALIGNMENTS {}
#define STAI_NETWORK_STATES_SIZES { 0, }
#define STAI_NETWORK_STATES_NUM (0)
#define STAI_NETWORK_STATE_1_FLAGS (0x0)
#define STAI_NETWORK_STATE_1_ALIGNMENT (4)
#define STAI_NETWORK_STATE_1_SIZE (0)
#define STAI_NETWORK_STATE_1_SIZE_BYTES (0)

STAI_API_DECLARE_BEGIN

/* Private: only its size is for clients. */
typedef struct {
  uint32_t magic;
  uint64_t signature;
  stai_flags flags;
  stai_return_code error;
  stai_event_cb callback;
  void *cookie;
  stai_ptr activations[STAI_NETWORK_ACTIVATIONS_NUM];
  stai_ptr weights[STAI_NETWORK_WEIGHTS_NUM];
  stai_ptr inputs[STAI_NETWORK_IN_NUM];
  stai_ptr outputs[STAI_NETWORK_OUT_NUM];
} _stai_network_context;

/* The context is given its defaults; a kept error is forgotten. */
STAI_API_ENTRY stai_return_code stai_network_init(stai_network *network);
STAI_API_ENTRY stai_return_code stai_network_deinit(stai_network *network);

/* One inference; returns when it is done, in either mode. */
STAI_API_ENTRY stai_return_code stai_network_run(stai_network *network, const stai_run_mode mode);

STAI_API_ENTRY stai_size stai_network_get_context_size(void);
STAI_API_ENTRY stai_return_code stai_network_get_info(stai_network *network, stai_network_info *info);

/* The addresses; an array of NULL asks for their number only. */
STAI_API_ENTRY stai_return_code stai_network_get_activations(stai_network *network, stai_ptr *activations, stai_size *n_activations);
STAI_API_ENTRY stai_return_code stai_network_get_weights(stai_network *network, stai_ptr *weights, stai_size *n_weights);
STAI_API_ENTRY stai_return_code stai_network_get_inputs(stai_network *network, stai_ptr *inputs, stai_size *n_inputs);
STAI_API_ENTRY stai_return_code stai_network_get_outputs(stai_network *network, stai_ptr *outputs, stai_size *n_outputs);
STAI_API_ENTRY stai_return_code stai_network_get_states(stai_network *network, stai_ptr *states, stai_size *n_states);

/* The first error since init; it stays. */
STAI_API_ENTRY stai_return_code stai_network_get_error(stai_network *network);

/* New addresses. Those of the activations also place the inputs and outputs that live in them. */
STAI_API_ENTRY stai_return_code stai_network_set_activations(stai_network *network, const stai_ptr *activations, const stai_size n_activations);
STAI_API_ENTRY stai_return_code stai_network_set_weights(stai_network *network, const stai_ptr *weights, const stai_size n_weights);
STAI_API_ENTRY stai_return_code stai_network_set_inputs(stai_network *network, const stai_ptr *inputs, const stai_size n_inputs);
STAI_API_ENTRY stai_return_code stai_network_set_outputs(stai_network *network, const stai_ptr *outputs, const stai_size n_outputs);
STAI_API_ENTRY stai_return_code stai_network_set_states(stai_network *network, const stai_ptr *states, const stai_size n_states);

/* Called before and after each node (stai_events.h); NULL: no longer. */
STAI_API_ENTRY stai_return_code stai_network_set_callback(stai_network *network, const stai_event_cb cb, void *cb_cookie);

STAI_API_DECLARE_END

#endif
