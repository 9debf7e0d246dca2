#include "counter.h"

#define REGISTER(offset) (*(volatile uint32_t *)(uintptr_t)(TIMER_ADDRESS + (offset)))

#if defined(TIMER_CMSDK)
/* Arm CMSDK (DDI 0479): an APB timer counts down at the full clock, the second one of the dual timer at 1/256 of it. */
#define FINE_CONTROL REGISTER(0x0)
#define FINE_VALUE REGISTER(0x4)
#define FINE_RELOAD REGISTER(0x8)
#define SLOW_LOAD REGISTER(0x2000)
#define SLOW_VALUE REGISTER(0x2004)
#define SLOW_CONTROL REGISTER(0x2008)
#define SLOW_SHIFT 8

static void start_timers(void) {
  FINE_RELOAD = 0xFFFFFFFFu;
  FINE_VALUE = 0xFFFFFFFFu;
  SLOW_CONTROL = 1u << 7 | 2u << 2 | 1u << 1; /* enabled, free running, clock / 256, 32 bits */
  SLOW_LOAD = 0xFFFFFFFFu;
  FINE_CONTROL = 1u;
}
static uint32_t fine_ticks(void) { return 0xFFFFFFFFu - FINE_VALUE; }
static uint32_t slow_ticks(void) { return 0xFFFFFFFFu - SLOW_VALUE; }

#elif defined(TIMER_SSE)
/* Arm SSE-300 (DDI 0773): a 64-bit counter, read through its control frame. */
static void start_timers(void) { REGISTER(0x0) = 1u; }

#elif defined(TIMER_NRF)
/* nRF51 reference manual: TIMER0 at 16 MHz, 32 bits. It is extended here and must be read every 268 virtual seconds (2 * 10^9 instructions). */
#define TASK_START REGISTER(0x000)
#define TASK_CAPTURE REGISTER(0x040)
#define BITMODE REGISTER(0x508)
#define PRESCALER REGISTER(0x510)
#define CAPTURED REGISTER(0x540)

static void start_timers(void) {
  BITMODE = 3u; /* 32 bits */
  PRESCALER = 0u;
  TASK_START = 1u;
}

#else
#error "no timer: define TIMER_CMSDK, TIMER_SSE or TIMER_NRF (firmware/machines.json)"
#endif

#if defined(TIMER_CMSDK)
/* The fine timer gives the low 32 bits; the slow one, known to within a few hundred ticks, says how often it wrapped. */
uint64_t counter_ticks(void) {
  const uint32_t fine = fine_ticks();
  const uint64_t about = (uint64_t)slow_ticks() << SLOW_SHIFT;
  const int32_t difference = (int32_t)(fine - (uint32_t)about);
  return about + (uint64_t)(int64_t)difference;
}
#elif defined(TIMER_SSE)
uint64_t counter_ticks(void) {
  uint32_t high, low;
  do {
    high = REGISTER(0xC);
    low = REGISTER(0x8);
  } while (high != REGISTER(0xC));
  return (uint64_t)high << 32 | low;
}
#else
uint64_t counter_ticks(void) {
  static uint64_t seen;
  TASK_CAPTURE = 1u;
  seen += (uint32_t)(CAPTURED - (uint32_t)seen);
  return seen;
}
#endif

static uint64_t started, cost;

uint64_t counter_instructions(uint64_t ticks) {
  /* TIMER_HZ * 2^shift ticks in 10^9 instructions; both divided by 10^3 to stay inside 64 bits for 10^13 ticks. */
  const uint64_t ticks_per_million = (uint64_t)(TIMER_HZ / 1000u) << COUNTER_ICOUNT_SHIFT;
  return (ticks * 1000000u + ticks_per_million / 2u) / ticks_per_million;
}

__attribute__((noinline)) void counter_start(void) { started = counter_ticks(); }

__attribute__((noinline)) uint64_t counter_stop(void) {
  const uint64_t instructions = counter_instructions(counter_ticks() - started);
  return instructions > cost ? instructions - cost : 0;
}

void counter_initialise(void) {
  start_timers();
  cost = 0;
  counter_start();
  cost = counter_stop();
}
