/* What generated networks and the two client APIs share: the addresses a network works on, and who watches its c-nodes. */
#ifndef NN_NETWORK_H
#define NN_NETWORK_H

#include "nn_types.h"

#ifndef __cplusplus
#include <stdbool.h>
#endif

NN_BEGIN

/* Every address comes from the client: one per segment of the activations and weights, one per input and output. */
typedef struct nn_buffers {
  uint8_t *const *activations;
  uint8_t *const *weights;     /* only read */
  uint8_t *const *inputs;      /* only read */
  uint8_t *const *outputs;
} nn_buffers;

/* Called before (done false) and after (done true) each c-node. Embedded as the first member of what the client API needs to know. */
typedef struct nn_listener {
  void (*node)(const struct nn_listener *listener, uint32_t index, bool done);
} nn_listener;

static inline void nn_before(const nn_listener *listener, uint32_t index)
{
  if (listener != NULL) listener->node(listener, index, false);
}

static inline void nn_after(const nn_listener *listener, uint32_t index)
{
  if (listener != NULL) listener->node(listener, index, true);
}

/* The c-nodes in order. `listener` may be NULL. */
typedef void (*nn_run)(const nn_buffers *net, const nn_listener *listener);

/* Where an input or an output lives unless the client says otherwise: in a segment of the activations, or nowhere (segment -1). */
typedef struct nn_place {
  int32_t segment;
  uint32_t offset;             /* bytes */
} nn_place;

NN_END

#endif
