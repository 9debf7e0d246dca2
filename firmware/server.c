#include "server.h"

#include <string.h>

#include "server_private.h"

#define TEXT_(value) #value
#define TEXT(value) TEXT_(value)

/* rtid of the protocol: ST.AI runtime, st-ai API, GCC. */
enum { RUNTIME_ID = 1 | 1 << 8 | 1 << 16 };

static void put_bulk(void *context, const void *data, size_t bytes) {
  (void)context;
  (void)board_bulk_write(data, bytes); /* a failed write shows as a short file */
}

void respond(struct server *server, enum state state, enum payload kind, wire_encode encode, const void *value) {
  const struct response response = {server->request_id, state, kind, encode, value};
  struct wire_writer counter = {NULL, NULL, 0};
  encode_response(&counter, &response);
  if (server->bulk) {
    const uint8_t size[4] = {(uint8_t)counter.size, (uint8_t)(counter.size >> 8), (uint8_t)(counter.size >> 16), (uint8_t)(counter.size >> 24)};
    struct wire_writer writer = {put_bulk, NULL, 0};
    put_bulk(NULL, size, sizeof size);
    encode_response(&writer, &response);
    return;
  }
  struct wire_writer writer = {link_put, &server->link, 0};
  link_begin(&server->link, counter.size);
  encode_response(&writer, &response);
}

void acknowledge(struct server *server, enum state state, uint32_t param, enum error error) {
  const struct ack_message ack = {param, (uint32_t)error};
  respond(server, state, PAYLOAD_ACK, encode_ack, &ack);
}

/* Reads a whole message from the link, padding included. */
static bool receive(struct server *server, uint32_t wait_ms, struct incoming *message, uint8_t *bytes, uint32_t capacity) {
  struct wire_reader reader = {link_get, &server->link, 0, false};
  if (!link_receive(&server->link, wait_ms, &reader.left)) return false;
  return read_message(&reader, message, bytes, capacity);
}

bool receive_bare(struct server *server, struct incoming *message, uint8_t *bytes, uint32_t capacity) {
  if (!receive(server, LINK_MESSAGE_WAIT_MS, message, bytes, capacity)) return false;
  if (!message->is_request) return true;
  server->interruption = *message;
  server->interrupted = true;
  return false;
}

bool receive_acknowledgement(struct server *server) {
  struct incoming message;
  return receive_bare(server, &message, NULL, 0);
}

void log_text(struct server *server, const char *text) {
  const struct log_message log = {1, text};
  respond(server, STATE_PROCESSING, PAYLOAD_LOG, encode_log, &log);
  (void)receive_acknowledgement(server);
}

static void handle_sync(struct server *server) {
  const struct sync_message sync = {PROTOCOL_VERSION, CAPABILITY_OBSERVER | CAPABILITY_READ_WRITE | CAPABILITY_SELF_TEST, RUNTIME_ID};
  server->link.payload = LINK_PAYLOAD;
  respond(server, STATE_IDLE, PAYLOAD_SYNC, encode_sync, &sync);
}

static void handle_sysinfo(struct server *server) {
  const struct board_facts *facts = board_describe();
  const uint32_t large = server->link.short_header ? 0 : facts->large_payload;
  const struct sysinfo_message info = {facts->device_id, facts->core_clock, facts->bus_clock, facts->cache, large};
  respond(server, STATE_IDLE, PAYLOAD_SYSINFO, encode_sysinfo, &info);
  if (large != 0) server->link.payload = large;
}

/* "GCC 12.2.1 9a75ee0c": the last word is the runtime's build, in hexadecimal. */
static const char *runtime_description(char *text, size_t capacity) {
  static const char compiler[] = "GCC " TEXT(__GNUC__) "." TEXT(__GNUC_MINOR__) "." TEXT(__GNUC_PATCHLEVEL__);
  stai_runtime_info info;
  memcpy(text, compiler, sizeof compiler);
  if (stai_runtime_get_info(&info) != STAI_SUCCESS || info.runtime_build == 0 || capacity < sizeof compiler + 9) return text;
  char *next = text + sizeof compiler - 1;
  *next++ = ' ';
  for (unsigned i = 0; i < 8; i++) *next++ = "0123456789abcdef"[info.runtime_build >> (28 - 4 * i) & 15u];
  *next = '\0';
  return text;
}

static void handle_network_info(struct server *server, const struct incoming *request) {
  char description[NAME_BYTES];
  if (request->number[3] >= tested_networks_count) {
    acknowledge(server, STATE_ERROR, 0, ERROR_INVALID_PARAM);
    return;
  }
  if (!select_network(server, request->number[3])) {
    acknowledge(server, STATE_ERROR, 0, ERROR_GENERIC); /* the host says that the model is not initialised */
    return;
  }
  for (const char *const *line = board_describe()->config; line != NULL && *line != NULL && !server->interrupted; line++) log_text(server, *line);
  const struct tested_network *network = server->running.network;
  const struct model_message model = {&server->running.info, network->name, network->compile_datetime,
                                      runtime_description(description, sizeof description), RUNTIME_ID};
  if (!server->interrupted) respond(server, STATE_IDLE, PAYLOAD_MODEL, encode_model, &model);
}

static void handle(struct server *server, const struct incoming *request, const char *name) {
  server->request_id = request->number[1];
  switch (request->number[2]) {
    case COMMAND_SYNC: handle_sync(server); break;
    case COMMAND_SYS_INFO: handle_sysinfo(server); break;
    case COMMAND_DISCONNECT: server->link.payload = LINK_PAYLOAD; break; /* no answer */
    case COMMAND_NETWORK_INFO: handle_network_info(server, request); break;
    case COMMAND_NETWORK_RUN: handle_network_run(server, request, name); break;
    case COMMAND_MEMORY_READ: handle_memory_read(server, request); break;
    case COMMAND_MEMORY_WRITE: handle_memory_write(server, request); break;
    case COMMAND_MEMORY_CHECKSUM: handle_memory_checksum(server, request); break;
    case COMMAND_TEST: handle_test(server, request); break;
    default: acknowledge(server, STATE_ERROR, 0, ERROR_INVALID_PARAM); break;
  }
}

void serve(void) {
  static struct server server;
  memset(&server, 0, sizeof server);
  link_initialise(&server.link);
  while (!server.link.closed) {
    struct incoming request;
    uint8_t name[NAME_BYTES] = {0};
    if (server.interrupted) { /* its name was not kept: only a client that starts again sends one there, with SYNC */
      request = server.interruption;
      server.interrupted = false;
    } else if (!receive(&server, 0, &request, name, NAME_BYTES - 1) || !request.is_request) {
      continue;
    }
    handle(&server, &request, (const char *)name);
  }
}
