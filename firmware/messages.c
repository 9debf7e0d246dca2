#include "messages.h"

enum { STRING_MAX = 63, LOG_MAX = 127 };

void encode_sync(struct wire_writer *w, const void *value) {
  const struct sync_message *m = value;
  wire_uint(w, 1, m->version);
  wire_uint(w, 4, m->capability);
  wire_uint(w, 5, m->runtime_id);
}

void encode_sysinfo(struct wire_writer *w, const void *value) {
  const struct sysinfo_message *m = value;
  wire_uint(w, 1, m->device_id);
  wire_uint(w, 2, m->core_clock);
  wire_uint(w, 3, m->bus_clock);
  wire_uint(w, 4, m->cache);
  wire_uint(w, 5, m->large_payload);
}

void encode_ack(struct wire_writer *w, const void *value) {
  const struct ack_message *m = value;
  wire_uint(w, 1, m->param);
  wire_uint(w, 2, m->error);
}

void encode_log(struct wire_writer *w, const void *value) {
  const struct log_message *m = value;
  wire_uint(w, 1, m->level);
  wire_string(w, 2, m->text, LOG_MAX);
}

void encode_data(struct wire_writer *w, const void *value) {
  const struct data_message *m = value;
  wire_uint(w, 1, 0);
  wire_uint(w, 2, m->size);
  wire_uint(w, 3, m->address);
  wire_bytes(w, 4, m->data, m->size);
}

static uint32_t address(const void *pointer) { return (uint32_t)(uintptr_t)pointer; }

static void encode_descriptor(struct wire_writer *w, const void *value) {
  const struct tensor_message *m = value;
  const stai_tensor *t = m->tensor;
  const bool raw = (m->flags & TENSOR_MEMPOOL) != 0;
  const bool batch = (t->flags & STAI_FLAG_HAS_BATCH) != 0;
  uint32_t elements = 1;
  for (uint32_t i = 0; i < t->shape.size; i++) elements *= (uint32_t)t->shape.data[i];
  wire_string(w, 1, t->name, STRING_MAX);
  wire_uint(w, 2, (uint32_t)t->format & 0x01FFFFFFu);
  wire_uint(w, 3, elements);
  wire_uint(w, 4, t->shape.size | (raw ? (uint32_t)SHAPE_RAW : (uint32_t)SHAPE_ST_AI | (batch ? (uint32_t)SHAPE_HAS_BATCH : 0u)));
  for (uint32_t i = 0; i < t->shape.size; i++) wire_uint(w, 5, (uint32_t)t->shape.data[i]);
  wire_float(w, 6, t->scale.size > 0 ? t->scale.data[0] : 0.0f);
  wire_int32(w, 7, t->zeropoint.size > 0 ? t->zeropoint.data[0] : 0);
  wire_uint(w, 8, address(m->data));
  wire_uint(w, 9, m->flags);
}

void encode_tensor(struct wire_writer *w, const void *value) {
  const struct tensor_message *m = value;
  const bool empty = (m->flags & TENSOR_NO_DATA) != 0;
  const struct data_message data = {address(m->data), empty ? 0 : m->tensor->size_bytes, m->data};
  wire_message(w, 1, encode_descriptor, m);
  wire_message(w, 2, encode_data, &data);
}

void encode_operator(struct wire_writer *w, const void *value) {
  const struct operator_message *m = value;
  wire_string(w, 1, "", STRING_MAX);
  wire_uint(w, 2, m->type);
  wire_uint(w, 3, m->id);
  wire_float(w, 4, m->duration);
  wire_uint(w, 5, m->counter_type);
  wire_uint(w, 6, (uint32_t)m->count);
  wire_uint(w, 6, (uint32_t)(m->count >> 32));
  wire_int32(w, 7, m->stack_used);
  wire_int32(w, 8, m->heap_used);
}

static uint32_t version(stai_version v) { return (uint32_t)v.major << 24 | (uint32_t)v.minor << 16 | (uint32_t)v.micro << 8; }

static void encode_tensors(struct wire_writer *w, uint32_t field, const stai_tensor *tensors, uint32_t count, uint32_t flags) {
  wire_uint(w, field, count);
  for (uint32_t i = 0; i < count; i++) {
    const struct tensor_message tensor = {&tensors[i], flags | (i + 1 == count ? (uint32_t)TENSOR_LAST : 0u), NULL};
    wire_message(w, field + 1, encode_descriptor, &tensor);
  }
}

void encode_model(struct wire_writer *w, const void *value) {
  const struct model_message *m = value;
  const stai_network_info *info = m->info;
  wire_string(w, 1, m->name, STRING_MAX);
  wire_uint(w, 2, m->runtime_id);
  wire_string(w, 3, info->model_signature, STRING_MAX);
  wire_string(w, 4, m->compile_datetime, STRING_MAX);
  wire_uint(w, 5, version(info->runtime_version));
  wire_uint(w, 6, version(info->tool_version));
  wire_uint(w, 7, info->n_macc);
  wire_uint(w, 8, info->n_nodes);
  encode_tensors(w, 10, info->inputs, info->n_inputs, TENSOR_INPUT | ((info->flags & STAI_FLAG_INPUTS) != 0 ? TENSOR_IN_MEMPOOL : 0));
  encode_tensors(w, 12, info->outputs, info->n_outputs, TENSOR_OUTPUT | ((info->flags & STAI_FLAG_OUTPUTS) != 0 ? TENSOR_IN_MEMPOOL : 0));
  encode_tensors(w, 14, info->activations, info->n_activations, TENSOR_MEMPOOL);
  encode_tensors(w, 16, info->weights, info->n_weights, TENSOR_MEMPOOL);
  wire_string(w, 20, m->runtime_description, STRING_MAX);
}

void encode_response(struct wire_writer *w, const void *value) {
  const struct response *r = value;
  wire_uint(w, 1, r->request_id);
  wire_uint(w, 2, (uint32_t)r->state);
  wire_message(w, (uint32_t)r->kind, r->encode, r->value);
}

bool read_message(struct wire_reader *reader, struct incoming *message, uint8_t *bytes, uint32_t capacity) {
  uint32_t field, type;
  *message = (struct incoming){{0}, false};
  while (wire_next(reader, &field, &type)) {
    const bool known = field <= 5 && type == (field == 4 ? (uint32_t)WIRE_BYTES : (uint32_t)WIRE_VARINT);
    if (!known) {
      wire_skip(reader, type);
      continue;
    }
    if (field == 5) message->is_request = true;
    if (field != 4) {
      message->number[field] = (uint32_t)wire_read_varint(reader);
      continue;
    }
    message->number[4] = wire_read_length(reader);
    for (uint32_t i = 0; i < message->number[4] && !reader->failed; i++) {
      const uint8_t byte = wire_read_byte(reader);
      if (i < capacity) bytes[i] = byte;
    }
  }
  return !reader->failed;
}
