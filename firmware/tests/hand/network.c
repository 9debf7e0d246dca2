#include "network.h"

#include <string.h>

#include "stai_events.h"

enum { IMAGE = 48, VECTOR = 5, ZERO_POINT = -3, FORBIDDEN_SUM = 1000 };

struct context {
  uint8_t *activations;
  stai_ptr inputs[2], outputs[2];
  stai_event_cb callback;
  void *cookie;
  stai_return_code error;
};

static struct context *of(stai_network *network) { return (struct context *)(void *)network; }

static const int32_t image_shape[] = {1, 4, 4, 3}, sum_shape[] = {1, 1}, vector_shape[] = {1, VECTOR}, activations_shape[] = {96}, weights_shape[] = {8};
static const float scale[] = {0.5f};
static const int16_t zero_point[] = {ZERO_POINT};
#define IMAGE_TENSOR {IMAGE, STAI_FLAG_HAS_BATCH | STAI_FLAG_CHANNEL_LAST, STAI_FORMAT_S8, {4, image_shape}, {1, scale}, {1, zero_point}, NULL}
#define VECTOR_TENSOR {VECTOR * 4, STAI_FLAG_HAS_BATCH, STAI_FORMAT_FLOAT32, {2, vector_shape}, {0, NULL}, {0, NULL}, NULL}

static const stai_tensor inputs[] = {IMAGE_TENSOR, VECTOR_TENSOR}, outputs[] = {IMAGE_TENSOR, VECTOR_TENSOR};
static const stai_tensor activations[] = {{96, STAI_FLAG_ACTIVATIONS, STAI_FORMAT_U8, {1, activations_shape}, {0, NULL}, {0, NULL}, NULL}};
static const stai_tensor weights[] = {{8, STAI_FLAG_PREALLOCATED, STAI_FORMAT_U8, {1, weights_shape}, {0, NULL}, {0, NULL}, NULL}};

static const stai_tensor tensors[] = {
    IMAGE_TENSOR, VECTOR_TENSOR, IMAGE_TENSOR, {4, STAI_FLAG_HAS_BATCH, STAI_FORMAT_S32, {2, sum_shape}, {0, NULL}, {0, NULL}, "sum"}, VECTOR_TENSOR};
static const int32_t index_0[] = {0}, index_1[] = {1}, index_2[] = {2}, index_3[] = {3}, index_4[] = {4};
static const stai_node_details nodes[] = {
    {.id = 4, .type = 0x107, .input_tensors = {1, index_0}, .output_tensors = {1, index_2}},
    {.id = 2, .type = 0x119, .input_tensors = {1, index_0}, .output_tensors = {1, index_3}},
    {.id = 7, .type = 0x113, .input_tensors = {1, index_1}, .output_tensors = {1, index_4}}};
extern const stai_network_details g_network_details;
const stai_network_details g_network_details = {tensors, nodes, 3};

stai_return_code stai_network_init(stai_network *network) {
  memset(network, 0, STAI_NETWORK_CONTEXT_SIZE);
  return sizeof(struct context) <= STAI_NETWORK_CONTEXT_SIZE ? STAI_SUCCESS : STAI_ERROR_GENERIC;
}

stai_return_code stai_network_get_info(stai_network *network, stai_network_info *info) {
  (void)network;
  memset(info, 0, sizeof *info);
  info->model_signature = "0x00112233445566778899aabbccddeeff";
  info->c_compile_datetime = "Jan  1 2026 00:00:00";
  info->c_model_name = "network";
  info->c_model_datetime = "Jan  1 2026 00:00:00";
  info->runtime_version = (stai_version){10, 2, 0, 0};
  info->tool_version = (stai_version){2, 2, 0, 0};
  info->api_version = (stai_version){1, 0, 0, 0};
  info->n_macc = 106;
  info->n_nodes = STAI_NETWORK_NODES_NUM;
  info->flags = STAI_NETWORK_FLAGS;
  info->n_inputs = info->n_outputs = 2;
  info->n_activations = info->n_weights = 1;
  info->inputs = inputs;
  info->outputs = outputs;
  info->activations = activations;
  info->weights = weights;
  return STAI_SUCCESS;
}

stai_return_code stai_network_set_activations(stai_network *network, const stai_ptr *pointers, const stai_size count) {
  if (count != 1 || pointers[0] == NULL) return STAI_ERROR_NETWORK_INVALID_ACTIVATIONS_NUM;
  of(network)->activations = pointers[0];
  of(network)->inputs[0] = pointers[0];
  of(network)->inputs[1] = pointers[0] + IMAGE;
  return STAI_SUCCESS;
}

stai_return_code stai_network_set_inputs(stai_network *network, const stai_ptr *pointers, const stai_size count) {
  if (count != 2) return STAI_ERROR_NETWORK_INVALID_IN_NUM;
  memcpy(of(network)->inputs, pointers, sizeof of(network)->inputs);
  return STAI_SUCCESS;
}

stai_return_code stai_network_set_outputs(stai_network *network, const stai_ptr *pointers, const stai_size count) {
  if (count != 2) return STAI_ERROR_NETWORK_INVALID_OUT_NUM;
  memcpy(of(network)->outputs, pointers, sizeof of(network)->outputs);
  return STAI_SUCCESS;
}

stai_return_code stai_network_set_states(stai_network *network, const stai_ptr *pointers, const stai_size count) {
  (void)network, (void)pointers, (void)count;
  return STAI_SUCCESS;
}

stai_return_code stai_network_get_inputs(stai_network *network, stai_ptr *pointers, stai_size *count) {
  memcpy(pointers, of(network)->inputs, sizeof of(network)->inputs);
  *count = 2;
  return STAI_SUCCESS;
}

stai_return_code stai_network_get_outputs(stai_network *network, stai_ptr *pointers, stai_size *count) {
  memcpy(pointers, of(network)->outputs, sizeof of(network)->outputs);
  *count = 2;
  return STAI_SUCCESS;
}

stai_return_code stai_network_set_callback(stai_network *network, const stai_event_cb callback, void *cookie) {
  of(network)->callback = callback;
  of(network)->cookie = cookie;
  return STAI_SUCCESS;
}

static void event(struct context *context, stai_event_type type, int32_t node, void *buffer) {
  stai_ptr const buffers[1] = {buffer};
  const stai_event_node_start_stop payload = {node, {1, buffers}};
  if (context->callback != NULL) context->callback(context->cookie, type, &payload);
}

stai_return_code stai_network_run(stai_network *network, const stai_run_mode mode) {
  struct context *context = of(network);
  const int8_t *image = (const int8_t *)context->inputs[0];
  const float *vector = (const float *)(void *)context->inputs[1];
  float *doubled = (float *)(void *)context->outputs[1];
  int32_t sum = 0;
  (void)mode;
  if (context->error != STAI_SUCCESS) return context->error;
  event(context, STAI_EVENT_NODE_START, 4, context->inputs[0]);
  for (int i = 0; i < IMAGE; i++) ((int8_t *)context->outputs[0])[i] = image[i] < ZERO_POINT ? (int8_t)ZERO_POINT : image[i];
  event(context, STAI_EVENT_NODE_STOP, 4, context->outputs[0]);
  event(context, STAI_EVENT_NODE_START, 2, context->inputs[0]);
  for (int i = 0; i < IMAGE; i++) sum += image[i];
  event(context, STAI_EVENT_NODE_STOP, 2, &sum);
  if (sum == FORBIDDEN_SUM) return context->error = STAI_ERROR_GENERIC;
  event(context, STAI_EVENT_NODE_START, 7, context->inputs[1]);
  for (int i = 0; i < VECTOR; i++) doubled[i] = 2.0f * vector[i];
  event(context, STAI_EVENT_NODE_STOP, 7, context->outputs[1]);
  return STAI_SUCCESS;
}
