/* The messages of the protocol (protocol.md section 2) and how they are written. */
#ifndef MESSAGES_H
#define MESSAGES_H

#include "stai.h"
#include "wire.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { PROTOCOL_VERSION = 3 << 8 | 1 }; /* 3.1: accepted by the clients of 2.0 to 4.0 */

enum command {
  COMMAND_SYNC = 0,
  COMMAND_SYS_INFO = 1,
  COMMAND_DISCONNECT = 2,
  COMMAND_NETWORK_INFO = 10,
  COMMAND_NETWORK_RUN = 11,
  COMMAND_MEMORY_READ = 20,
  COMMAND_MEMORY_WRITE = 21,
  COMMAND_MEMORY_CHECKSUM = 22,
  COMMAND_TEST = 100
};
enum test { TEST_RECEIVE = 30, TEST_SEND = 40, TEST_ECHO = 50, TEST_TENSOR = 100, TEST_BULK_RUN = 0x4557 /* ours: "WE" */ };
enum state { STATE_IDLE = 0, STATE_WAITING = 1, STATE_PROCESSING = 2, STATE_DONE = 3, STATE_ERROR = 4 };
enum error {
  ERROR_NONE = 0,
  ERROR_INVALID_SIZE = 1,
  ERROR_INVALID_STATE = 3,
  ERROR_INVALID_PARAM = 4,
  ERROR_UNINITIALIZED = 7,
  ERROR_MEM_OVERFLOW = 8,
  ERROR_GENERIC = 10
};
enum capability { CAPABILITY_OBSERVER = 1, CAPABILITY_READ_WRITE = 8, CAPABILITY_SELF_TEST = 128 };
enum run_param { RUN_PER_LAYER = 2, RUN_WITH_DATA = 4, RUN_PERF = 8, RUN_CONST_VALUE = 512, RUN_DIRECT_WRITE = 1024 };
enum tensor_flag { TENSOR_INPUT = 1, TENSOR_OUTPUT = 2, TENSOR_INTERNAL = 4, TENSOR_MEMPOOL = 8, TENSOR_LAST = 256, TENSOR_NO_DATA = 512, TENSOR_IN_MEMPOOL = 1024 };
enum operator_flag { OPERATOR_INTERNAL = 1u << 24, OPERATOR_LAST = 2u << 24, OPERATOR_WITHOUT_TENSOR = 4u << 24 };
enum { SHAPE_ST_AI = 4 << 24, SHAPE_RAW = 5 << 24, SHAPE_HAS_BATCH = 64 << 24 };

/* Payloads of respMsg; the number of each is its field there. */
enum payload { PAYLOAD_SYNC = 10, PAYLOAD_SYSINFO = 11, PAYLOAD_ACK = 12, PAYLOAD_LOG = 13, PAYLOAD_DATA = 15, PAYLOAD_OPERATOR = 16, PAYLOAD_TENSOR = 17, PAYLOAD_MODEL = 22 };

struct sync_message { uint32_t version, capability, runtime_id; };
struct sysinfo_message { uint32_t device_id, core_clock, bus_clock, cache, large_payload; };
struct ack_message { uint32_t param, error; };
struct log_message { uint32_t level; const char *text; };
struct data_message { uint32_t address, size; const void *data; };
struct tensor_message { const stai_tensor *tensor; uint32_t flags; const void *data; /* NULL: none */ };
struct operator_message {
  uint32_t type, id; /* type with its flags */
  float duration;    /* ms */
  uint32_t counter_type;
  uint64_t count;
  int32_t stack_used, heap_used; /* bytes; -1: not monitored */
};
struct model_message {
  const stai_network_info *info;
  const char *name, *compile_datetime, *runtime_description;
  uint32_t runtime_id;
};

void encode_sync(struct wire_writer *writer, const void *sync_message);
void encode_sysinfo(struct wire_writer *writer, const void *sysinfo_message);
void encode_ack(struct wire_writer *writer, const void *ack_message);
void encode_log(struct wire_writer *writer, const void *log_message);
void encode_data(struct wire_writer *writer, const void *data_message);
void encode_tensor(struct wire_writer *writer, const void *tensor_message);
void encode_operator(struct wire_writer *writer, const void *operator_message);
void encode_model(struct wire_writer *writer, const void *model_message);

/* respMsg{request_id, state, payload}. */
struct response {
  uint32_t request_id;
  enum state state;
  enum payload kind;
  wire_encode encode;
  const void *value;
};
void encode_response(struct wire_writer *writer, const void *response);

/* What the host sends: reqMsg, aiDataMsg and ackMsg do not say which they are, but their fields have equal kinds:
 *   reqMsg 1 reqid, 2 cmd, 3 param, 4 name, 5 opt;  aiDataMsg 1 type, 2 size, 3 addr, 4 datas;  ackMsg 1 param, 2 error. */
struct incoming {
  uint32_t number[6];     /* by field; [4] is the size of the bytes field */
  bool is_request;        /* field 5 was there */
};

/* Reads a message; the bytes of field 4 go to `bytes`, what does not fit `capacity` is read and dropped. False: malformed. */
bool read_message(struct wire_reader *reader, struct incoming *message, uint8_t *bytes, uint32_t capacity);

#ifdef __cplusplus
}
#endif

#endif
