/* The inner loops of nn_lanes_s8.h on Cortex-M3 (16 instructions for 8 products) and Cortex-M0 (28). They take all 14 registers, more than
 * compilers hand to an asm statement: hence whole functions. */
#ifndef NN_LANES_S8_THUMB_H
#define NN_LANES_S8_THUMB_H

#if NN_THUMB == 2

/* r0 x, r1 w, r2 and r3 the words, r12 an element of x. */
#define NN_LANES_STEP                                                       \
  "ldrd r2, r3, [r1], #8\n ldrsb r12, [r0], #1\n"                            \
  "mla r4, r2, r12, r4\n asrs r2, r2, #8\n mla r5, r2, r12, r5\n asrs r2, r2, #8\n"  \
  "mla r6, r2, r12, r6\n asrs r2, r2, #8\n mla r7, r2, r12, r7\n"            \
  "mla r8, r3, r12, r8\n asrs r3, r3, #8\n mla r9, r3, r12, r9\n asrs r3, r3, #8\n"  \
  "mla r10, r3, r12, r10\n asrs r3, r3, #8\n mla r11, r3, r12, r11\n"

static NN_NAKED void nn_lane_products_s8(NN_UNUSED const int8_t *x, NN_UNUSED const int8_t *w, NN_UNUSED int32_t n, NN_UNUSED uint32_t raw[8]) {
  __asm volatile(
      ".syntax unified\n"
      "push {r3-r11, lr}\n"
      "adds r3, r0, r2\n"                                /* the end of x */
      "bic r2, r2, #3\n add lr, r0, r2\n"                /* of the last whole four */
      "push {r3}\n"
      "mov r4, #0\n mov r5, r4\n mov r6, r4\n mov r7, r4\n mov r8, r4\n mov r9, r4\n mov r10, r4\n mov r11, r4\n"
      "cmp r0, lr\n"
      "beq 2f\n"
      "1:\n" NN_LANES_STEP NN_LANES_STEP NN_LANES_STEP NN_LANES_STEP
      "cmp r0, lr\n"
      "bne 1b\n"
      "2:\n"
      "ldr lr, [sp]\n"
      "b 4f\n"
      "3:\n" NN_LANES_STEP
      "4:\n"
      "cmp r0, lr\n"
      "bne 3b\n"
      "pop {r2, r3}\n"
      "stmia r3!, {r4-r11}\n"
      "pop {r4-r11, pc}\n");
}

#else

/* Four products: r3 weights, r4 a product, r5 an element of x; the sums of v, v >> 8, v >> 16, v >> 24. */
#define NN_LANES_WORD(s0, s1, s2, s3)                          \
  "ldmia r1!, {r3}\n"                                          \
  "asrs r4, r3, #24\n muls r4, r5, r4\n add " s3 ", r4\n"      \
  "asrs r4, r3, #16\n muls r4, r5, r4\n add " s2 ", r4\n"      \
  "asrs r4, r3, #8\n muls r4, r5, r4\n add " s1 ", r4\n"       \
  "muls r3, r5, r3\n adds " s0 ", " s0 ", r3\n"

static NN_NAKED void nn_lane_products_s8(NN_UNUSED const int8_t *x, NN_UNUSED const int8_t *w, NN_UNUSED int32_t n, NN_UNUSED uint32_t raw[8]) {
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
      "mov r1, r8\n mov r2, r9\n mov r3, r10\n stmia r0!, {r6}\n stmia r0!, {r1, r2, r3}\n"
      "mov r1, r11\n mov r2, r12\n mov r3, lr\n stmia r0!, {r7}\n stmia r0!, {r1, r2, r3}\n"
      "pop {r4-r7}\n"
      "mov r8, r4\n mov r9, r5\n mov r10, r6\n mov r11, r7\n"
      "pop {r4-r7, pc}\n");
}

#endif

#endif
