/* The serial port of a virtual board. */
#ifndef UART_H
#define UART_H

#include <stddef.h>
#include <stdint.h>

void uart_initialise(void);
int uart_read(void); /* the next byte, or -1 when none has come */
void uart_write(const uint8_t *data, size_t bytes);

#endif
