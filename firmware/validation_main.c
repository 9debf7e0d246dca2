/* The validation firmware of the virtual boards. */
#include "board.h"
#include "counter.h"
#include "server.h"
#include "uart.h"

int main(void) {
  counter_initialise();
  uart_initialise();
  serve();
  return 0;
}
