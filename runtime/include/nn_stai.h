/* The st-ai client API without a network's names: generated stai_<name>_... functions call these with their own constants. */
#ifndef NN_STAI_H
#define NN_STAI_H

#include "nn_network.h"
#include "stai.h"
#include "stai_events.h"

NN_BEGIN

#define NN_STAI_MAGIC 0xB1C00100U
#define NN_STAI_EVENT_BUFFERS 64   /* an event tells the first so many inputs or outputs of a c-node */

/* How every _stai_<name>_context begins; behind it stand the addresses of all activations, weights, inputs, outputs, in this order. */
typedef struct nn_stai_context {
  uint32_t magic;
  uint64_t signature;
  stai_flags flags;                /* STAI_FLAG_ACTIVATIONS, ...: every address of that kind is there */
  stai_return_code error;          /* the first one since init */
  stai_event_cb callback;
  void *cookie;
  stai_ptr addresses[];
} nn_stai_context;

/* An address: the position in nn_stai_context::addresses, and bytes from there. */
typedef struct nn_stai_slot {
  uint32_t address;
  uint32_t offset;
} nn_stai_slot;

typedef struct nn_stai_node {
  int32_t id;                      /* operator of the user's model */
  uint16_t n_inputs, n_outputs;
  const nn_stai_slot *buffers;     /* the inputs, then the outputs */
} nn_stai_node;

/* Buffers of one kind. */
typedef struct nn_stai_kind {
  stai_size count;
  const stai_size *alignments;     /* bytes */
  stai_flags flag;                 /* STAI_FLAG_ACTIVATIONS, ... */
  stai_return_code invalid_ptr, invalid_num;
} nn_stai_kind;

enum { NN_STAI_ACTIVATIONS, NN_STAI_WEIGHTS, NN_STAI_INPUTS, NN_STAI_OUTPUTS, NN_STAI_KINDS };

/* Constants of a network. */
typedef struct nn_stai_network {
  uint64_t signature;
  nn_stai_kind kinds[NN_STAI_KINDS];
  stai_ptr const *default_weights;
  const nn_place *input_places, *output_places;
  nn_run run;
  const nn_stai_node *nodes;
} nn_stai_network;

/* Each does what the API says of stai_<name>_<function>; `kind` is one of the enumeration above. */
stai_return_code nn_stai_init(const nn_stai_network *net, stai_network *network);
stai_return_code nn_stai_deinit(const nn_stai_network *net, stai_network *network);
stai_return_code nn_stai_run(const nn_stai_network *net, stai_network *network, stai_run_mode mode);
stai_return_code nn_stai_get_error(const nn_stai_network *net, stai_network *network);
stai_return_code nn_stai_get_info(const nn_stai_network *net, stai_network *network, const stai_network_info *from, stai_network_info *info);
stai_return_code nn_stai_get(const nn_stai_network *net, stai_network *network, int kind, stai_ptr *addresses, stai_size *count);
stai_return_code nn_stai_set(const nn_stai_network *net, stai_network *network, int kind, const stai_ptr *addresses, stai_size count);
stai_return_code nn_stai_get_states(const nn_stai_network *net, stai_network *network, stai_size *count);
stai_return_code nn_stai_set_states(const nn_stai_network *net, stai_network *network);
stai_return_code nn_stai_set_callback(const nn_stai_network *net, stai_network *network, stai_event_cb cb, void *cookie);

NN_END

#endif
