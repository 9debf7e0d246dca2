/* Many small computations in one program on a virtual board, each against expected values. A program of cases is cases_main.c, a C file that
 * defines board_cases, and the code under test; cmake/virtual_board.cmake builds and runs it:
 *   virtual_board_test(conv_cases mps2-an386 SOURCES firmware/cases_main.c conv_cases.c network_1.c ...)
 * It prints a line per case that fails, then "PASS <n> cases" or "FAIL <m> of <n> cases"; its exit status is 0 or 1. */
#ifndef CASES_H
#define CASES_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { CASE_OUTPUTS_MAX = 8 };

/* Expected bytes of one output. Aligned to the size of its elements. */
struct case_output {
  const void *expected;
  uint32_t bytes;
  bool is_float; /* float32, compared with the case's tolerance; else byte by byte */
};

struct board_case {
  const char *name;
  bool (*run)(void *const outputs[]); /* computes all outputs, each to 8-byte aligned memory of its size; false: it failed */
  struct case_output outputs[CASE_OUTPUTS_MAX];
  uint32_t outputs_count;
  float tolerance; /* of floats: largest difference allowed, relative to the largest expected value of the output (at least 1e-30) */
};

extern const struct board_case board_cases[];
extern const uint32_t board_cases_count;

#ifdef __cplusplus
}
#endif

#endif
