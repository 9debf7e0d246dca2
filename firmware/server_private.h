/* What the parts of the server share. */
#ifndef SERVER_PRIVATE_H
#define SERVER_PRIVATE_H

#include "board.h"
#include "link.h"
#include "messages.h"
#include "tested_network.h"

struct server {
  struct link link;
  uint32_t request_id;
  bool bulk;                        /* answers go to the bulk file instead of the link */
  struct running_network running;   /* the network prepared last */
  uint32_t read_cost, event_cost;   /* counts of the measuring itself, see run.c */
  struct incoming interruption;     /* a request that came where something else was awaited */
  bool interrupted;
};

/* The name of a request, NUL included. */
enum { NAME_BYTES = 64 };

void respond(struct server *server, enum state state, enum payload kind, wire_encode encode, const void *value);
void acknowledge(struct server *server, enum state state, uint32_t param, enum error error);
void log_text(struct server *server, const char *text);

/* The next bare message of the host: data (its bytes to `bytes`) or an acknowledgement. False when none came in time, it was malformed,
 * or a new request came instead, which is then kept in `interruption`. */
bool receive_bare(struct server *server, struct incoming *message, uint8_t *bytes, uint32_t capacity);
bool receive_acknowledgement(struct server *server);

/* memory.c: MEMORY_READ, MEMORY_WRITE, MEMORY_CHECKSUM, TEST. */
uint16_t bsd_checksum(const uint8_t *data, uint32_t bytes);
void handle_memory_read(struct server *server, const struct incoming *request);
void handle_memory_write(struct server *server, const struct incoming *request);
void handle_memory_checksum(struct server *server, const struct incoming *request);
void handle_test(struct server *server, const struct incoming *request);

/* run.c: NETWORK_RUN, and the same for all samples of a bulk file. `name` is the network's. */
bool select_network(struct server *server, uint32_t index);
void handle_network_run(struct server *server, const struct incoming *request, const char *name);
void handle_bulk_run(struct server *server, const struct incoming *request);

#endif
