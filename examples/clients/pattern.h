/* What the example clients give to a network, and how they show what comes back. */
#ifndef PATTERN_H
#define PATTERN_H

#include <stdint.h>
#include <stdio.h>

/* int8 and uint8: 0, 1, 2, ...; float: the same divided by their number. */
static inline void fill_pattern(void *data, uint32_t elements, int is_float)
{
  for (uint32_t i = 0; i < elements; ++i) {
    if (is_float) {
      ((float *)data)[i] = (float)i / (float)elements;
    } else {
      ((uint8_t *)data)[i] = (uint8_t)i;
    }
  }
}

/* "output 0: 00 01 ff ..." */
static inline void print_bytes(const char *what, uint32_t index, const void *data, uint32_t bytes)
{
  printf("%s %u:", what, (unsigned)index);
  for (uint32_t i = 0; i < bytes; ++i) printf(" %02x", ((const uint8_t *)data)[i]);
  printf("\n");
}

#endif
