#include "tested_network.h"

#include <stddef.h>
#include <string.h>

/* Hands out memory piece by piece. */
struct pool {
  uint8_t *next;
  uint32_t left;
};

static bool take(struct pool *pool, const stai_tensor *tensors, uint32_t count, stai_ptr *pointers) {
  if (count > NETWORK_TENSORS_MAX) return false;
  for (uint32_t i = 0; i < count; i++) {
    const uint32_t gap = (uint32_t)(-(uintptr_t)pool->next & (NETWORK_ALIGNMENT - 1));
    const uint64_t bytes = (uint64_t)gap + tensors[i].size_bytes;
    if (bytes > pool->left) return false;
    pointers[i] = pool->next + gap;
    pool->next += bytes;
    pool->left -= (uint32_t)bytes;
  }
  return true;
}

typedef stai_return_code (*setter)(stai_network *, const stai_ptr *, const stai_size);

/* Memory for what the network does not allocate itself. */
static bool give(const struct tested_network *network, struct pool *pool, setter set, bool allocated, const stai_tensor *tensors, uint32_t count) {
  stai_ptr pointers[NETWORK_TENSORS_MAX];
  if (allocated || count == 0) return true;
  return take(pool, tensors, count, pointers) && set(network->context, pointers, count) == STAI_SUCCESS;
}

bool prepare_network(struct running_network *running, const struct tested_network *network) {
  stai_network_info *info = &running->info;
  stai_network *context = network->context;
  struct pool pool = {network->memory, network->memory_bytes};
  memset(running, 0, sizeof *running);
  running->network = network;
  if (network->init(context) != STAI_SUCCESS || network->get_info(context, info) != STAI_SUCCESS) return false;
  if (info->n_inputs > NETWORK_TENSORS_MAX || info->n_outputs > NETWORK_TENSORS_MAX) return false;
  const int32_t flags = info->flags;
  if (!give(network, &pool, network->set_activations, (flags & STAI_FLAG_ACTIVATIONS) != 0, info->activations, info->n_activations) ||
      !give(network, &pool, network->set_states, (flags & STAI_FLAG_STATES) != 0, info->states, info->n_states) ||
      !give(network, &pool, network->set_inputs, (flags & STAI_FLAG_INPUTS) != 0, info->inputs, info->n_inputs) ||
      !give(network, &pool, network->set_outputs, (flags & STAI_FLAG_OUTPUTS) != 0, info->outputs, info->n_outputs))
    return false;
  stai_size inputs = 0, outputs = 0;
  if (network->get_inputs(context, running->inputs, &inputs) != STAI_SUCCESS ||
      network->get_outputs(context, running->outputs, &outputs) != STAI_SUCCESS)
    return false;
  running->ready = inputs == info->n_inputs && outputs == info->n_outputs;
  return running->ready;
}
