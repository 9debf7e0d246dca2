/* What the legacy API says of errors and of wrong use, one check per line; prints the lines that fail. */
#include "network.h"
#include "network_data.h"

#include <stdio.h>
#include <string.h>

static int failures = 0;
#define CHECK(condition) ((condition) ? (void)0 : (void)(++failures, printf("line %d: %s\n", __LINE__, #condition)))

AI_ALIGNED(32) static ai_u8 pool[AI_NETWORK_DATA_ACTIVATIONS_SIZE];
static const ai_handle segments[] = {pool};
static ai_handle network = AI_HANDLE_NULL;

static int is_error(ai_error error, int type, int code)
{
  return (int)error.type == type && (int)error.code == code;
}

static void before_create(void)
{
  ai_u16 count = 0;
  CHECK(ai_network_inputs_get(AI_HANDLE_NULL, &count) != NULL && count == AI_NETWORK_IN_NUM);
  CHECK(ai_network_outputs_get(AI_HANDLE_NULL, NULL) != NULL);
  CHECK(ai_network_inputs_get(&count, &count) == NULL && count == 0);
  CHECK(is_error(ai_network_get_error(AI_HANDLE_NULL), AI_ERROR_INVALID_HANDLE, AI_ERROR_CODE_NETWORK));
  CHECK(!ai_network_init(AI_HANDLE_NULL, NULL));
  CHECK(ai_network_run(AI_HANDLE_NULL, NULL, NULL) <= 0);
  CHECK(ai_network_create(NULL, NULL).type == AI_ERROR_INVALID_HANDLE);
}

static void errors_stay_until_read(void)
{
  CHECK(ai_network_create(&network, AI_NETWORK_DATA_CONFIG).type == AI_ERROR_NONE && network != AI_HANDLE_NULL);
  ai_buffer *input = ai_network_inputs_get(network, NULL), *output = ai_network_outputs_get(network, NULL);
  CHECK(ai_network_run(network, input, output) <= 0);
  CHECK(!ai_network_init(network, NULL));
  CHECK(is_error(ai_network_get_error(network), AI_ERROR_INVALID_STATE, AI_ERROR_CODE_MISSED_INIT));
  CHECK(ai_network_get_error(network).type == AI_ERROR_NONE);
  ai_network_params params;
  CHECK(ai_network_data_params_get(&params) && !ai_network_data_params_get(NULL));
  CHECK(params.map_signature == AI_MAGIC_MARKER && params.map_weights.size == AI_NETWORK_DATA_WEIGHTS_COUNT);
  CHECK(params.map_activations.buffer[0].data == NULL);
  CHECK(!ai_network_init(network, &params));
  CHECK(is_error(ai_network_get_error(network), AI_ERROR_INIT_FAILED, AI_ERROR_CODE_NETWORK_ACTIVATIONS));
  params.map_activations.buffer[0].data = pool + 1;
  CHECK(!ai_network_init(network, &params));
  CHECK(ai_network_get_error(network).type == AI_ERROR_INIT_FAILED);
  CHECK(ai_network_create_and_init(&network, NULL, NULL).type == AI_ERROR_INIT_FAILED);
}

static void buffers_are_checked(void)
{
  CHECK(ai_network_create_and_init(&network, segments, NULL).type == AI_ERROR_NONE);
  ai_buffer *input = ai_network_inputs_get(network, NULL), *output = ai_network_outputs_get(network, NULL);
  CHECK(input[0].data != NULL && output[0].data != NULL);
  CHECK(ai_network_run(network, NULL, output) <= 0);
  CHECK(is_error(ai_network_get_error(network), AI_ERROR_INVALID_INPUT, AI_ERROR_CODE_INVALID_PTR));
  ai_buffer wrong = output[0];
  wrong.data = NULL;
  CHECK(ai_network_run(network, input, &wrong) <= 0);
  CHECK(is_error(ai_network_get_error(network), AI_ERROR_INVALID_OUTPUT, AI_ERROR_CODE_INVALID_PTR));
  wrong = input[0];
  wrong.format = AI_BUFFER_FORMAT_U16;
  CHECK(ai_network_run(network, &wrong, output) <= 0);
  CHECK(is_error(ai_network_get_error(network), AI_ERROR_INVALID_INPUT, AI_ERROR_CODE_INVALID_FORMAT));
}

static void the_client_moves_its_buffers(void)
{
  ai_buffer *input = ai_network_inputs_get(network, NULL), *output = ai_network_outputs_get(network, NULL);
  AI_ALIGNED(4) static ai_u8 result[AI_NETWORK_OUT_1_SIZE_BYTES], expected[AI_NETWORK_OUT_1_SIZE_BYTES];
  AI_ALIGNED(4) static const ai_u8 in_flash[AI_NETWORK_IN_1_SIZE_BYTES] = {1, 2, 3, 4, 5, 6};
  memcpy(input[0].data, in_flash, sizeof(in_flash));
  CHECK(ai_network_forward(network, input) == 1);
  memcpy(expected, output[0].data, sizeof(expected));
  input[0].data = AI_HANDLE_PTR(in_flash);
  output[0].data = result;
  memset(pool, 0x55, sizeof(pool));
  CHECK(ai_network_run(network, input, output) == 1);
  CHECK(memcmp(result, expected, sizeof(expected)) == 0);
  CHECK(input[0].data == AI_HANDLE_PTR(in_flash));
}

static void the_report_tells(void)
{
  ai_network_report report;
  CHECK(ai_network_get_report(network, &report) && ai_network_get_info(network, &report));
  CHECK(!ai_network_get_report(network, NULL) && !ai_network_get_report(AI_HANDLE_NULL, &report));
  CHECK(strcmp(report.model_name, AI_NETWORK_MODEL_NAME) == 0 && report.n_nodes == AI_NETWORK_N_NODES);
  CHECK(report.map_signature == AI_MAGIC_MARKER && report.map_activations.buffer[0].data == pool);
  CHECK(AI_BUFFER_ARRAY_ITEM(&report.map_weights, 0)->data != NULL);
  CHECK(ai_buffer_array_is_valid(&report.map_weights) && ai_buffer_array_get_byte_size(&report.map_weights) == AI_NETWORK_DATA_WEIGHTS_SIZE);
  const ai_buffer *input = &report.inputs[0];
  CHECK(AI_BUFFER_SHAPE_SIZE(input) == 4 && AI_BUFFER_SHAPE_ELEM(input, AI_SHAPE_HEIGHT) == AI_NETWORK_IN_1_HEIGHT);
  CHECK(AI_BUFFER_SHAPE_ELEM(input, AI_SHAPE_WIDTH) == AI_NETWORK_IN_1_WIDTH && AI_BUFFER_SHAPE_ELEM(input, AI_SHAPE_CHANNEL) == AI_NETWORK_IN_1_CHANNEL);
  CHECK(AI_BUFFER_META_INFO_INTQ_GET_SIZE(AI_BUFFER_META_INFO(input)) == 1);
  CHECK(AI_BUFFER_META_INFO_INTQ_GET_SCALE(AI_BUFFER_META_INFO(input), 0) == 0.5f);
  CHECK(AI_BUFFER_META_INFO_INTQ_GET_ZEROPOINT(AI_BUFFER_META_INFO(input), 0) == -3);
  CHECK(AI_BUFFER_FMT_GET_BITS(input->format) == 8 && AI_BUFFER_FMT_GET_SIGN(input->format) == 1);
}

int main(void)
{
  before_create();
  errors_stay_until_read();
  buffers_are_checked();
  the_client_moves_its_buffers();
  the_report_tells();
  CHECK(ai_network_destroy(network) == AI_HANDLE_NULL && ai_network_destroy(pool) == (ai_handle)pool);
  CHECK(ai_network_run(network, ai_network_inputs_get(network, NULL), NULL) <= 0);
  return failures;
}
