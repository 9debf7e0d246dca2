/* The part of protobuf's wire format that the protocol uses (protobuf.dev/programming-guides/encoding). No memory of its own: a writer
 * hands bytes to a function, or only counts them; a reader asks a function for bytes. */
#ifndef WIRE_H
#define WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct wire_writer {
  void (*put)(void *context, const void *data, size_t bytes); /* NULL: count only */
  void *context;
  uint32_t size; /* bytes so far */
};

void wire_varint(struct wire_writer *writer, uint64_t value);
void wire_uint(struct wire_writer *writer, uint32_t field, uint64_t value);
void wire_int32(struct wire_writer *writer, uint32_t field, int32_t value); /* negative: ten bytes, as protobuf's int32 */
void wire_float(struct wire_writer *writer, uint32_t field, float value);
void wire_bytes(struct wire_writer *writer, uint32_t field, const void *data, uint32_t bytes);
void wire_string(struct wire_writer *writer, uint32_t field, const char *text, uint32_t longest); /* cut at `longest`; NULL: empty */

/* A message inside a message: counts what `encode` writes, then writes tag, size and content. */
typedef void (*wire_encode)(struct wire_writer *writer, const void *value);
void wire_message(struct wire_writer *writer, uint32_t field, wire_encode encode, const void *value);

struct wire_reader {
  int (*get)(void *context); /* next byte, or < 0 when there is none */
  void *context;
  uint32_t left; /* bytes of the message not read yet */
  bool failed;   /* truncated or malformed; stays set */
};

enum wire_type { WIRE_VARINT = 0, WIRE_FIXED64 = 1, WIRE_BYTES = 2, WIRE_FIXED32 = 5 };

bool wire_next(struct wire_reader *reader, uint32_t *field, uint32_t *type); /* false at the end or when failed */
uint64_t wire_read_varint(struct wire_reader *reader);
uint32_t wire_read_length(struct wire_reader *reader); /* of WIRE_BYTES; fails when it goes past the end of the message */
uint8_t wire_read_byte(struct wire_reader *reader);
void wire_skip(struct wire_reader *reader, uint32_t type); /* the value of a field one does not know */

#ifdef __cplusplus
}
#endif

#endif
