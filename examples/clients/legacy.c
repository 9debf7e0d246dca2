/* The legacy API in its present style: create_and_init, inputs_get, run. */
#include "network.h"
#include "network_data.h"

#include "pattern.h"

AI_ALIGNED(32) static ai_u8 activations[AI_NETWORK_DATA_ACTIVATIONS_SIZE];
#ifndef AI_NETWORK_INPUTS_IN_ACTIVATIONS
AI_ALIGNED(4) static ai_u8 own_input[AI_NETWORK_IN_1_SIZE_BYTES];
#endif
#ifndef AI_NETWORK_OUTPUTS_IN_ACTIVATIONS
AI_ALIGNED(4) static ai_u8 own_output[AI_NETWORK_OUT_1_SIZE_BYTES];
#endif

int main(void)
{
  ai_handle network = AI_HANDLE_NULL;
  const ai_handle segments[] = {activations};
  ai_error error = ai_network_create_and_init(&network, segments, NULL);
  if (error.type != AI_ERROR_NONE) {
    printf("create: type 0x%02x code 0x%x\n", (unsigned)error.type, (unsigned)error.code);
    return 1;
  }
  ai_u16 n_inputs = 0, n_outputs = 0;
  ai_buffer *inputs = ai_network_inputs_get(network, &n_inputs);
  ai_buffer *outputs = ai_network_outputs_get(network, &n_outputs);
#ifndef AI_NETWORK_INPUTS_IN_ACTIVATIONS
  inputs[0].data = AI_HANDLE_PTR(own_input);
#endif
#ifndef AI_NETWORK_OUTPUTS_IN_ACTIVATIONS
  outputs[0].data = AI_HANDLE_PTR(own_output);
#endif
  for (ai_u16 i = 0; i < n_inputs; ++i) {
    fill_pattern(inputs[i].data, AI_BUFFER_SIZE(&inputs[i]), AI_BUFFER_FMT_GET_TYPE(AI_BUFFER_FORMAT(&inputs[i])) == AI_BUFFER_FMT_TYPE_FLOAT);
  }
  if (ai_network_run(network, inputs, outputs) != 1) {
    error = ai_network_get_error(network);
    printf("run: type 0x%02x code 0x%x\n", (unsigned)error.type, (unsigned)error.code);
    return 1;
  }
  for (ai_u16 i = 0; i < n_outputs; ++i) {
    print_bytes("output", i, outputs[i].data, AI_BUFFER_BYTE_SIZE(AI_BUFFER_SIZE(&outputs[i]), outputs[i].format));
  }
  ai_network_report report;
  if (!ai_network_get_report(network, &report)) return 1;
  fprintf(stderr, "%s (%s): %d macc, %d nodes, runtime %d.%d.%d\n", report.model_name, report.model_signature, (int)report.n_macc,
          (int)report.n_nodes, report.runtime_version.major, report.runtime_version.minor, report.runtime_version.micro);
  return ai_network_destroy(network) == AI_HANDLE_NULL ? 0 : 1;
}
