/* Start-up of a bare Cortex-M program on a virtual board: vectors, units switched on, zeroed variables, main, and a fault handler
 * that tells what happened instead of hanging. */
#include <stdint.h>

#include "semihost.h"

extern uint32_t stack_top[], bss_start[], bss_end[];
extern int main(void);

void reset_handler(void);
void fault_handler(void);
void fault_report(const uint32_t *frame, uint32_t exception);

__attribute__((section(".vectors"), used)) static void (*const vectors[16])(void) = {
    (void (*)(void))(uintptr_t)stack_top,
    reset_handler,
    fault_handler, fault_handler, fault_handler, fault_handler, fault_handler, fault_handler, /* NMI to SecureFault */
    fault_handler, fault_handler, fault_handler, fault_handler, fault_handler, fault_handler, fault_handler, fault_handler};

#define REGISTER(address) (*(volatile uint32_t *)(uintptr_t)(address))
#define CCR REGISTER(0xE000ED14u)
#define CFSR REGISTER(0xE000ED28u)
#define BFAR REGISTER(0xE000ED38u)
#define CPACR REGISTER(0xE000ED88u)

void reset_handler(void) {
#if defined(__ARM_FP) || defined(__ARM_FEATURE_MVE)
  CPACR |= 0xFu << 20; /* coprocessors 10 and 11: floating point and MVE */
#endif
#if defined(__ARM_FEATURE_MVE)
  CCR |= 1u << 19; /* LOB: low-overhead loops */
#endif
  __asm volatile("dsb\n isb" ::: "memory");
  for (uint32_t *word = bss_start; word < bss_end; word++) *word = 0;
  semihost_exit(main());
}

/* The exception frame lies on the main stack; its address goes to the reporter with the number of the exception. */
__attribute__((naked)) void fault_handler(void) {
  __asm volatile(
      "mov r0, sp\n"
      "mrs r1, ipsr\n"
      "bl fault_report\n");
}

__attribute__((used)) void fault_report(const uint32_t *frame, uint32_t exception) {
  semihost_print("FAULT exception ");
  semihost_print_number(exception);
  semihost_print(" pc ");
  semihost_print_hex(frame[6]);
  semihost_print(" lr ");
  semihost_print_hex(frame[5]);
#if !defined(__ARM_ARCH_6M__)
  semihost_print(" cfsr ");
  semihost_print_hex(CFSR);
  semihost_print(" bfar ");
  semihost_print_hex(BFAR);
#endif
  semihost_print("\n");
  semihost_exit(70);
}
