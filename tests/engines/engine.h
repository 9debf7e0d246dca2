/* The case table as C: what make_cases.cpp writes and run_cases.c runs. */
#ifndef ENGINE_H
#define ENGINE_H

#include "nn_network.h"

/* An input or an output of a case. */
typedef struct engine_port {
  uint32_t data;                 /* where its values begin in engine_data, bytes; a multiple of 8 */
  uint32_t bytes;
  uint32_t place;                /* where it lives in the activations by default, bytes */
  bool is_float;                 /* float32: within 1e-5 of the largest expected magnitude; else equal to the bit */
} engine_port;

typedef struct engine_case {
  const char *name;              /* "conv2d/int8_channel_3" */
  nn_run run;
  const void *weights;
  uint32_t activation_bytes, alignment;
  uint32_t inputs, outputs;
  const engine_port *ports;      /* the inputs, then the outputs */
} engine_case;

typedef struct engine_part {
  const engine_case *cases;
  uint32_t count;
} engine_part;

/* A case that the compiler does not take. */
typedef struct engine_refusal {
  const char *name, *reason;
} engine_refusal;

extern const uint64_t engine_data[];
extern const engine_part engine_parts[];
extern const uint32_t engine_part_count;

extern const engine_refusal engine_not_implemented[];
extern const uint32_t engine_not_implemented_count;
extern const engine_refusal engine_broken[];               /* the compiler failed on them: always a failure of the test */
extern const uint32_t engine_broken_count;

/* Memory for the largest case, guards included. */
enum { ENGINE_GUARD = 64 };      /* bytes before and behind every block */
extern uint64_t engine_arena[], engine_outputs[];

#endif
