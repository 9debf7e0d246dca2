/* The legacy API in its old style: create, init with ai_network_params in each of its forms, own buffers in flash and RAM. */
#include "network.h"
#include "network_data.h"

#include <string.h>

#include "pattern.h"

AI_ALIGNED(32) static ai_u8 activations[AI_NETWORK_DATA_ACTIVATIONS_SIZE];
AI_ALIGNED(4) static ai_u8 input_data[AI_NETWORK_IN_1_SIZE_BYTES];
AI_ALIGNED(4) static ai_u8 output_data[AI_NETWORK_OUT_1_SIZE_BYTES];

static ai_handle network = AI_HANDLE_NULL;

static int infer(void)
{
  ai_buffer input[AI_NETWORK_IN_NUM], output[AI_NETWORK_OUT_NUM];
  memcpy(input, AI_NETWORK_IN, sizeof(input));
  memcpy(output, AI_NETWORK_OUT, sizeof(output));
  input[0].data = AI_HANDLE_PTR(input_data);
  output[0].data = AI_HANDLE_PTR(output_data);
  fill_pattern(input_data, AI_NETWORK_IN_1_SIZE, AI_NETWORK_IN_1_FORMAT == AI_BUFFER_FORMAT_FLOAT);
  memset(output_data, 0, sizeof(output_data));
  if (ai_network_run(network, input, output) != 1) {
    const ai_error error = ai_network_get_error(network);
    printf("run: type 0x%02x code 0x%x\n", (unsigned)error.type, (unsigned)error.code);
    return 1;
  }
  print_bytes("output", 0, output_data, AI_NETWORK_OUT_1_SIZE_BYTES);
  return 0;
}

int main(void)
{
  ai_error error = ai_network_create(&network, AI_NETWORK_DATA_CONFIG);
  if (error.type != AI_ERROR_NONE) return 1;

  /* an initialiser of two buffers; the weights as the table of their addresses */
  ai_network_params first = AI_NETWORK_PARAMS_INIT(AI_NETWORK_DATA_WEIGHTS(ai_network_data_weights_get()), AI_NETWORK_DATA_ACTIVATIONS(activations));
  if (!ai_network_init(network, &first) || infer() != 0) return 1;

  /* a plain list in braces; the weights as one block */
  const ai_buffer weights = AI_NETWORK_DATA_WEIGHTS(AI_NETWORK_DATA_WEIGHTS_TABLE_GET()[0]);
  const ai_buffer block = AI_NETWORK_DATA_ACTIVATIONS(activations);
  ai_network_params second = {{{weights, block}}};
  if (AI_NETWORK_DATA_WEIGHTS_COUNT == 1 && (!ai_network_init(network, &second) || infer() != 0)) return 1;

  /* a buffer per segment */
  ai_network_params third;
  if (!ai_network_data_params_get(&third)) return 1;
  if (!AI_BUFFER_ARRAY_ITEM_SET_ADDRESS(&third.map_activations, 0, activations)) return 1;
  if (!ai_network_init(network, &third) || infer() != 0) return 1;

  return ai_network_destroy(network) == AI_HANDLE_NULL ? 0 : 1;
}
