/* The console of a virtual board (firmware/semihost.h), on the host. */
#include "semihost.h"

#include <inttypes.h>
#include <stdio.h>

void semihost_print(const char *text) { fputs(text, stdout); }
void semihost_print_number(uint64_t value) { printf("%" PRIu64, value); }
void semihost_print_hex(uint32_t value) { printf("0x%08" PRIx32, value); }
