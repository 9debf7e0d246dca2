/* The sums of nn_lanes_s8.h. nn_eight_sums_s8 takes on Cortex-M3 16 instructions for 8 products, on Cortex-M0 28, and all 14 registers, more
 * than compilers hand to an asm statement: hence whole functions. */
#include "arch/nn_lanes_s8.h"

int32_t nn_one_sum_s8(const int8_t *x, const int8_t *w, int32_t n) {
  int32_t sum = 0;
  NN_UNROLLED for (; n > 0; n--) sum += *x++ * *w++;
  return sum;
}

int32_t nn_total_of_s8(const int8_t *x, int32_t n) {
  int32_t sum = 0;
  NN_UNROLLED for (; n > 0; n--) sum += *x++;
  return sum;
}

#if NN_THUMB == 2

/* r0 x, r1 w, r2 and r3 the words, r12 an element of x. */
#define NN_LANES_STEP                                                       \
  "ldrd r2, r3, [r1], #8\n ldrsb r12, [r0], #1\n"                            \
  "mla r4, r2, r12, r4\n asrs r2, r2, #8\n mla r5, r2, r12, r5\n asrs r2, r2, #8\n"  \
  "mla r6, r2, r12, r6\n asrs r2, r2, #8\n mla r7, r2, r12, r7\n"            \
  "mla r8, r3, r12, r8\n asrs r3, r3, #8\n mla r9, r3, r12, r9\n asrs r3, r3, #8\n"  \
  "mla r10, r3, r12, r10\n asrs r3, r3, #8\n mla r11, r3, r12, r11\n"

NN_NAKED void nn_eight_sums_s8(NN_UNUSED const int8_t *x, NN_UNUSED const int8_t *w, NN_UNUSED int32_t n, NN_UNUSED int32_t sum[8]) {
  __asm volatile(
      ".syntax unified\n"
      "push {r3-r11, lr}\n"
      "ldr r6, [r3]\n add r5, r6, r6, lsl #8\n add r4, r6, r5, lsl #8\n mov r7, #0\n" /* the sums start with what they take off last */
      "mov r8, r4\n mov r9, r5\n mov r10, r6\n mov r11, r7\n"
      "adds r3, r0, r2\n"                                /* the end of x */
      "bic r2, r2, #7\n add lr, r0, r2\n"                /* of the last whole eight */
      "push {r3}\n"
      "cmp r0, lr\n"
      "beq 2f\n"
      "1:\n" NN_LANES_STEP NN_LANES_STEP NN_LANES_STEP NN_LANES_STEP NN_LANES_STEP NN_LANES_STEP NN_LANES_STEP NN_LANES_STEP
      "cmp r0, lr\n"
      "bne 1b\n"
      "2:\n"
      "ldr lr, [sp]\n"
      "cmp r0, lr\n"
      "beq 4f\n"
      "3:\n" NN_LANES_STEP
      "cmp r0, lr\n"
      "bne 3b\n"
      "4:\n"
      "pop {r2, r3}\n"
      "sub r4, r4, r5, lsl #8\n sub r5, r5, r6, lsl #8\n sub r6, r6, r7, lsl #8\n"
      "sub r8, r8, r9, lsl #8\n sub r9, r9, r10, lsl #8\n sub r10, r10, r11, lsl #8\n"
      "stmia r3!, {r4-r11}\n"
      "pop {r4-r11, pc}\n");
}

#elif NN_THUMB == 1

/* Four products: r3 weights, r4 a product, r5 an element of x; the sums of v, v >> 8, v >> 16, v >> 24. */
#define NN_LANES_WORD(s0, s1, s2, s3)                          \
  "ldmia r1!, {r3}\n"                                          \
  "asrs r4, r3, #24\n muls r4, r5, r4\n add " s3 ", r4\n"      \
  "asrs r4, r3, #16\n muls r4, r5, r4\n add " s2 ", r4\n"      \
  "asrs r4, r3, #8\n muls r4, r5, r4\n add " s1 ", r4\n"       \
  "muls r3, r5, r3\n adds " s0 ", " s0 ", r3\n"

/* Of raw sums in s0, r1, r2 and r3 those of the channels; r5: -128 * (sum of x). */
#define NN_LANES_UNMIX(s0)                                                        \
  "lsls r4, r1, #8\n subs " s0 ", " s0 ", r4\n adds " s0 ", " s0 ", r5\n"          \
  "lsls r4, r2, #8\n subs r1, r1, r4\n adds r1, r1, r5\n"                        \
  "lsls r4, r3, #8\n subs r2, r2, r4\n adds r2, r2, r5\n"

NN_NAKED void nn_eight_sums_s8(NN_UNUSED const int8_t *x, NN_UNUSED const int8_t *w, NN_UNUSED int32_t n, NN_UNUSED int32_t sum[8]) {
  __asm volatile(
      ".syntax unified\n"
      "push {r4-r7, lr}\n"
      "mov r4, r8\n mov r5, r9\n mov r6, r10\n mov r7, r11\n"
      "push {r3-r7}\n"
      "adds r0, r0, r2\n rsbs r2, r2, #0\n"              /* x from its end: the index runs up to 0 */
      "movs r6, #0\n movs r7, #0\n mov r8, r6\n mov r9, r6\n mov r10, r6\n mov r11, r6\n mov r12, r6\n mov lr, r6\n"
      "1:\n"
      "ldrsb r5, [r0, r2]\n"
      NN_LANES_WORD("r6", "r8", "r9", "r10")
      NN_LANES_WORD("r7", "r11", "r12", "lr")
      "adds r2, r2, #1\n"
      "bne 1b\n"
      "pop {r0}\n"
      "ldr r5, [r0]\n"
      "mov r1, r8\n mov r2, r9\n mov r3, r10\n" NN_LANES_UNMIX("r6") "stmia r0!, {r6}\n stmia r0!, {r1, r2, r3}\n"
      "mov r1, r11\n mov r2, r12\n mov r3, lr\n" NN_LANES_UNMIX("r7") "stmia r0!, {r7}\n stmia r0!, {r1, r2, r3}\n"
      "pop {r4-r7}\n"
      "mov r8, r4\n mov r9, r5\n mov r10, r6\n mov r11, r7\n"
      "pop {r4-r7, pc}\n");
}

#else

void nn_eight_sums_s8(const int8_t *x, const int8_t *w, int32_t n, int32_t sum[8]) {
  uint32_t raw[8] = {0, 0, 0, 0, 0, 0, 0, 0};
  for (; n > 0; n--, x++, w += 8) {
    const int32_t v0 = (int32_t)nn_load_s8x4(w), v1 = (int32_t)nn_load_s8x4(w + 4);
    for (int32_t c = 0; c < 4; c++) {
      raw[c] += (uint32_t)(int32_t)*x * (uint32_t)(v0 >> 8 * c);
      raw[4 + c] += (uint32_t)(int32_t)*x * (uint32_t)(v1 >> 8 * c);
    }
  }
  const uint32_t offset = (uint32_t)sum[0];
  for (int32_t c = 0; c < 8; c++) sum[c] = (int32_t)((c & 3) == 3 ? raw[c] : raw[c] - (raw[c + 1] << 8) + offset);
}

#endif
