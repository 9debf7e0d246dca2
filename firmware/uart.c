#include "uart.h"

#define REGISTER(offset) (*(volatile uint32_t *)(uintptr_t)(UART_ADDRESS + (offset)))

#if defined(UART_CMSDK) /* Arm CMSDK, DDI 0479: APB UART */
#define DATA REGISTER(0x0)
#define STATE REGISTER(0x4)
#define CONTROL REGISTER(0x8)
#define DIVIDER REGISTER(0x10)
enum { TRANSMIT_FULL = 1, RECEIVE_FULL = 2 };

void uart_initialise(void) {
  DIVIDER = 16; /* the smallest; QEMU does not model the rate */
  CONTROL = 3;  /* transmit, receive */
}

int uart_read(void) { return (STATE & RECEIVE_FULL) != 0 ? (int)(DATA & 0xFFu) : -1; }

void uart_write(const uint8_t *data, size_t bytes) {
  for (size_t i = 0; i < bytes; i++) {
    while ((STATE & TRANSMIT_FULL) != 0) {
    }
    DATA = data[i];
  }
}

#elif defined(UART_NRF) /* nRF51 reference manual: UART */
#define START_RECEIVE REGISTER(0x000)
#define START_TRANSMIT REGISTER(0x008)
#define RECEIVED REGISTER(0x108)
#define TRANSMITTED REGISTER(0x11C)
#define ENABLE REGISTER(0x500)
#define RECEIVE_DATA REGISTER(0x518)
#define TRANSMIT_DATA REGISTER(0x51C)

void uart_initialise(void) {
  ENABLE = 4;
  START_RECEIVE = 1;
  START_TRANSMIT = 1;
}

int uart_read(void) {
  if (RECEIVED == 0) return -1;
  RECEIVED = 0;
  return (int)(RECEIVE_DATA & 0xFFu);
}

void uart_write(const uint8_t *data, size_t bytes) {
  for (size_t i = 0; i < bytes; i++) {
    TRANSMITTED = 0;
    TRANSMIT_DATA = data[i];
    while (TRANSMITTED == 0) {
    }
  }
}

#else
#error "no serial port: define UART_CMSDK or UART_NRF (firmware/machines.json)"
#endif
