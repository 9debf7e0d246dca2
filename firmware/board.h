/* What the validation firmware needs of the board it runs on. board_qemu.c implements it for the virtual boards; a port to a real board
 * implements the same functions; the unit tests implement them on the host. */
#ifndef BOARD_H
#define BOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The serial link. board_read_byte does not wait. */
enum { BOARD_NO_BYTE = -1, BOARD_CLOSED = -2 };
int board_read_byte(void); /* 0..255, BOARD_NO_BYTE, or BOARD_CLOSED when the link is gone for good and the firmware shall end */
void board_write(const uint8_t *data, size_t bytes);
uint32_t board_milliseconds(void); /* of real time, for time-outs; wraps */

/* Measuring. A count is CPU cycles or instructions, see counter_type. */
uint64_t board_ticks(void);
uint64_t board_count(uint64_t ticks);
double board_duration(uint64_t count); /* milliseconds */
void board_stack_paint(void);          /* marks the free part of the stack */
uint32_t board_stack_lowest(void);     /* lowest address written since then */
uint32_t board_stack_now(void);        /* about where the stack pointer is */

/* Who we are; the fields of the protocol's sysinfoMsg and aiOperatorMsg. */
struct board_facts {
  uint32_t device_id;             /* DEV_ID of an STM32; 0 for a virtual board */
  uint32_t core_clock, bus_clock; /* Hz */
  uint32_t cache;                 /* protocol.md section 4 */
  uint32_t counter_type;          /* low half: 0 CPU cycles, 1 instructions */
  uint32_t large_payload;         /* com_param: bytes of a packet after SYS_INFO; 0: 32. At most LINK_PAYLOAD_MAX */
  const char *const *config;      /* "key:value" lines for the host, NULL at the end */
};
const struct board_facts *board_describe(void);

/* The memory at an address of the board that the host may read (write), or NULL. */
uint8_t *board_memory(uint32_t address, uint32_t bytes, bool write);

/* Bulk data by files of the host, where there is such a way (semihosting): the inputs of all samples are read from one file, all
 * answers written to another. open fails where there is none. */
bool board_bulk_open(void);
bool board_bulk_read(void *data, size_t bytes);
bool board_bulk_write(const void *data, size_t bytes);
bool board_bulk_close(void);

#ifdef __cplusplus
}
#endif

#endif
