#include "wire.h"

#include <string.h>

static void put(struct wire_writer *writer, const void *data, size_t bytes) {
  if (writer->put != NULL && bytes > 0) writer->put(writer->context, data, bytes);
  writer->size += (uint32_t)bytes;
}

void wire_varint(struct wire_writer *writer, uint64_t value) {
  uint8_t bytes[10];
  size_t n = 0;
  do {
    bytes[n] = (uint8_t)(value & 0x7Fu);
    value >>= 7;
    if (value != 0) bytes[n] |= 0x80u;
    n++;
  } while (value != 0);
  put(writer, bytes, n);
}

static void tag(struct wire_writer *writer, uint32_t field, enum wire_type type) { wire_varint(writer, field << 3 | (uint32_t)type); }

void wire_uint(struct wire_writer *writer, uint32_t field, uint64_t value) {
  tag(writer, field, WIRE_VARINT);
  wire_varint(writer, value);
}

void wire_int32(struct wire_writer *writer, uint32_t field, int32_t value) { wire_uint(writer, field, (uint64_t)(int64_t)value); }

void wire_float(struct wire_writer *writer, uint32_t field, float value) {
  uint32_t word;
  memcpy(&word, &value, sizeof word);
  const uint8_t bytes[4] = {(uint8_t)word, (uint8_t)(word >> 8), (uint8_t)(word >> 16), (uint8_t)(word >> 24)};
  tag(writer, field, WIRE_FIXED32);
  put(writer, bytes, sizeof bytes);
}

void wire_bytes(struct wire_writer *writer, uint32_t field, const void *data, uint32_t bytes) {
  tag(writer, field, WIRE_BYTES);
  wire_varint(writer, bytes);
  put(writer, data, bytes);
}

void wire_string(struct wire_writer *writer, uint32_t field, const char *text, uint32_t longest) {
  uint32_t bytes = 0;
  while (text != NULL && bytes < longest && text[bytes] != '\0') bytes++;
  wire_bytes(writer, field, text, bytes);
}

void wire_message(struct wire_writer *writer, uint32_t field, wire_encode encode, const void *value) {
  struct wire_writer counter = {NULL, NULL, 0};
  encode(&counter, value);
  tag(writer, field, WIRE_BYTES);
  wire_varint(writer, counter.size);
  encode(writer, value);
}

uint8_t wire_read_byte(struct wire_reader *reader) {
  int byte = -1;
  if (!reader->failed && reader->left > 0) byte = reader->get(reader->context);
  if (byte < 0) {
    reader->failed = true;
    return 0;
  }
  reader->left--;
  return (uint8_t)byte;
}

uint64_t wire_read_varint(struct wire_reader *reader) {
  uint64_t value = 0;
  for (unsigned shift = 0; shift < 70; shift += 7) {
    const uint8_t byte = wire_read_byte(reader);
    if (shift < 64) value |= (uint64_t)(byte & 0x7Fu) << shift;
    if ((byte & 0x80u) == 0) return value;
  }
  reader->failed = true; /* more than ten bytes */
  return 0;
}

uint32_t wire_read_length(struct wire_reader *reader) {
  const uint64_t length = wire_read_varint(reader);
  if (length > reader->left) reader->failed = true;
  return reader->failed ? 0 : (uint32_t)length;
}

bool wire_next(struct wire_reader *reader, uint32_t *field, uint32_t *type) {
  if (reader->left == 0 || reader->failed) return false;
  const uint64_t key = wire_read_varint(reader);
  *field = (uint32_t)(key >> 3);
  *type = (uint32_t)(key & 7u);
  if (key > 0xFFFFFFFFu || *field == 0) reader->failed = true;
  return !reader->failed;
}

void wire_skip(struct wire_reader *reader, uint32_t type) {
  uint32_t bytes = 0;
  switch (type) {
    case WIRE_VARINT: wire_read_varint(reader); return;
    case WIRE_FIXED64: bytes = 8; break;
    case WIRE_FIXED32: bytes = 4; break;
    case WIRE_BYTES: bytes = wire_read_length(reader); break;
    default: reader->failed = true; return;
  }
  while (bytes-- > 0 && !reader->failed) wire_read_byte(reader);
}
