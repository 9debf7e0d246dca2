/* The virtual boards: serial port, instruction counter, stack and, by semihosting, the host's files. */
#include "board.h"
#include "counter.h"
#include "semihost.h"
#include "uart.h"

/* Regions of sections.ld. */
extern uint8_t stack_lowest[], stack_top[], VECTORS_ORIGIN[], VECTORS_LENGTH[], CODE_ORIGIN[], CODE_LENGTH[], WEIGHTS_ORIGIN[], WEIGHTS_LENGTH[],
    RAM_ORIGIN[], RAM_LENGTH[];

enum { STACK_MARK = 0x5AC0FFEE };

/* A count here is an instruction, not a cycle, and a virtual board has no clock worth a name. Hosts compute times and cycles from
 * `duration` and the clock; with a clock of 1 GHz and one nanosecond per instruction they come out as instructions. */
enum { NOMINAL_CLOCK = 1000000000 };

static const char *const config[] = {"s:config:virtual_board:" MACHINE, "s:config:counter:instructions", NULL};
static const struct board_facts facts = {
    .device_id = 0,
    .core_clock = NOMINAL_CLOCK,
    .bus_clock = NOMINAL_CLOCK,
#if defined(__ARM_FP)
    .cache = 1u << 16, /* a floating-point unit, no caches */
#endif
    .counter_type = 1,
    .large_payload = 0,
    .config = config,
};

const struct board_facts *board_describe(void) { return &facts; }

int board_read_byte(void) { return uart_read(); }
void board_write(const uint8_t *data, size_t bytes) { uart_write(data, bytes); }
uint32_t board_milliseconds(void) { return semihost_milliseconds(); }

uint64_t board_ticks(void) { return counter_ticks(); }
uint64_t board_count(uint64_t ticks) { return counter_instructions(ticks); }
double board_duration(uint64_t count) { return (double)count / (NOMINAL_CLOCK / 1000); }

static uint32_t address(const uint8_t *pointer) { return (uint32_t)(uintptr_t)pointer; }

__attribute__((noinline)) uint32_t board_stack_now(void) { return address(__builtin_frame_address(0)); }

void board_stack_paint(void) {
  const uint32_t end = board_stack_now() - 64u; /* below the frames of this function and the one above */
  for (uint32_t at = address(stack_lowest); at < end; at += 4) *(volatile uint32_t *)(uintptr_t)at = STACK_MARK;
}

uint32_t board_stack_lowest(void) {
  uint32_t at = address(stack_lowest);
  while (at < address(stack_top) && *(volatile uint32_t *)(uintptr_t)at == STACK_MARK) at += 4;
  return at;
}

static bool inside(uint32_t first, uint32_t bytes, const uint8_t *origin, const uint8_t *length) {
  const uint32_t offset = first - address(origin);
  return first >= address(origin) && offset <= address(length) && bytes <= address(length) - offset;
}

uint8_t *board_memory(uint32_t first, uint32_t bytes, bool write) {
  const bool readable = inside(first, bytes, VECTORS_ORIGIN, VECTORS_LENGTH) || inside(first, bytes, CODE_ORIGIN, CODE_LENGTH) ||
                        inside(first, bytes, WEIGHTS_ORIGIN, WEIGHTS_LENGTH);
  const bool writable = inside(first, bytes, RAM_ORIGIN, RAM_LENGTH);
  return writable || (readable && !write) ? (uint8_t *)(uintptr_t)first : (uint8_t *)0;
}

/* Files in the working folder of QEMU. Answers come in many small pieces: they are collected. */
static semihost_file bulk_in, bulk_out;
static uint8_t pieces[512];
static size_t pieces_size;
static bool bulk_good;

static void flush_pieces(void) {
  bulk_good = semihost_write(bulk_out, pieces, pieces_size) && bulk_good;
  pieces_size = 0;
}

bool board_bulk_open(void) {
  bulk_in = semihost_open_read("bulk_inputs.bin");
  if (bulk_in <= 0) return false;
  bulk_out = semihost_open_write("bulk_answers.bin");
  if (bulk_out <= 0) semihost_close(bulk_in);
  pieces_size = 0;
  bulk_good = true;
  return bulk_out > 0;
}

bool board_bulk_read(void *data, size_t bytes) { return semihost_read(bulk_in, data, bytes); }

bool board_bulk_write(const void *data, size_t bytes) {
  if (bytes > sizeof pieces - pieces_size) flush_pieces();
  if (bytes > sizeof pieces) {
    bulk_good = semihost_write(bulk_out, data, bytes) && bulk_good;
    return bulk_good;
  }
  const uint8_t *from = data;
  for (size_t i = 0; i < bytes; i++) pieces[pieces_size++] = from[i];
  return bulk_good;
}

bool board_bulk_close(void) {
  flush_pieces();
  bulk_good = semihost_close(bulk_out) && bulk_good;
  bulk_good = semihost_close(bulk_in) && bulk_good;
  return bulk_good;
}
