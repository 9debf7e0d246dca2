#include "cases.h"
#include "counter.h"
#include "semihost.h"

#include <math.h>
#include <string.h>

/* Outputs of one case; CASE_MEMORY_BYTES may be set on the command line. */
#ifndef CASE_MEMORY_BYTES
#define CASE_MEMORY_BYTES (256u << 10)
#endif
static uint64_t memory[CASE_MEMORY_BYTES / 8u];

static void complain(const struct board_case *board_case, const char *what, uint32_t output, uint32_t element) {
  semihost_print("FAIL ");
  semihost_print(board_case->name);
  semihost_print(": ");
  semihost_print(what);
  semihost_print(" output ");
  semihost_print_number(output);
  semihost_print(" at ");
  semihost_print_number(element);
  semihost_print("\n");
}

static bool same_bytes(const struct board_case *board_case, uint32_t index, const uint8_t *got) {
  const struct case_output *output = &board_case->outputs[index];
  const uint8_t *expected = output->expected;
  for (uint32_t i = 0; i < output->bytes; i++) {
    if (got[i] == expected[i]) continue;
    complain(board_case, "other bytes in", index, i);
    return false;
  }
  return true;
}

/* NaN agrees with NaN only; so do infinities of one sign. */
static bool near_floats(const struct board_case *board_case, uint32_t index, const float *got) {
  const struct case_output *output = &board_case->outputs[index];
  const float *expected = output->expected;
  float largest = 1e-30f;
  for (uint32_t i = 0; i < output->bytes / 4u; i++)
    if (isfinite(expected[i]) && fabsf(expected[i]) > largest) largest = fabsf(expected[i]);
  for (uint32_t i = 0; i < output->bytes / 4u; i++) {
    const bool equal = memcmp(&got[i], &expected[i], 4) == 0 || got[i] == expected[i] || (isnan(got[i]) && isnan(expected[i]));
    if (equal || fabsf(got[i] - expected[i]) <= board_case->tolerance * largest) continue;
    complain(board_case, "other numbers in", index, i);
    return false;
  }
  return true;
}

static bool check(const struct board_case *board_case) {
  void *outputs[CASE_OUTPUTS_MAX];
  uint32_t used = 0;
  for (uint32_t i = 0; i < board_case->outputs_count; i++) {
    outputs[i] = (uint8_t *)memory + used;
    used += (board_case->outputs[i].bytes + 7u) & ~7u;
    if (used > sizeof memory) {
      complain(board_case, "no memory for", i, 0);
      return false;
    }
  }
  memset(memory, 0xA5, used);
  if (!board_case->run(outputs)) {
    complain(board_case, "the run failed;", 0, 0);
    return false;
  }
  bool good = true;
  for (uint32_t i = 0; i < board_case->outputs_count; i++)
    good = (board_case->outputs[i].is_float ? near_floats(board_case, i, outputs[i]) : same_bytes(board_case, i, outputs[i])) && good;
  return good;
}

int main(void) {
  uint32_t failures = 0;
  counter_initialise();
  for (uint32_t i = 0; i < board_cases_count; i++)
    if (!check(&board_cases[i])) failures++;
  if (failures != 0 || board_cases_count == 0) {
    semihost_print("FAIL ");
    semihost_print_number(failures);
    semihost_print(" of ");
    semihost_print_number(board_cases_count);
    semihost_print(" cases\n");
    return 1;
  }
  semihost_print("PASS ");
  semihost_print_number(board_cases_count);
  semihost_print(" cases\n");
  return 0;
}
