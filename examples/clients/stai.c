/* The st-ai API, with events of each node. */
#include "network.h"
#include "network_data.h"
#include "stai_events.h"

#include "pattern.h"

STAI_NETWORK_CONTEXT_DECLARE(network, STAI_NETWORK_CONTEXT_SIZE)
STAI_ALIGNED(32) static uint8_t activations[STAI_NETWORK_ACTIVATIONS_SIZE_BYTES];
STAI_ALIGNED(4) static uint8_t own_input[STAI_NETWORK_IN_SIZE_BYTES], own_output[STAI_NETWORK_OUT_SIZE_BYTES];

static void on_event(void *cookie, const stai_event_type type, const void *payload)
{
  const stai_event_node_start_stop *event = payload;
  int *counts = cookie;
  if (type == STAI_EVENT_NODE_START && event->buffers.size > 0) ++counts[0];
  if (type == STAI_EVENT_NODE_STOP && event->buffers.size > 0 && event->buffers.data[0] != NULL) ++counts[1];
}

static int check(const char *what, stai_return_code code)
{
  if (code != STAI_SUCCESS) printf("%s: %s\n", what, stai_get_return_code_name(code));
  return code != STAI_SUCCESS;
}

int main(void)
{
  stai_ptr segments[STAI_NETWORK_ACTIVATIONS_NUM] = {activations};
  stai_ptr inputs[STAI_NETWORK_IN_NUM], outputs[STAI_NETWORK_OUT_NUM];
  stai_size count = 0;
  int counts[2] = {0, 0};
  if (check("runtime", stai_runtime_init()) || check("init", stai_network_init(network))) return 1;
  if (check("activations", stai_network_set_activations(network, segments, STAI_NETWORK_ACTIVATIONS_NUM))) return 1;
#if !(STAI_NETWORK_FLAGS & STAI_FLAG_INPUTS)
  inputs[0] = own_input;
  if (check("inputs", stai_network_set_inputs(network, inputs, STAI_NETWORK_IN_NUM))) return 1;
#endif
#if !(STAI_NETWORK_FLAGS & STAI_FLAG_OUTPUTS)
  outputs[0] = own_output;
  if (check("outputs", stai_network_set_outputs(network, outputs, STAI_NETWORK_OUT_NUM))) return 1;
#endif
  if (check("inputs", stai_network_get_inputs(network, inputs, &count)) || count != STAI_NETWORK_IN_NUM) return 1;
  if (check("outputs", stai_network_get_outputs(network, outputs, &count)) || count != STAI_NETWORK_OUT_NUM) return 1;
  fill_pattern(inputs[0], STAI_NETWORK_IN_1_SIZE, STAI_NETWORK_IN_1_FORMAT == STAI_FORMAT_FLOAT32);
  if (check("callback", stai_network_set_callback(network, on_event, counts))) return 1;
  if (check("run", stai_network_run(network, STAI_MODE_SYNC))) return 1;
  print_bytes("output", 0, outputs[0], STAI_NETWORK_OUT_1_SIZE_BYTES);
  if (counts[0] != STAI_NETWORK_NODES_NUM || counts[1] != STAI_NETWORK_NODES_NUM) return 1;

  /* buffers of the client's own, whatever the network was made for */
  stai_ptr other_input[STAI_NETWORK_IN_NUM] = {own_input}, other_output[STAI_NETWORK_OUT_NUM] = {own_output};
  fill_pattern(own_input, STAI_NETWORK_IN_1_SIZE, STAI_NETWORK_IN_1_FORMAT == STAI_FORMAT_FLOAT32);
  if (check("inputs", stai_network_set_inputs(network, other_input, STAI_NETWORK_IN_NUM))) return 1;
  if (check("outputs", stai_network_set_outputs(network, other_output, STAI_NETWORK_OUT_NUM))) return 1;
  if (check("run", stai_network_run(network, STAI_MODE_SYNC))) return 1;
  print_bytes("output", 0, own_output, STAI_NETWORK_OUT_1_SIZE_BYTES);

  stai_network_info info;
  if (check("info", stai_network_get_info(network, &info))) return 1;
  fprintf(stderr, "%s: %d nodes, %d macc\n", info.c_model_name, (int)info.n_nodes, (int)info.n_macc);
  return check("deinit", stai_network_deinit(network));
}
