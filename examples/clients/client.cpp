// The legacy API from C++17.
#include "ai_datatypes_defines.h"
#include "network.h"
#include "network_data.h"

#include "pattern.h"

#include <algorithm>
#include <array>

namespace {

alignas(32) std::array<ai_u8, AI_NETWORK_DATA_ACTIVATIONS_SIZE> activations;

bool infer(ai_handle network) {
  ai_buffer* input = ai_network_inputs_get(network, nullptr);
  ai_buffer* output = ai_network_outputs_get(network, nullptr);
  fill_pattern(input->data, AI_NETWORK_IN_1_SIZE, AI_BUFFER_FORMAT(input) == AI_BUFFER_FORMAT_FLOAT);
  if (ai_network_run(network, input, output) != 1) return false;
  print_bytes("output", 0, output->data, AI_NETWORK_OUT_1_SIZE_BYTES);
  const ai_size sizes[] = AI_NETWORK_OUT_SIZE_BYTES;
  return sizes[0] == AI_NETWORK_OUT_1_SIZE_BYTES && AI_BUFFER_META_INFO_INTQ_GET_SIZE(AI_BUFFER_META_INFO(output)) <= 1;
}

}  // namespace

int main() {
  ai_handle network = AI_HANDLE_NULL;
  if (ai_network_create(&network, AI_NETWORK_DATA_CONFIG).type != AI_ERROR_NONE) return 1;
  const ai_buffer weights = AI_NETWORK_DATA_WEIGHTS(ai_network_data_weights_get());
  const ai_buffer block = AI_NETWORK_DATA_ACTIVATIONS(activations.data());
  const ai_network_params listed = {{{weights, block}}};
  if (!ai_network_init(network, &listed) || !infer(network)) return 1;
  const ai_network_params initialised = AI_NETWORK_PARAMS_INIT(weights, block);
  return ai_network_init(network, &initialised) && infer(network) ? 0 : 1;
}
