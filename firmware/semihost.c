#include "semihost.h"

enum operation {
  SYS_OPEN = 0x01,
  SYS_CLOSE = 0x02,
  SYS_WRITE0 = 0x04,
  SYS_WRITE = 0x05,
  SYS_READ = 0x06,
  SYS_GET_CMDLINE = 0x15,
  SYS_EXIT_EXTENDED = 0x20,
  SYS_ELAPSED = 0x30
};
enum { OPEN_READ_BINARY = 1, OPEN_WRITE_BINARY = 5, APPLICATION_EXIT = 0x20026 };

static uint32_t call(enum operation operation, const void *parameters) {
  register uint32_t r0 __asm("r0") = (uint32_t)operation;
  register const void *r1 __asm("r1") = parameters;
#if __ARM_ARCH_PROFILE == 'M'
  __asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
#else
  __asm volatile("svc 0xab" : "+r"(r0) : "r"(r1) : "memory");
#endif
  return r0;
}

static uint32_t address(const void *pointer) { return (uint32_t)(uintptr_t)pointer; }

static uint32_t length(const char *text) {
  uint32_t n = 0;
  while (text[n] != '\0') n++;
  return n;
}

void semihost_print(const char *text) { call(SYS_WRITE0, text); }

void semihost_print_number(uint64_t value) {
  char text[21];
  char *first = text + sizeof text - 1;
  *first = '\0';
  do {
    *--first = (char)('0' + value % 10);
    value /= 10;
  } while (value != 0);
  semihost_print(first);
}

void semihost_print_hex(uint32_t value) {
  char text[11] = "0x";
  for (unsigned i = 0; i < 8; i++) text[2 + i] = "0123456789abcdef"[(value >> (28 - 4 * i)) & 15u];
  text[10] = '\0';
  semihost_print(text);
}

static semihost_file open_file(const char *path, uint32_t mode) {
  const uint32_t block[3] = {address(path), mode, length(path)};
  return (semihost_file)call(SYS_OPEN, block);
}

semihost_file semihost_open_read(const char *path) { return open_file(path, OPEN_READ_BINARY); }
semihost_file semihost_open_write(const char *path) { return open_file(path, OPEN_WRITE_BINARY); }

/* SYS_READ and SYS_WRITE return the number of bytes that were NOT transferred. */
bool semihost_read(semihost_file file, void *data, size_t bytes) {
  const uint32_t block[3] = {(uint32_t)file, address(data), (uint32_t)bytes};
  return bytes == 0 || call(SYS_READ, block) == 0;
}

bool semihost_write(semihost_file file, const void *data, size_t bytes) {
  const uint32_t block[3] = {(uint32_t)file, address(data), (uint32_t)bytes};
  return bytes == 0 || call(SYS_WRITE, block) == 0;
}

bool semihost_close(semihost_file file) {
  const uint32_t block[1] = {(uint32_t)file};
  return call(SYS_CLOSE, block) == 0;
}

bool semihost_command_line(char *text, size_t capacity) {
  uint32_t block[2] = {address(text), (uint32_t)capacity};
  return call(SYS_GET_CMDLINE, block) == 0;
}

uint32_t semihost_milliseconds(void) {
  uint64_t nanoseconds = 0; /* QEMU ticks SYS_ELAPSED at 1 GHz */
  call(SYS_ELAPSED, &nanoseconds);
  return (uint32_t)(nanoseconds / 1000000u);
}

_Noreturn void semihost_exit(int status) {
  const uint32_t block[2] = {APPLICATION_EXIT, (uint32_t)status};
  for (;;) call(SYS_EXIT_EXTENDED, block);
}
