/* A program whose instructions are known: profiling_test.py. */
#include <stdint.h>

void profile_begin(void);
void profile_end(void);
void turns(uint32_t count);
void first_site(void);
void second_site(void);

#ifndef WITHOUT_MARKER
__attribute__((noipa)) void profile_begin(void) { __asm volatile("" ::: "memory"); }
#endif
__attribute__((noipa)) void profile_end(void) { __asm volatile("" ::: "memory"); }

/* 2 * count + 1 instructions. */
__attribute__((naked, noipa)) void turns(uint32_t count) {
  (void)count;
  __asm volatile(
      ".syntax unified\n"
      "loop: subs r0, #1\n"
      "loop_branch: bne loop\n"
      "bx lr\n");
}

__attribute__((noipa)) void first_site(void) { turns(1000); }
__attribute__((noipa)) void second_site(void) { turns(30); }

int main(void) {
#ifndef WITHOUT_MARKER
  profile_begin();
#endif
#ifdef TWICE
  profile_begin();
#endif
  first_site();
  second_site();
#ifdef ENDLESS
  static volatile int never;
  if (never)
#endif
    profile_end();
  return 0;
}
