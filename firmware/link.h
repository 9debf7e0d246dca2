/* Messages on the serial link, cut into packets (protocol.md sections 1 and 5). Serves the clients of all generations: those of 2.0 and
 * 2.1 write one header byte, those of 2.2 and later two; which one shows in the first byte of a message. */
#ifndef LINK_H
#define LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { LINK_PAYLOAD = 32 }; /* bytes of a packet after SYNC */
#ifndef LINK_PAYLOAD_MAX
#define LINK_PAYLOAD_MAX 32
#endif
enum {
  LINK_BYTE_GAP_MS = 150,      /* between the bytes of one packet: longer, and the packet is dropped */
  LINK_PACKET_WAIT_MS = 5000,  /* between the packets of one message */
  LINK_MESSAGE_WAIT_MS = 10000 /* for a message that has to come now */
};
#define LINK_MESSAGE_MAX (64u << 20) /* a longer message is refused: nobody sends it */

struct link {
  uint32_t payload;   /* bytes of a packet, header not counted */
  bool short_header;  /* one header byte: 2.0 and 2.1 */
  bool closed;        /* BOARD_CLOSED was seen */
  uint8_t in[LINK_PAYLOAD_MAX + 2];
  uint32_t in_size, in_next; /* useful bytes of the packet in `in` behind the header, next one to hand out */
  uint8_t out[LINK_PAYLOAD_MAX + 2];
  uint32_t out_size, out_left; /* bytes waiting in `out`; bytes of the message still to be put */
};

void link_initialise(struct link *link);

/* Waits for a message (`wait_ms` 0: for ever) and sets `size` to its bytes. False: none came, or it was no message; try again. */
bool link_receive(struct link *link, uint32_t wait_ms, uint32_t *size);

/* Next byte of the message, or -1 when the host stopped sending. `link` is a struct link. */
int link_get(void *link);

/* A message of `size` bytes follows by link_put; the last byte sends the last packet. */
void link_begin(struct link *link, uint32_t size);
void link_put(void *link, const void *data, size_t bytes);

#ifdef __cplusplus
}
#endif

#endif
