/* Start of a bare program as a process of qemu-arm: its own stack (sections.ld), main, and the exit status by semihosting. */
#include "semihost.h"

extern int main(void);
void reset_handler(void);
void run_main(void);

__attribute__((used)) void run_main(void) { semihost_exit(main()); }

__attribute__((naked)) void reset_handler(void) {
  __asm volatile(
      "ldr sp, =stack_top\n"
      "bl run_main\n");
}
