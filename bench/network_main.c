/* One inference of a generated network (st-ai API, name "network") between the two markers that the instruction profile looks for. Prints the
 * FNV-1a hash of the output and the bytes of stack that the inference used.
 * Input bytes: the top 8 bits of s = s * 1664525 + 1013904223, from 12345; a float is such a byte / 128 - 1. */
#include "network.h"
#include "semihost.h"

STAI_ALIGNED(8) static uint8_t activations[STAI_NETWORK_ACTIVATIONS_SIZE];
STAI_NETWORK_CONTEXT_DECLARE(network, STAI_NETWORK_CONTEXT_SIZE)

void profile_begin(void);
void profile_end(void);
__attribute__((noipa)) void profile_begin(void) { __asm volatile("" ::: "memory"); }
__attribute__((noipa)) void profile_end(void) { __asm volatile("" ::: "memory"); }

static void fill(stai_ptr input) {
  uint32_t s = 12345;
  for (uint32_t i = 0; i < STAI_NETWORK_IN_1_SIZE; i++) {
    const uint8_t byte = (uint8_t)((s = s * 1664525u + 1013904223u) >> 24);
    if (STAI_NETWORK_IN_1_FORMAT == STAI_FORMAT_FLOAT32)
      ((float *)(void *)input)[i] = (float)byte / 128.0f - 1.0f;
    else
      ((uint8_t *)input)[i] = byte;
  }
}

/* The stack grows down from stack_top to stack_lowest (sections.ld). What an inference does not touch keeps its mark. */
extern uint32_t stack_lowest[];
enum { STACK_MARK = 0x5AC0FFEE, OWN_FRAMES = 64 };

static uint32_t *stack_now(void) { return __builtin_frame_address(0); }

__attribute__((noinline)) static void paint_stack(void) {
  uint32_t *const end = stack_now() - OWN_FRAMES / 4;
  for (volatile uint32_t *at = stack_lowest; at < end; at++) *at = STACK_MARK;
}

__attribute__((noinline)) static uint32_t used_stack(const uint32_t *top) {
  const volatile uint32_t *at = stack_lowest;
  while (at < top && *at == STACK_MARK) at++;
  return (uint32_t)((uintptr_t)top - (uintptr_t)at);
}

int main(void) {
  stai_ptr blocks[] = {activations}, inputs[STAI_NETWORK_IN_NUM], outputs[STAI_NETWORK_OUT_NUM];
  stai_size count = 1;
  stai_runtime_init();
  int failed = stai_network_init(network) != STAI_SUCCESS || stai_network_set_activations(network, blocks, count) != STAI_SUCCESS ||
               stai_network_get_inputs(network, inputs, &count) != STAI_SUCCESS || stai_network_get_outputs(network, outputs, &count) != STAI_SUCCESS;
  if (!failed) fill(inputs[0]);
  paint_stack();
  profile_begin();
  const stai_return_code code = stai_network_run(network, STAI_MODE_SYNC);
  profile_end();
  failed = failed || code != STAI_SUCCESS;
  const uint32_t stack = used_stack(stack_now());
  uint32_t hash = 2166136261u;
  for (uint32_t i = 0; i < STAI_NETWORK_OUT_1_SIZE_BYTES; i++) hash = (hash ^ ((const uint8_t *)outputs[0])[i]) * 16777619u;
  semihost_print("hash ");
  semihost_print_hex(hash);
  semihost_print(" stack ");
  semihost_print_number(stack);
  semihost_print("\n");
  return failed;
}
