/* Loops of known length, counted: prints PASS or what differs. A loop turn is two instructions (subs, bne). */
#include "counter.h"
#include "semihost.h"

static void turns(uint32_t count) {
  __asm volatile(
      ".syntax unified\n"
      ".align 2\n"
      "1: subs %0, %0, #1\n"
      "bne 1b\n"
      : "+l"(count)
      :
      : "cc");
}

__attribute__((noinline)) static uint64_t counted(uint32_t count) {
  counter_start();
  turns(count);
  return counter_stop();
}

int main(void) {
  static const uint32_t counts[] = {2, 7, 100, 5003, 250001, 6000000, 700000000};
  int failures = 0;
  counter_initialise();
  counter_start();
  if (counter_stop() != 0) {
    semihost_print("FAIL: an empty pair counts something\n");
    failures++;
  }
  const uint64_t base = counted(1);
  for (unsigned i = 0; i < sizeof counts / sizeof counts[0]; i++) {
    const uint64_t expected = base + 2u * (uint64_t)(counts[i] - 1u);
    const uint64_t got = counted(counts[i]);
    if (got == expected) continue;
    failures++;
    semihost_print("FAIL: ");
    semihost_print_number(got);
    semihost_print(" instructions counted, ");
    semihost_print_number(expected);
    semihost_print(" executed\n");
  }
  semihost_print(failures == 0 ? "PASS\n" : "FAIL\n");
  return failures;
}
