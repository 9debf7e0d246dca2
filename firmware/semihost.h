/* Semihosting: a bare program's way to files, the console and the exit status of the machine that emulates it.
 * Source: Arm, "Semihosting for AArch32 and AArch64". Only to be called where a debugger or an emulator serves it: elsewhere it faults. */
#ifndef SEMIHOST_H
#define SEMIHOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

void semihost_print(const char *text);
void semihost_print_number(uint64_t value); /* decimal */
void semihost_print_hex(uint32_t value);    /* 0x and 8 digits */

/* Handles are > 0; 0 or less means it failed. */
typedef int32_t semihost_file;
semihost_file semihost_open_read(const char *path);
semihost_file semihost_open_write(const char *path); /* made, or emptied */
bool semihost_read(semihost_file file, void *data, size_t bytes);        /* false: fewer bytes were there */
bool semihost_write(semihost_file file, const void *data, size_t bytes);
bool semihost_close(semihost_file file);

/* What follows `-semihosting-config arg=` (several are joined by spaces). False when it does not fit `capacity`, NUL included. */
bool semihost_command_line(char *text, size_t capacity);

/* Time of the host in milliseconds since the start: for time-outs, never for measuring (it runs on while instructions are counted). */
uint32_t semihost_milliseconds(void);

_Noreturn void semihost_exit(int status);

#ifdef __cplusplus
}
#endif

#endif
