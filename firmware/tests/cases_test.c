/* Cases for the case program itself. With EXPECT_FAILURES every one of them must be found out. */
#include "cases.h"

static const uint8_t bytes[] = {1, 2, 3};
static const float numbers[] = {1.0f, -1000.0f, 0.25f};
#ifdef EXPECT_FAILURES
enum { BYTE_OFF = 1 };
#define NUMBER_OFF 0.5f
#else
enum { BYTE_OFF = 0 };
#define NUMBER_OFF 0.005f
#endif

static bool write_bytes(void *const outputs[]) {
  uint8_t *to = outputs[0];
  for (unsigned i = 0; i < 3; i++) to[i] = bytes[i];
  to[2] = (uint8_t)(to[2] + BYTE_OFF);
  return true;
}

static bool write_numbers(void *const outputs[]) {
  float *to = outputs[0];
  for (unsigned i = 0; i < 3; i++) to[i] = numbers[i];
  to[0] += NUMBER_OFF;
  return true;
}

static bool refuse(void *const outputs[]) {
  (void)outputs;
  return BYTE_OFF == 0;
}

const struct board_case board_cases[] = {{"bytes", write_bytes, {{bytes, 3, false}}, 1, 0.0f},
                                         {"numbers", write_numbers, {{numbers, 12, true}}, 1, 1e-5f},
                                         {"refusal", refuse, {{0, 0, false}}, 0, 0.0f}};
const uint32_t board_cases_count = 3;
