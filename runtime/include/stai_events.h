/* st-ai API: events of a run. */
#ifndef STAI_EVENTS_H
#define STAI_EVENTS_H

#include "stai.h"

STAI_API_DECLARE_BEGIN

#define STAI_EVENT_NODE_START (0x01)
#define STAI_EVENT_NODE_STOP (0x02)

/* Payload of both: the inputs' addresses at the start, the outputs' at the end. Valid during the call only. */
typedef struct {
  int32_t node_id;   /* operator of the user's model */
  stai_array_const_ptr buffers;
} stai_event_node_start_stop;

STAI_API_DECLARE_END

#endif
