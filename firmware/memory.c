/* The host reads, writes and checks memory, and tries the link. */
#include "server_private.h"

enum { CHUNK_BYTES = 1024 };

/* The 16-bit checksum of BSD's sum(1): rotate right by one, add. */
uint16_t bsd_checksum(const uint8_t *data, uint32_t bytes) {
  uint32_t sum = 0;
  for (uint32_t i = 0; i < bytes; i++) sum = ((sum >> 1 | sum << 15) + data[i]) & 0xFFFFu;
  return (uint16_t)sum;
}

static uint32_t smaller(uint32_t a, uint32_t b) { return a < b ? a : b; }

/* Sends `bytes` bytes as data messages; the host acknowledges all but the last. */
static void send_memory(struct server *server, uint32_t address, const uint8_t *data, uint32_t bytes) {
  for (uint32_t done = 0; done < bytes;) {
    const uint32_t piece = smaller(bytes - done, CHUNK_BYTES);
    const struct data_message message = {address + done, piece, data + done};
    done += piece;
    respond(server, done == bytes ? STATE_DONE : STATE_PROCESSING, PAYLOAD_DATA, encode_data, &message);
    if (done < bytes && !receive_acknowledgement(server)) return;
  }
}

/* The memory of a request, or NULL after having refused it. */
static uint8_t *requested_memory(struct server *server, const struct incoming *request, bool write) {
  uint8_t *memory = request->number[5] > 0 ? board_memory(request->number[3], request->number[5], write) : NULL;
  if (memory == NULL) acknowledge(server, STATE_ERROR, 0, ERROR_INVALID_PARAM);
  return memory;
}

void handle_memory_read(struct server *server, const struct incoming *request) {
  const uint8_t *memory = requested_memory(server, request, false);
  if (memory == NULL) return;
  acknowledge(server, STATE_PROCESSING, 0, ERROR_NONE);
  send_memory(server, request->number[3], memory, request->number[5]);
}

void handle_memory_write(struct server *server, const struct incoming *request) {
  const uint32_t bytes = request->number[5];
  uint8_t *memory = requested_memory(server, request, true);
  if (memory == NULL) return;
  acknowledge(server, STATE_WAITING, CHUNK_BYTES, ERROR_NONE);
  for (uint32_t done = 0; done < bytes;) {
    struct incoming data;
    if (!receive_bare(server, &data, memory + done, bytes - done)) return;
    const uint32_t piece = data.number[4];
    if (piece == 0 || piece > bytes - done) {
      acknowledge(server, STATE_ERROR, 0, ERROR_INVALID_SIZE);
      return;
    }
    acknowledge(server, done + piece == bytes ? STATE_DONE : STATE_WAITING, bsd_checksum(memory + done, piece), ERROR_NONE);
    done += piece;
  }
}

void handle_memory_checksum(struct server *server, const struct incoming *request) {
  const uint8_t *memory = requested_memory(server, request, false);
  if (memory != NULL) acknowledge(server, STATE_DONE, bsd_checksum(memory, request->number[5]), ERROR_NONE);
}

/* The links' tests. The data of the host goes to the memory of the first network, which is free between runs; one that allocates its
 * own activations has little, and the test is refused. */
void handle_test(struct server *server, const struct incoming *request) {
  const uint32_t test = request->number[3] & 0xFFFFu, size = request->number[3] >> 16;
  const struct tested_network *network = &tested_networks[0];
  struct incoming data;
  if (test == TEST_BULK_RUN) {
    handle_bulk_run(server, request);
    return;
  }
  if ((test == TEST_RECEIVE || test == TEST_SEND || test == TEST_ECHO) && size > network->memory_bytes) {
    acknowledge(server, STATE_ERROR, 0, ERROR_INVALID_SIZE);
    return;
  }
  server->running.ready = false; /* its memory is overwritten */
  if (test == TEST_RECEIVE || test == TEST_SEND || test == TEST_ECHO) acknowledge(server, STATE_WAITING, size, ERROR_NONE);
  if (test == TEST_RECEIVE || test == TEST_ECHO) {
    if (!receive_bare(server, &data, network->memory, network->memory_bytes)) return;
    const bool more = test == TEST_ECHO || request->number[5] != 0;
    const uint32_t length = smaller(data.number[4], network->memory_bytes);
    acknowledge(server, more ? STATE_PROCESSING : STATE_DONE, bsd_checksum(network->memory, length), ERROR_NONE);
    if (test == TEST_RECEIVE) {
      if (more) (void)receive_acknowledgement(server);
      return;
    }
  } else if (test == TEST_SEND) {
    for (uint32_t i = 0; i < size; i++) network->memory[i] = (uint8_t)i;
  } else if (test == TEST_TENSOR) {
    static const int32_t shape[] = {1, 4};
    static const uint8_t values[] = {1, 2, 3, 4};
    static const stai_tensor tensor = {.size_bytes = 4, .flags = STAI_FLAG_HAS_BATCH, .format = STAI_FORMAT_U8, .shape = {2, shape}};
    const struct tensor_message message = {&tensor, TENSOR_OUTPUT | TENSOR_LAST, values};
    acknowledge(server, STATE_WAITING, 0, ERROR_NONE);
    respond(server, STATE_DONE, PAYLOAD_TENSOR, encode_tensor, &message);
    acknowledge(server, STATE_DONE, 0, ERROR_NONE);
    return;
  }
  if (test == TEST_SEND || test == TEST_ECHO) {
    const struct data_message message = {0, size, network->memory};
    respond(server, STATE_DONE, PAYLOAD_DATA, encode_data, &message);
  }
  acknowledge(server, STATE_DONE, test, ERROR_NONE);
}
