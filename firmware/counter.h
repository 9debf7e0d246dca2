/* Counting instructions on a virtual board. Under `-icount shift=7` QEMU lets 128 ns of virtual time pass per instruction, so a timer
 * that ticks at TIMER_HZ counts TIMER_HZ * 128e-9 ticks per instruction: more than two on every machine, so the count is exact.
 * A second, slow timer extends the 32-bit ones, so that nothing wraps. Without -icount the numbers follow the host's clock: meaningless.
 * Instructions are not time: a virtual board has no caches, wait states or pipelines. */
#ifndef COUNTER_H
#define COUNTER_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define COUNTER_ICOUNT_SHIFT 7

/* Starts the timers and measures what reading them costs. Once, before the functions below. */
void counter_initialise(void);

/* Timer ticks since counter_initialise. */
uint64_t counter_ticks(void);

/* Instructions in a number of ticks, rounded to the nearest. */
uint64_t counter_instructions(uint64_t ticks);

/* Instructions from counter_start to counter_stop, without those of the two calls: an empty pair gives 0. Not nested. */
void counter_start(void);
uint64_t counter_stop(void);

#ifdef __cplusplus
}
#endif

#endif
