/* A network written by hand with the st-ai API, for the tests of the firmware and of its host side. Two inputs, two outputs:
 * output 1 = ReLU of input 1 (int8, 1x4x4x3, scale 0.5, zero point -3), output 2 = twice input 2 (float, 1x5). Three nodes: the second one
 * sums input 1 into one int32, as an inner tensor; when the sum is 1000 the run fails, so that tests can see a failing network. */
#ifndef STAI_NETWORK_H
#define STAI_NETWORK_H

#include "stai.h"

#define STAI_NETWORK_MODEL_NAME "network"
#define STAI_NETWORK_CONTEXT_SIZE (64)
#define STAI_NETWORK_FLAGS (STAI_FLAG_INPUTS | STAI_FLAG_WEIGHTS)
#define STAI_NETWORK_NODES_NUM (3)
#define STAI_NETWORK_IN_NUM (2)
#define STAI_NETWORK_IN_SIZE_BYTES (72)
#define STAI_NETWORK_OUT_NUM (2)
#define STAI_NETWORK_OUT_SIZE_BYTES (72)
#define STAI_NETWORK_ACTIVATIONS_NUM (1)
#define STAI_NETWORK_ACTIVATIONS_SIZE_BYTES (96)
#define STAI_NETWORK_STATES_NUM (0)
#define STAI_NETWORK_STATES_SIZE_BYTES (0)

STAI_API_DECLARE_BEGIN
stai_return_code stai_network_init(stai_network* network);
stai_return_code stai_network_run(stai_network* network, const stai_run_mode mode);
stai_return_code stai_network_get_info(stai_network* network, stai_network_info* info);
stai_return_code stai_network_get_inputs(stai_network* network, stai_ptr* inputs, stai_size* n_inputs);
stai_return_code stai_network_get_outputs(stai_network* network, stai_ptr* outputs, stai_size* n_outputs);
stai_return_code stai_network_set_activations(stai_network* network, const stai_ptr* activations, const stai_size n_activations);
stai_return_code stai_network_set_inputs(stai_network* network, const stai_ptr* inputs, const stai_size n_inputs);
stai_return_code stai_network_set_outputs(stai_network* network, const stai_ptr* outputs, const stai_size n_outputs);
stai_return_code stai_network_set_states(stai_network* network, const stai_ptr* states, const stai_size n_states);
stai_return_code stai_network_set_callback(stai_network* network, const stai_event_cb cb, void* cb_cookie);
STAI_API_DECLARE_END

#endif
