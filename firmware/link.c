#include "link.h"

#include <string.h>

#include "board.h"

enum { SYNC_BYTE = 0xAA };

void link_initialise(struct link *link) {
  memset(link, 0, sizeof *link);
  link->payload = LINK_PAYLOAD;
}

/* The next byte, or BOARD_NO_BYTE after `wait_ms` (0: for ever). */
static int wait_byte(struct link *link, uint32_t wait_ms) {
  const uint32_t begin = wait_ms > 0 ? board_milliseconds() : 0;
  for (;;) {
    const int byte = board_read_byte();
    if (byte == BOARD_CLOSED) link->closed = true;
    if (byte != BOARD_NO_BYTE) return byte;
    if (wait_ms > 0 && board_milliseconds() - begin >= wait_ms) return BOARD_NO_BYTE;
  }
}

/* Reads `bytes` bytes to `in` + `at`; returns how many came without a gap. */
static uint32_t read_bytes(struct link *link, uint32_t at, uint32_t bytes) {
  for (uint32_t i = 0; i < bytes; i++) {
    const int byte = wait_byte(link, LINK_BYTE_GAP_MS);
    if (byte < 0) return i;
    link->in[at + i] = (uint8_t)byte;
  }
  return bytes;
}

static void drop_until_idle(struct link *link) {
  while (wait_byte(link, LINK_BYTE_GAP_MS) >= 0) {
  }
}

/* Reads one whole packet. `first`: of a message, whose first byte tells the kind of header. */
static bool receive_packet(struct link *link, bool first, uint32_t wait_ms) {
  const int byte = wait_byte(link, wait_ms);
  if (byte < 0) return false;
  link->in[0] = (uint8_t)byte;
  if (first && link->payload == LINK_PAYLOAD) link->short_header = byte != 0;
  const uint32_t header = link->short_header ? 1 : 2;
  const uint32_t wanted = header + link->payload;
  const uint32_t got = 1 + read_bytes(link, 1, wanted - 1);
  if (got != wanted) {
    /* A client that left while packets were large starts again with small ones. */
    if (!first || got != LINK_PAYLOAD + 2 || link->in[0] != 0) return false;
    link->payload = LINK_PAYLOAD;
  }
  link->in_size = link->short_header ? link->in[0] : (uint32_t)link->in[0] << 8 | link->in[1];
  link->in_next = 0;
  if (link->in_size >= 1 && link->in_size <= link->payload) return true;
  drop_until_idle(link);
  return false;
}

int link_get(void *context) {
  struct link *link = context;
  if (link->in_next == link->in_size) {
    const uint8_t more = SYNC_BYTE;
    board_write(&more, 1);
    if (!receive_packet(link, false, LINK_PACKET_WAIT_MS)) {
      link->in_size = link->in_next = 0;
      return -1;
    }
  }
  return link->in[(link->short_header ? 1u : 2u) + link->in_next++];
}

bool link_receive(struct link *link, uint32_t wait_ms, uint32_t *size) {
  if (!receive_packet(link, true, wait_ms)) return false;
  uint64_t value = 0;
  for (unsigned shift = 0;; shift += 7) {
    const int byte = shift < 35 && link->in_next < link->in_size ? link_get(link) : -1; /* the size stands in the first packet */
    if (byte < 0) break;
    value |= (uint64_t)((unsigned)byte & 0x7Fu) << shift;
    if ((byte & 0x80) != 0) continue;
    *size = (uint32_t)value;
    if (value <= LINK_MESSAGE_MAX) return true;
    break;
  }
  drop_until_idle(link);
  return false;
}

void link_begin(struct link *link, uint32_t size) {
  link->out_size = 0;
  link->out_left = size;
}

static void send_packet(struct link *link, bool last) {
  const uint32_t header = link->short_header ? 1 : 2;
  if (link->short_header) {
    link->out[1] = (uint8_t)(link->out_size | (last ? 0x80u : 0u));
  } else {
    link->out[0] = (uint8_t)(link->out_size >> 8 | (last ? 0x80u : 0u));
    link->out[1] = (uint8_t)link->out_size;
  }
  memset(link->out + 2 + link->out_size, 0, link->payload - link->out_size);
  board_write(link->out + 2 - header, header + link->payload);
  link->out_size = 0;
}

void link_put(void *context, const void *data, size_t bytes) {
  struct link *link = context;
  const uint8_t *next = data;
  while (bytes > 0) {
    size_t piece = link->payload - link->out_size;
    if (piece > bytes) piece = bytes;
    memcpy(link->out + 2 + link->out_size, next, piece);
    link->out_size += (uint32_t)piece;
    link->out_left -= (uint32_t)piece;
    next += piece;
    bytes -= piece;
    if (link->out_size == link->payload || link->out_left == 0) send_packet(link, link->out_left == 0);
  }
}
