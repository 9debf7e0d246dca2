/* The validation server: answers a host's requests about the networks of this firmware (protocol.md). */
#ifndef SERVER_H
#define SERVER_H

#ifdef __cplusplus
extern "C" {
#endif

/* Serves until the link is closed, which on a board is never. */
void serve(void);

#ifdef __cplusplus
}
#endif

#endif
