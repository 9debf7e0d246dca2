/* What the st-ai API says of errors and of wrong use, one check per line; prints the lines that fail. */
#include "network.h"
#include "network_data.h"

#include <stdio.h>
#include <string.h>

static int failures = 0;
#define CHECK(condition) ((condition) ? (void)0 : (void)(++failures, printf("line %d: %s\n", __LINE__, #condition)))

STAI_NETWORK_CONTEXT_DECLARE(first, STAI_NETWORK_CONTEXT_SIZE)
STAI_NETWORK_CONTEXT_DECLARE(second, STAI_NETWORK_CONTEXT_SIZE)
STAI_ALIGNED(32) static uint8_t pool[STAI_NETWORK_ACTIVATIONS_SIZE_BYTES], other_pool[STAI_NETWORK_ACTIVATIONS_SIZE_BYTES];
extern const stai_network_details g_network_details;

static const uint32_t in_sizes[] = STAI_NETWORK_IN_SIZES_BYTES;
static const uintptr_t in_alignments[] = STAI_NETWORK_IN_ALIGNMENTS;

static void contexts_are_checked(void)
{
  stai_size count = 0;
  CHECK(stai_network_init(NULL) == STAI_ERROR_NETWORK_INVALID_CONTEXT_HANDLE);
  CHECK(stai_network_init(first + 4) == STAI_ERROR_NETWORK_INVALID_CONTEXT_ALIGNMENT);
  CHECK(stai_network_run(NULL, STAI_MODE_SYNC) == STAI_ERROR_NETWORK_INVALID_CONTEXT_HANDLE);
  CHECK(stai_network_get_inputs(first + 4, NULL, &count) == STAI_ERROR_NETWORK_INVALID_CONTEXT_ALIGNMENT);
  CHECK(stai_network_get_error(first) == STAI_ERROR_NETWORK_INVALID_CONTEXT_HANDLE);
  CHECK(stai_network_get_context_size() == sizeof(first));
}

/* run asks for activations, inputs, outputs, weights in this order; the first error stays until init */
static void errors_stay(void)
{
  stai_ptr segment[] = {pool}, misaligned[] = {pool + 1}, none[] = {NULL};
  stai_size count = 7;
  CHECK(stai_network_init(first) == STAI_SUCCESS && stai_network_get_error(first) == STAI_SUCCESS);
  CHECK(stai_network_run(first, STAI_MODE_SYNC) == STAI_ERROR_NETWORK_INVALID_ACTIVATIONS_PTR);
  CHECK(stai_network_set_activations(first, segment, 1) == STAI_ERROR_NETWORK_INVALID_ACTIVATIONS_PTR);
  CHECK(stai_network_get_error(first) == STAI_ERROR_NETWORK_INVALID_ACTIVATIONS_PTR);
  CHECK(stai_network_init(first) == STAI_SUCCESS && stai_network_set_activations(first, NULL, 1) == STAI_ERROR_NETWORK_INVALID_API_ARGUMENTS);
  CHECK(stai_network_init(first) == STAI_SUCCESS && stai_network_set_activations(first, segment, 2) == STAI_ERROR_NETWORK_INVALID_ACTIVATIONS_NUM);
  CHECK(stai_network_init(first) == STAI_SUCCESS && stai_network_set_activations(first, none, 1) == STAI_ERROR_NETWORK_INVALID_ACTIVATIONS_PTR);
  CHECK(stai_network_init(first) == STAI_SUCCESS && stai_network_set_activations(first, misaligned, 1) == STAI_ERROR_INVALID_BUFFER_ALIGNMENT);
  CHECK(stai_network_init(first) == STAI_SUCCESS && stai_network_set_inputs(first, segment, 0) == STAI_ERROR_NETWORK_INVALID_IN_NUM);
  CHECK(stai_network_init(first) == STAI_SUCCESS && stai_network_set_outputs(first, none, 1) == STAI_ERROR_NETWORK_INVALID_OUT_PTR);
  CHECK(stai_network_init(first) == STAI_SUCCESS && stai_network_set_weights(first, none, 1) == STAI_ERROR_NETWORK_INVALID_WEIGHTS_PTR);
  CHECK(stai_network_init(first) == STAI_SUCCESS && stai_network_get_info(first, NULL) == STAI_ERROR_NETWORK_INVALID_INFO);
  CHECK(stai_network_init(first) == STAI_SUCCESS && stai_network_get_outputs(first, NULL, NULL) == STAI_ERROR_NETWORK_INVALID_API_ARGUMENTS);
  CHECK(stai_network_init(first) == STAI_SUCCESS && stai_network_get_outputs(first, NULL, &count) == STAI_SUCCESS && count == 1);
  CHECK(stai_network_get_states(first, NULL, &count) == STAI_SUCCESS && count == 0);
  CHECK(stai_network_set_states(first, NULL, 5) == STAI_SUCCESS && stai_network_set_callback(first, NULL, NULL) == STAI_SUCCESS);
}

static void contexts_are_independent(void)
{
  stai_ptr segment[] = {pool}, other_segment[] = {other_pool}, input[1], output[1], weights[1];
  stai_size count = 0;
  CHECK(stai_network_init(first) == STAI_SUCCESS && stai_network_init(second) == STAI_SUCCESS);
  CHECK(stai_network_set_activations(first, segment, 1) == STAI_SUCCESS && stai_network_set_activations(second, other_segment, 1) == STAI_SUCCESS);
  CHECK(stai_network_get_inputs(second, input, &count) == STAI_SUCCESS && input[0] >= other_pool && input[0] < other_pool + sizeof(other_pool));
  CHECK(stai_network_get_weights(first, weights, &count) == STAI_SUCCESS && weights[0] == (stai_ptr)g_network_weights_array);
  CHECK(stai_network_set_weights(second, weights, STAI_NETWORK_WEIGHTS_NUM) == STAI_SUCCESS);
  memset(input[0], 1, in_sizes[0]);
  CHECK(stai_network_run(second, STAI_MODE_ASYNC) == STAI_SUCCESS && stai_network_get_outputs(second, output, &count) == STAI_SUCCESS);
  CHECK(output[0][0] == 1 && (uintptr_t)output[0] % in_alignments[0] == 0);
  CHECK(stai_network_deinit(second) == STAI_SUCCESS && stai_network_run(second, STAI_MODE_SYNC) == STAI_ERROR_NETWORK_INVALID_CONTEXT_HANDLE);
}

/* the client's buffers hold until the activations are set again */
static void addresses_are_overridden(void)
{
  STAI_ALIGNED(4) static uint8_t mine[STAI_NETWORK_IN_SIZE_BYTES];
  stai_ptr input[] = {mine}, segment[] = {pool}, got[1];
  stai_size count = 0;
  CHECK(stai_network_set_inputs(first, input, 1) == STAI_SUCCESS);
  CHECK(stai_network_get_inputs(first, got, &count) == STAI_SUCCESS && got[0] == mine);
  CHECK(stai_network_set_activations(first, segment, 1) == STAI_SUCCESS);
  CHECK(stai_network_get_inputs(first, got, &count) == STAI_SUCCESS && got[0] != mine);
}

static void info_and_details(void)
{
  stai_network_info info;
  CHECK(stai_network_get_info(first, &info) == STAI_SUCCESS && info.n_nodes == STAI_NETWORK_NODES_NUM);
  CHECK(info.flags == (STAI_FLAG_INPUTS | STAI_FLAG_OUTPUTS | STAI_FLAG_WEIGHTS) && info.states == NULL && info.n_states == 0);
  CHECK(info.inputs[0].shape.size == 4 && info.inputs[0].shape.data[1] == STAI_NETWORK_IN_1_HEIGHT && info.inputs[0].name == NULL);
  CHECK(info.inputs[0].scale.size == 1 && info.inputs[0].scale.data[0] == STAI_NETWORK_IN_1_SCALE && info.inputs[0].zeropoint.data[0] == STAI_NETWORK_IN_1_ZERO_POINT);
  CHECK(info.weights[0].format == STAI_FORMAT_U8 && info.weights[0].size_bytes == STAI_NETWORK_WEIGHTS_SIZE_BYTES);
  CHECK(info.activations[0].shape.data[0] == STAI_NETWORK_ACTIVATION_1_SIZE_BYTES && strncmp(info.model_signature, "0x", 2) == 0);
  CHECK(g_network_details.n_nodes == STAI_NETWORK_NODES_NUM && g_network_details.nodes[1].type == 0x103);
  const int32_t tensor = g_network_details.nodes[1].output_tensors.data[0];
  CHECK(strcmp(g_network_details.tensors[tensor].name, "conv2d_1_output") == 0);
  CHECK(strcmp(stai_get_format_name(info.inputs[0].format), "STAI_FORMAT_S8") == 0 && STAI_FORMAT_GET_IBITS(STAI_FORMAT_Q7) == 0);
  CHECK(stai_init_format(STAI_FORMAT_TYPE_Q, 1, 8, 7) == STAI_FORMAT_Q7 && stai_init_format(STAI_FORMAT_TYPE_FLOAT, 1, 32, 0) == STAI_FORMAT_FLOAT32);
  stai_runtime_info runtime;
  CHECK(stai_runtime_get_info(&runtime) == STAI_SUCCESS && runtime.tools_version.major == 2 && runtime.runtime_version.major == 10);
}

int main(void)
{
  contexts_are_checked();
  errors_stay();
  contexts_are_independent();
  addresses_are_overridden();
  info_and_details();
  return failures;
}
