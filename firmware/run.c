/* Running a network for the host: inputs, one measured inference, what each node computed, outputs (protocol.md, NETWORK_RUN). */
#include <string.h>

#include "server_private.h"
#include "stai_events.h"

/* One inference. The network calls `observe` before and after each node; sending a node's results must not count. */
struct observation {
  struct server *server;
  uint32_t param;
  int32_t node;             /* position of the node that runs */
  uint64_t resumed;         /* ticks when the network went on after the last event */
  uint64_t whole;           /* counted so far, without what lies between an event's arrival and the network's going on */
  uint32_t stack_lowest;
};

static uint64_t less(uint64_t count, uint32_t cost) { return count > cost ? count - cost : 0; }

static void send_node(struct observation *observation, uint64_t count, const stai_event_node_start_stop *event) {
  struct server *server = observation->server;
  const stai_network_details *details = server->running.network->details;
  const stai_node_details *node = &details->nodes[observation->node];
  const stai_array_s32 *outputs = &node->output_tensors;
  const bool last = (uint32_t)observation->node + 1 == details->n_nodes;
  const struct operator_message message = {
      .type = ((uint32_t)node->type & 0x7FFFu) | OPERATOR_INTERNAL | (last ? (uint32_t)OPERATOR_LAST : 0u) |
              (outputs->size == 0 ? (uint32_t)OPERATOR_WITHOUT_TENSOR : 0u),
      .id = (uint32_t)node->id,
      .duration = (float)board_duration(count),
      .counter_type = board_describe()->counter_type,
      .count = count,
      .stack_used = -1,
      .heap_used = -1};
  respond(server, STATE_PROCESSING, PAYLOAD_OPERATOR, encode_operator, &message);
  for (uint32_t i = 0; i < outputs->size; i++) {
    const void *data = i < event->buffers.size && (observation->param & RUN_WITH_DATA) != 0 ? event->buffers.data[i] : NULL;
    const struct tensor_message tensor = {
        &details->tensors[outputs->data[i]],
        TENSOR_INTERNAL | (i + 1 == outputs->size ? (uint32_t)TENSOR_LAST : 0u) | (data == NULL ? (uint32_t)TENSOR_NO_DATA : 0u), data};
    respond(server, STATE_PROCESSING, PAYLOAD_TENSOR, encode_tensor, &tensor);
  }
}

/* The network's event. Reading the timer is the first thing done and the last. */
static void observe(void *cookie, const stai_event_type type, const void *payload) {
  const uint64_t now = board_ticks();
  struct observation *observation = cookie;
  struct server *server = observation->server;
  const uint64_t count = board_count(now - observation->resumed);
  observation->whole += less(count, server->event_cost);
  if (type == STAI_EVENT_NODE_STOP && payload != NULL) {
    const uint32_t lowest = board_stack_lowest();
    if (lowest < observation->stack_lowest) observation->stack_lowest = lowest;
    if ((uint32_t)observation->node < server->running.network->details->n_nodes)
      send_node(observation, less(count, server->event_cost), payload);
    observation->node++;
    board_stack_paint();
  }
  observation->resumed = board_ticks();
}

/* The instructions of the measuring itself: between two reads of the timer, and between two events of a network that does nothing. The
 * call goes through a pointer that the compiler cannot see through, as the network's does. */
static void measure_costs(struct server *server) {
  stai_event_cb volatile call = observe;
  struct observation empty = {.server = server};
  const uint64_t begin = board_ticks();
  const uint64_t end = board_ticks();
  server->read_cost = (uint32_t)board_count(end - begin);
  server->event_cost = 0;
  empty.resumed = board_ticks();
  call(&empty, STAI_EVENT_NODE_START, NULL);
  empty.whole = 0;
  call(&empty, STAI_EVENT_NODE_STOP, NULL);
  server->event_cost = (uint32_t)empty.whole;
}

bool select_network(struct server *server, uint32_t index) {
  const struct tested_network *network = &tested_networks[index];
  if (server->running.ready && server->running.network == network) return true;
  measure_costs(server);
  return prepare_network(&server->running, network);
}

/* One inference and everything the host is told about it but the outputs. False after having refused. */
static bool infer(struct server *server, uint32_t param) {
  struct running_network *running = &server->running;
  const struct tested_network *network = running->network;
  const bool per_layer = (param & RUN_PER_LAYER) != 0;
  struct observation observation = {.server = server, .param = param, .stack_lowest = 0xFFFFFFFFu};
  const uint32_t stack = board_stack_now();
  network->set_callback(network->context, per_layer ? observe : NULL, &observation);
  board_stack_paint();
  observation.resumed = board_ticks();
  const stai_return_code code = network->run(network->context, STAI_MODE_SYNC);
  const uint64_t end = board_ticks();
  const uint32_t lowest = board_stack_lowest();
  if (lowest < observation.stack_lowest) observation.stack_lowest = lowest;
  observation.whole += less(board_count(end - observation.resumed), server->read_cost);
  network->set_callback(network->context, NULL, NULL);
  if (code != STAI_SUCCESS) {
    running->ready = false; /* errors stay until the network is initialised again */
    acknowledge(server, STATE_ERROR, (uint32_t)code, ERROR_GENERIC);
    return false;
  }
  const struct operator_message whole = {.type = 0,
                                         .duration = (float)board_duration(observation.whole),
                                         .counter_type = board_describe()->counter_type,
                                         .count = observation.whole,
                                         .stack_used = stack > observation.stack_lowest ? (int32_t)(stack - observation.stack_lowest) : 0,
                                         .heap_used = 0};
  respond(server, STATE_PROCESSING, PAYLOAD_OPERATOR, encode_operator, &whole);
  return true;
}

static void send_outputs(struct server *server, uint32_t param) {
  const struct running_network *running = &server->running;
  const bool without = (param & RUN_PERF) != 0;
  for (uint32_t i = 0; i < running->info.n_outputs; i++) {
    const bool last = i + 1u == running->info.n_outputs;
    const struct tensor_message tensor = {
        &running->info.outputs[i],
        TENSOR_OUTPUT | (last ? (uint32_t)TENSOR_LAST : 0u) | (without ? (uint32_t)TENSOR_NO_DATA : 0u) |
            ((running->info.flags & STAI_FLAG_OUTPUTS) != 0 ? (uint32_t)TENSOR_IN_MEMPOOL : 0u),
        without ? NULL : running->outputs[i]};
    respond(server, last ? STATE_DONE : STATE_PROCESSING, PAYLOAD_TENSOR, encode_tensor, &tensor);
  }
}

/* Repeats the first element through the whole tensor. */
static void fill(uint8_t *data, uint32_t bytes, uint32_t element) {
  for (uint32_t i = element; i < bytes; i++) data[i] = data[i - element];
}

/* Takes one input from the host; false after having refused it. */
static bool receive_input(struct server *server, uint32_t index, uint32_t param) {
  const stai_tensor *tensor = &server->running.info.inputs[index];
  const bool constant = (param & (RUN_CONST_VALUE | RUN_DIRECT_WRITE)) != 0;
  const uint32_t element = ((uint32_t)STAI_FORMAT_GET_BITS(tensor->format) + 7u) / 8u;
  const uint32_t expected = constant && element < tensor->size_bytes ? element : tensor->size_bytes;
  const bool last = index + 1u == server->running.info.n_inputs;
  struct incoming data;
  if (!receive_bare(server, &data, server->running.inputs[index], tensor->size_bytes)) return false;
  if (data.number[4] != expected) {
    acknowledge(server, STATE_ERROR, tensor->size_bytes, ERROR_INVALID_SIZE);
    return false;
  }
  if (constant) fill(server->running.inputs[index], tensor->size_bytes, element);
  acknowledge(server, last ? STATE_PROCESSING : STATE_WAITING, 0, ERROR_NONE);
  return receive_acknowledgement(server);
}

void handle_network_run(struct server *server, const struct incoming *request, const char *name) {
  const uint32_t param = request->number[3];
  uint32_t index = 0;
  while (index < tested_networks_count && strcmp(tested_networks[index].name, name) != 0) index++;
  if (index == tested_networks_count) {
    acknowledge(server, STATE_ERROR, 0, ERROR_INVALID_PARAM);
    return;
  }
  if (!select_network(server, index)) {
    acknowledge(server, STATE_ERROR, 0, ERROR_UNINITIALIZED);
    return;
  }
  acknowledge(server, STATE_WAITING, 0, ERROR_NONE);
  for (uint32_t i = 0; i < server->running.info.n_inputs; i++)
    if (!receive_input(server, i, param)) return;
  if (infer(server, (param & RUN_PERF) != 0 ? param & ~(uint32_t)RUN_WITH_DATA : param)) send_outputs(server, param);
}

/* The same for every sample of a file of the host, over the same code: the inputs, sample after sample behind a count of samples
 * (32 bits, little endian), are read from it, and the answers of steps 3 to 5 go to another file, each behind its size (the same).
 * On the link: one ack PROCESSING per sample with the number of those done, then ack DONE. */
void handle_bulk_run(struct server *server, const struct incoming *request) {
  uint32_t samples = 0;
  if (!select_network(server, 0) || !board_bulk_open() || !board_bulk_read(&samples, sizeof samples)) {
    acknowledge(server, STATE_ERROR, 0, ERROR_INVALID_STATE);
    return;
  }
  bool good = true;
  for (uint32_t done = 0; done < samples && good; done++) {
    const stai_network_info *info = &server->running.info;
    for (uint32_t i = 0; i < info->n_inputs; i++) good = good && board_bulk_read(server->running.inputs[i], info->inputs[i].size_bytes);
    server->bulk = true;
    good = good && infer(server, request->number[5]);
    if (good) send_outputs(server, request->number[5]);
    server->bulk = false;
    if (good) acknowledge(server, STATE_PROCESSING, done + 1, ERROR_NONE);
  }
  good = board_bulk_close() && good;
  acknowledge(server, good ? STATE_DONE : STATE_ERROR, samples, good ? ERROR_NONE : ERROR_GENERIC);
}
