/* The networks of this firmware: one, generated with `--c-api st-ai`. The compiler's command line says which:
 * TESTED_HEADER "network.h", TESTED_LOWER network, TESTED_UPPER NETWORK. */
#include "tested_network.h"

#include TESTED_HEADER

#define PASTE_(a, b, c) a##b##c
#define PASTE(a, b, c) PASTE_(a, b, c)
#define FUNCTION(name) PASTE(stai_, TESTED_LOWER, _##name)
#define MACRO(name) PASTE(STAI_, TESTED_UPPER, _##name)

/* The memory of everything that the network may not have allocated itself; 0 for what it has. */
#define OWN(flag, bytes) ((MACRO(FLAGS) & (flag)) != 0 ? 0u : (uint32_t)(bytes))
#define GAPS ((uint32_t)NETWORK_ALIGNMENT * (MACRO(ACTIVATIONS_NUM) + MACRO(STATES_NUM) + MACRO(IN_NUM) + MACRO(OUT_NUM) + 1u))
#define MEMORY_BYTES                                                                                                              \
  (OWN(STAI_FLAG_ACTIVATIONS, MACRO(ACTIVATIONS_SIZE_BYTES)) + OWN(STAI_FLAG_STATES, MACRO(STATES_SIZE_BYTES)) +                   \
   OWN(STAI_FLAG_INPUTS, MACRO(IN_SIZE_BYTES)) + OWN(STAI_FLAG_OUTPUTS, MACRO(OUT_SIZE_BYTES)) + GAPS)

STAI_ALIGNED(NETWORK_ALIGNMENT) static uint8_t memory[MEMORY_BYTES];
STAI_ALIGNED(8) static stai_network context[MACRO(CONTEXT_SIZE)];

extern const stai_network_details PASTE(g_, TESTED_LOWER, _details);

const struct tested_network tested_networks[] = {{
    .name = MACRO(MODEL_NAME),
    .compile_datetime = __DATE__ " " __TIME__,
    .context = context,
    .init = FUNCTION(init),
    .get_info = FUNCTION(get_info),
    .set_activations = FUNCTION(set_activations),
    .set_states = FUNCTION(set_states),
    .set_inputs = FUNCTION(set_inputs),
    .set_outputs = FUNCTION(set_outputs),
    .get_inputs = FUNCTION(get_inputs),
    .get_outputs = FUNCTION(get_outputs),
    .set_callback = FUNCTION(set_callback),
    .run = FUNCTION(run),
    .details = &PASTE(g_, TESTED_LOWER, _details),
    .memory = memory,
    .memory_bytes = sizeof memory,
}};
const uint32_t tested_networks_count = 1;
