/* The inner loops of nn_triples_s8.h on Cortex-M3 (13 instructions for 12 products) and Cortex-M0 (25). They take all 14 registers, more than
 * compilers hand to an asm statement: hence whole functions. */
#ifndef NN_TRIPLES_S8_THUMB_H
#define NN_TRIPLES_S8_THUMB_H

#if NN_THUMB == 2

/* r0 x, r1 w, r2 and r3 a pair, r12 weights. */
#define NN_TRIPLE_STEP                                             \
  "ldrd r2, r3, [r0], #8\n ldr r12, [r1], #4\n"                    \
  "mla r4, r12, r2, r4\n mla r5, r12, r3, r5\n asr r12, r12, #8\n" \
  "mla r6, r12, r2, r6\n mla r7, r12, r3, r7\n asr r12, r12, #8\n" \
  "mla r8, r12, r2, r8\n mla r9, r12, r3, r9\n asr r12, r12, #8\n" \
  "mla r10, r12, r2, r10\n mla r11, r12, r3, r11\n"

static NN_NAKED void nn_four_sums_s8(NN_UNUSED const uint32_t *chunk, NN_UNUSED const int8_t *w, NN_UNUSED int32_t n, NN_UNUSED uint32_t sum[4][2]) {
  __asm volatile(
      ".syntax unified\n"
      "push {r0, r3-r11, lr}\n"
      "adds r0, r0, #8\n"
      "add r12, r0, r2, lsl #3\n"                       /* the end of the pairs */
      "bic r2, r2, #3\n add lr, r0, r2, lsl #3\n"       /* of the last whole four */
      "push {r12}\n"
      "mov r4, #0\n mov r5, r4\n mov r6, r4\n mov r7, r4\n mov r8, r4\n mov r9, r4\n mov r10, r4\n mov r11, r4\n"
      "cmp r0, lr\n"
      "beq 2f\n"
      "1:\n" NN_TRIPLE_STEP NN_TRIPLE_STEP NN_TRIPLE_STEP NN_TRIPLE_STEP
      "cmp r0, lr\n"
      "bne 1b\n"
      "2:\n"
      "ldr lr, [sp]\n"
      "b 4f\n"
      "3:\n" NN_TRIPLE_STEP
      "4:\n"
      "cmp r0, lr\n"
      "bne 3b\n"
      "pop {r0, r1, r2}\n"                              /* end, chunk, sum */
      "ldrd r0, r1, [r1]\n"
      "sub r4, r4, r6, lsl #8\n sub r5, r5, r7, lsl #8\n subs r4, r4, r0\n subs r5, r5, r1\n"
      "sub r6, r6, r8, lsl #8\n sub r7, r7, r9, lsl #8\n subs r6, r6, r0\n subs r7, r7, r1\n"
      "sub r8, r8, r10, lsl #8\n sub r9, r9, r11, lsl #8\n sub r8, r8, r0\n sub r9, r9, r1\n"
      "add r10, r10, #1044480\n add r11, r11, #1044480\n" /* NN_TRIPLE_OFFSET */
      "stmia r2!, {r4-r11}\n"
      "pop {r4-r11, pc}\n");
}

#else

/* Low registers hold what is loaded, shifted and multiplied; six of the eight sums stand in high registers, which ADD alone reaches. r0 x, r1 w, r2 and r3 a pair, r4 weights, r5 a product. */
#define NN_TRIPLE_STEP                                   \
  "ldmia r0!, {r2, r3}\n ldmia r1!, {r4}\n"              \
  "asrs r5, r4, #24\n muls r5, r2, r5\n add r12, r5\n"   \
  "asrs r5, r4, #24\n muls r5, r3, r5\n add lr, r5\n"  \
  "asrs r5, r4, #16\n muls r5, r2, r5\n add r10, r5\n"  \
  "asrs r5, r4, #16\n muls r5, r3, r5\n add r11, r5\n"  \
  "asrs r5, r4, #8\n muls r5, r2, r5\n add r8, r5\n"    \
  "asrs r5, r4, #8\n muls r5, r3, r5\n add r9, r5\n"    \
  "muls r2, r4, r2\n adds r6, r6, r2\n"                 \
  "muls r3, r4, r3\n adds r7, r7, r3\n"

static NN_NAKED void nn_triple_products_s8(NN_UNUSED const uint32_t *x, NN_UNUSED const int8_t *w, NN_UNUSED int32_t n, NN_UNUSED uint32_t raw[8]) {
  __asm volatile(
      ".syntax unified\n"
      "push {r4-r7, lr}\n"
      "mov r4, r8\n mov r5, r9\n mov r6, r10\n mov r7, r11\n"
      "push {r3-r7}\n"
      "lsls r3, r2, #3\n adds r3, r0, r3\n"            /* the end of the pairs */
      "lsrs r2, r2, #2\n lsls r2, r2, #5\n adds r2, r0, r2\n" /* of the last whole four */
      "push {r2, r3}\n"
      "movs r6, #0\n movs r7, #0\n mov r8, r6\n mov r9, r6\n mov r10, r6\n mov r11, r6\n mov r12, r6\n mov lr, r6\n"
      "cmp r0, r2\n"
      "beq 2f\n"
      "1:\n" NN_TRIPLE_STEP NN_TRIPLE_STEP NN_TRIPLE_STEP NN_TRIPLE_STEP
      "ldr r5, [sp]\n"
      "cmp r0, r5\n"
      "bne 1b\n"
      "b 2f\n"
      "3:\n" NN_TRIPLE_STEP
      "2:\n"
      "ldr r5, [sp, #4]\n"
      "cmp r0, r5\n"
      "bne 3b\n"
      "pop {r2-r4}\n"
      "mov r2, r8\n mov r3, r9\n"
      "str r6, [r4]\n str r7, [r4, #4]\n str r2, [r4, #8]\n str r3, [r4, #12]\n"
      "mov r5, r10\n mov r6, r11\n mov r7, r12\n mov r3, lr\n"
      "str r5, [r4, #16]\n str r6, [r4, #20]\n str r7, [r4, #24]\n str r3, [r4, #28]\n"
      "pop {r4-r7}\n"
      "mov r8, r4\n mov r9, r5\n mov r10, r6\n mov r11, r7\n"
      "pop {r4-r7, pc}\n");
}

#endif

#endif
