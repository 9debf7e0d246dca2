/* A network under test: the functions that `generate --c-api st-ai` made for it, and the memory it works in. */
#ifndef TESTED_NETWORK_H
#define TESTED_NETWORK_H

/* Alignment of the memory given to the network, bytes; the build says a larger one for networks that ask for it. */
#ifndef NETWORK_ALIGNMENT
#define NETWORK_ALIGNMENT 32
#endif

#include <stdbool.h>
#include <stdint.h>

#include "stai.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { NETWORK_TENSORS_MAX = 32 }; /* of one kind: inputs, outputs, segments of activations, weights */

struct tested_network {
  const char *name;
  const char *compile_datetime;
  stai_network *context;
  stai_return_code (*init)(stai_network *);
  stai_return_code (*get_info)(stai_network *, stai_network_info *);
  stai_return_code (*set_activations)(stai_network *, const stai_ptr *, const stai_size);
  stai_return_code (*set_states)(stai_network *, const stai_ptr *, const stai_size);
  stai_return_code (*set_inputs)(stai_network *, const stai_ptr *, const stai_size);
  stai_return_code (*set_outputs)(stai_network *, const stai_ptr *, const stai_size);
  stai_return_code (*get_inputs)(stai_network *, stai_ptr *, stai_size *);
  stai_return_code (*get_outputs)(stai_network *, stai_ptr *, stai_size *);
  stai_return_code (*set_callback)(stai_network *, const stai_event_cb, void *);
  stai_return_code (*run)(stai_network *, const stai_run_mode);
  const stai_network_details *details;
  uint8_t *memory; /* activations, states, and the inputs and outputs that are not among them */
  uint32_t memory_bytes;
};

extern const struct tested_network tested_networks[];
extern const uint32_t tested_networks_count;

/* A network made ready to run. */
struct running_network {
  const struct tested_network *network;
  stai_network_info info;
  stai_ptr inputs[NETWORK_TENSORS_MAX], outputs[NETWORK_TENSORS_MAX];
  bool ready;
};

/* Initialises the network and gives it its memory; false when it refuses, or needs more than it was given. */
bool prepare_network(struct running_network *running, const struct tested_network *network);

#ifdef __cplusplus
}
#endif

#endif
