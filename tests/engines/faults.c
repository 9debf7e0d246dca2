/* Networks by hand, most of them wrong, each in one way that run_cases.c must notice: two of the eight are right, and one is missing. */
#include "engine.h"

#include <math.h>
#include <string.h>

/* At 0: int8 {1, 2, 3, 4, 5, 6, 7, 8}. At 8: float {1, -100}, at 16: float {not a number, infinity}. */
const uint64_t engine_data[] = {0x0807060504030201u, 0xc2c800003f800000u, 0x7f8000007fc00000u};

static void copy(const nn_buffers *net, const nn_listener *listener) {
  (void)listener;
  memmove(net->outputs[0], net->inputs[0], 8);
}

static void change_last_byte(const nn_buffers *net, const nn_listener *listener) {
  copy(net, listener);
  net->outputs[0][7] ^= 1u;
}

static void write_behind_activations(const nn_buffers *net, const nn_listener *listener) {
  copy(net, listener);
  net->activations[0][8] ^= 1u;
}

static void write_before_activations(const nn_buffers *net, const nn_listener *listener) {
  copy(net, listener);
  *(net->activations[0] - 1) ^= 1u;
}

static void write_behind_output(const nn_buffers *net, const nn_listener *listener) {
  copy(net, listener);
  net->outputs[0][8] ^= 1u;
}

/* Float 1 plus `error`, -100 as it is. */
static void add_to_first(const nn_buffers *net, float error) {
  float values[2];
  memcpy(values, net->inputs[0], sizeof values);
  values[0] += error;
  memcpy(net->outputs[0], values, sizeof values);
}

static void float_within(const nn_buffers *net, const nn_listener *listener) {
  (void)listener;
  add_to_first(net, 0.9e-3f);
}

static void float_beyond(const nn_buffers *net, const nn_listener *listener) {
  (void)listener;
  add_to_first(net, 1.1e-3f);
}

static void no_infinity(const nn_buffers *net, const nn_listener *listener) {
  (void)listener;
  const float values[2] = {NAN, 1e30f};
  memcpy(net->outputs[0], values, sizeof values);
}

static const engine_port bytes[] = {{0, 8, 0, false}, {0, 8, 0, false}};
static const engine_port floats[] = {{8, 8, 0, true}, {8, 8, 0, true}};
static const engine_port special[] = {{16, 8, 0, true}, {16, 8, 0, true}};

static const engine_case cases[] = {
    {"right/copy", copy, NULL, 8, 4, 1, 1, bytes},
    {"right/float_within", float_within, NULL, 8, 4, 1, 1, floats},
    {"wrong/change_last_byte", change_last_byte, NULL, 8, 4, 1, 1, bytes},
    {"wrong/write_behind_activations", write_behind_activations, NULL, 8, 4, 1, 1, bytes},
    {"wrong/write_before_activations", write_before_activations, NULL, 8, 4, 1, 1, bytes},
    {"wrong/write_behind_output", write_behind_output, NULL, 8, 4, 1, 1, bytes},
    {"wrong/float_beyond", float_beyond, NULL, 8, 4, 1, 1, floats},
    {"wrong/no_infinity", no_infinity, NULL, 8, 4, 1, 1, special},
};

const engine_part engine_parts[] = {{cases, 8}};
const uint32_t engine_part_count = 1;
const engine_refusal engine_not_implemented[] = {{"refused/operator", "this operator is not supported"}};
const uint32_t engine_not_implemented_count = 1;
const engine_refusal engine_broken[] = {{NULL, NULL}};
const uint32_t engine_broken_count = 0;
uint64_t engine_arena[32];
uint64_t engine_outputs[32];
