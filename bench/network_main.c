/* One inference of a generated network (st-ai API, name "network") on a virtual board: prints the instructions and the FNV-1a hash of the output.
 * Input bytes: the top 8 bits of s = s * 1664525 + 1013904223, from 12345. */
#include "counter.h"
#include "network.h"
#include "semihost.h"

STAI_ALIGNED(8) static uint8_t activations[STAI_NETWORK_ACTIVATIONS_SIZE];
STAI_NETWORK_CONTEXT_DECLARE(network, STAI_NETWORK_CONTEXT_SIZE)

int main(void) {
  stai_ptr blocks[] = {activations}, inputs[STAI_NETWORK_IN_NUM], outputs[STAI_NETWORK_OUT_NUM];
  stai_size count = 1;
  counter_initialise();
  stai_runtime_init();
  int failed = stai_network_init(network) != STAI_SUCCESS || stai_network_set_activations(network, blocks, count) != STAI_SUCCESS ||
               stai_network_get_inputs(network, inputs, &count) != STAI_SUCCESS || stai_network_get_outputs(network, outputs, &count) != STAI_SUCCESS;
  uint32_t s = 12345, hash = 2166136261u;
  if (!failed)
    for (uint32_t i = 0; i < STAI_NETWORK_IN_1_SIZE_BYTES; i++) ((uint8_t *)inputs[0])[i] = (uint8_t)((s = s * 1664525u + 1013904223u) >> 24);
  counter_start();
  failed = failed || stai_network_run(network, STAI_MODE_SYNC) != STAI_SUCCESS;
  const uint64_t instructions = counter_stop();
  for (uint32_t i = 0; i < STAI_NETWORK_OUT_1_SIZE_BYTES; i++) hash = (hash ^ ((const uint8_t *)outputs[0])[i]) * 16777619u;
  semihost_print_number(instructions);
  semihost_print(" ");
  semihost_print_hex(hash);
  semihost_print("\n");
  return failed;
}
