/* nn_sums_f32.h in 32 float registers (Cortex-M4, M7, M33; with NEON: Cortex-R52): s0 to s7 the sums of the first input, s8 to s15 of the second,
 * s16 to s23 weights, s24 to s31 inputs. One VLDM loads up to eight values; the compiler would load them one by one and keep fewer. */
#ifndef NN_SUMS_F32_VFP_H
#define NN_SUMS_F32_VFP_H

#include "nn_arch.h"

/* Eight weights times one value (FIRST, SECOND: the sums); times eight values (EACH). */
#ifdef __ARM_NEON
/* NEON: four of these registers are a vector, q0 to q7. It multiplies by one value of a vector only with two roundings, and flushes denormal
 * numbers to zero (which is why the compiler makes no NEON code of plain C). */
#define NN_VALUE_24 "d12[0]"
#define NN_VALUE_25 "d12[1]"
#define NN_VALUE_26 "d13[0]"
#define NN_VALUE_27 "d13[1]"
#define NN_VALUE_28 "d14[0]"
#define NN_VALUE_29 "d14[1]"
#define NN_VALUE_30 "d15[0]"
#define NN_VALUE_31 "d15[1]"
#define NN_FMA_FIRST(x) "vmla.f32 q0, q4, " NN_VALUE_##x "\nvmla.f32 q1, q5, " NN_VALUE_##x "\n"
#define NN_FMA_SECOND(x) "vmla.f32 q2, q4, " NN_VALUE_##x "\nvmla.f32 q3, q5, " NN_VALUE_##x "\n"
#define NN_FMA_FIRST_EACH "vfma.f32 q0, q4, q6\nvfma.f32 q1, q5, q7\n"
#define NN_FMA_SECOND_EACH "vfma.f32 q2, q4, q6\nvfma.f32 q3, q5, q7\n"
#else
#define NN_FMA(sum, w, x) "vfma.f32 s" #sum ", s" #w ", s" #x "\n"
#define NN_FMA_FIRST(x) \
  NN_FMA(0, 16, x) NN_FMA(1, 17, x) NN_FMA(2, 18, x) NN_FMA(3, 19, x) NN_FMA(4, 20, x) NN_FMA(5, 21, x) NN_FMA(6, 22, x) NN_FMA(7, 23, x)
#define NN_FMA_SECOND(x) \
  NN_FMA(8, 16, x) NN_FMA(9, 17, x) NN_FMA(10, 18, x) NN_FMA(11, 19, x) NN_FMA(12, 20, x) NN_FMA(13, 21, x) NN_FMA(14, 22, x) NN_FMA(15, 23, x)
#define NN_FMA_FIRST_EACH \
  NN_FMA(0, 16, 24) NN_FMA(1, 17, 25) NN_FMA(2, 18, 26) NN_FMA(3, 19, 27) NN_FMA(4, 20, 28) NN_FMA(5, 21, 29) NN_FMA(6, 22, 30) NN_FMA(7, 23, 31)
#define NN_FMA_SECOND_EACH \
  NN_FMA(8, 16, 24) NN_FMA(9, 17, 25) NN_FMA(10, 18, 26) NN_FMA(11, 19, 27) NN_FMA(12, 20, 28) NN_FMA(13, 21, 29) NN_FMA(14, 22, 30) NN_FMA(15, 23, 31)
#endif
#define NN_BYTES(elements) ((elements) * (int32_t)sizeof(float))
#define NN_WEIGHTS "vldmia %[w]!, {s16-s23}\n"

#define NN_FIRST_SUMS_F32 "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7"
#define NN_SECOND_SUMS_F32 "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15"
#define NN_OPERANDS_F32 "s16", "s17", "s18", "s19", "s20", "s21", "s22", "s23", "s24", "s25", "s26", "s27", "s28", "s29", "s30", "s31"

/* What finds no register of its own (without optimisation the compiler keeps some to itself). */
typedef struct {
  int32_t second, skip; /* bytes */
  float *to0, *to1;
} nn_more_operands;

#define NN_STORE_BOTH \
  "ldr %[left], [%[rest], #8]\n" \
  "vstmia %[left], {s0-s7}\n" \
  "ldr %[left], [%[rest], #12]\n" \
  "vstmia %[left], {s8-s15}\n"

NN_INLINE void nn_products_8_f32(const float *const *rows, int32_t row_count, int32_t offset, int32_t k, const float *w, int32_t skip,
                                 const float *from, float *to) {
  int32_t left;
  __asm__ volatile(
      "vldmia %[x], {s0-s7}\n"
      "1:\n"
      "ldr %[x], [%[rows]], #4\n"
      "add %[x], %[x], %[offset]\n"
      "subs %[left], %[k], #8\n"
      "blt 3f\n"
      "2:\n"
      "vldmia %[x]!, {s24-s31}\n"
      NN_WEIGHTS NN_FMA_FIRST(24) NN_WEIGHTS NN_FMA_FIRST(25) NN_WEIGHTS NN_FMA_FIRST(26) NN_WEIGHTS NN_FMA_FIRST(27)
      NN_WEIGHTS NN_FMA_FIRST(28) NN_WEIGHTS NN_FMA_FIRST(29) NN_WEIGHTS NN_FMA_FIRST(30) NN_WEIGHTS NN_FMA_FIRST(31)
      "subs %[left], %[left], #8\n"
      "bge 2b\n"
      "3:\n"
      "adds %[left], %[left], #4\n"
      "blt 4f\n"
      "vldmia %[x]!, {s24-s27}\n"
      NN_WEIGHTS NN_FMA_FIRST(24) NN_WEIGHTS NN_FMA_FIRST(25) NN_WEIGHTS NN_FMA_FIRST(26) NN_WEIGHTS NN_FMA_FIRST(27)
      "sub %[left], %[left], #4\n"
      "4:\n"
      "adds %[left], %[left], #4\n"
      "beq 6f\n"
      "5:\n"
      "vldmia %[x]!, {s24}\n"
      NN_WEIGHTS NN_FMA_FIRST(24)
      "subs %[left], %[left], #1\n"
      "bne 5b\n"
      "6:\n"
      "add %[w], %[w], %[skip]\n"
      "subs %[count], %[count], #1\n"
      "bne 1b\n"
      "vstmia %[to], {s0-s7}\n"
      : [w] "+r"(w), [rows] "+r"(rows), [count] "+r"(row_count), [x] "+r"(from), [left] "=&r"(left)
      : [k] "r"(k), [offset] "r"(NN_BYTES(offset)), [skip] "r"(NN_BYTES(skip)), [to] "r"(to)
      : NN_FIRST_SUMS_F32, NN_OPERANDS_F32, "cc", "memory");
}

NN_INLINE void nn_products_8x2_f32(const float *const *rows, int32_t row_count, int32_t offset, int32_t second, int32_t k, const float *w,
                                   int32_t skip, const float *from0, const float *from1, float *to0, float *to1) {
  const nn_more_operands rest = {NN_BYTES(second), NN_BYTES(skip), to0, to1};
  int32_t left;
  __asm__ volatile(
      "vldmia %[x0], {s0-s7}\n"
      "vldmia %[x1], {s8-s15}\n"
      "1:\n"
      "ldr %[x0], [%[rows]], #4\n"
      "add %[x0], %[x0], %[offset]\n"
      "ldr %[x1], [%[rest]]\n"
      "add %[x1], %[x1], %[x0]\n"
      "subs %[left], %[k], #4\n"
      "blt 3f\n"
      "2:\n"
      "vldmia %[x0]!, {s24-s27}\n"
      "vldmia %[x1]!, {s28-s31}\n"
      NN_WEIGHTS NN_FMA_FIRST(24) NN_FMA_SECOND(28) NN_WEIGHTS NN_FMA_FIRST(25) NN_FMA_SECOND(29)
      NN_WEIGHTS NN_FMA_FIRST(26) NN_FMA_SECOND(30) NN_WEIGHTS NN_FMA_FIRST(27) NN_FMA_SECOND(31)
      "subs %[left], %[left], #4\n"
      "bge 2b\n"
      "3:\n"
      "adds %[left], %[left], #4\n"
      "beq 5f\n"
      "4:\n"
      "vldmia %[x0]!, {s24}\n"
      "vldmia %[x1]!, {s28}\n"
      NN_WEIGHTS NN_FMA_FIRST(24) NN_FMA_SECOND(28)
      "subs %[left], %[left], #1\n"
      "bne 4b\n"
      "5:\n"
      "ldr %[left], [%[rest], #4]\n"
      "add %[w], %[w], %[left]\n"
      "subs %[count], %[count], #1\n"
      "bne 1b\n"
      NN_STORE_BOTH
      : [w] "+r"(w), [rows] "+r"(rows), [count] "+r"(row_count), [x0] "+r"(from0), [x1] "+r"(from1), [left] "=&r"(left)
      : [k] "r"(k), [offset] "r"(NN_BYTES(offset)), [rest] "r"(&rest)
      : NN_FIRST_SUMS_F32, NN_SECOND_SUMS_F32, NN_OPERANDS_F32, "cc", "memory");
}

NN_INLINE void nn_taps_8_f32(const float *const *rows, int32_t row_count, int32_t offset, int32_t taps, int32_t step, const float *w,
                             int32_t skip, const float *from, float *to) {
  int32_t left;
  __asm__ volatile(
      "vldmia %[x], {s0-s7}\n"
      "1:\n"
      "ldr %[x], [%[rows]], #4\n"
      "add %[x], %[x], %[offset]\n"
      "mov %[left], %[taps]\n"
      "2:\n"
      NN_WEIGHTS
      "vldmia %[x], {s24-s31}\n"
      "add %[x], %[x], %[step]\n"
      NN_FMA_FIRST_EACH
      "subs %[left], %[left], #1\n"
      "bne 2b\n"
      "add %[w], %[w], %[skip]\n"
      "subs %[count], %[count], #1\n"
      "bne 1b\n"
      "vstmia %[to], {s0-s7}\n"
      : [w] "+r"(w), [rows] "+r"(rows), [count] "+r"(row_count), [x] "+r"(from), [left] "=&r"(left)
      : [taps] "r"(taps), [step] "r"(NN_BYTES(step)), [offset] "r"(NN_BYTES(offset)), [skip] "r"(NN_BYTES(skip)), [to] "r"(to)
      : NN_FIRST_SUMS_F32, NN_OPERANDS_F32, "cc", "memory");
}

NN_INLINE void nn_taps_8x2_f32(const float *const *rows, int32_t row_count, int32_t offset, int32_t second, int32_t taps, int32_t step,
                               const float *w, const float *from, float *to0, float *to1) {
  const nn_more_operands rest = {NN_BYTES(second), 0, to0, to1};
  const float *x0;
  int32_t left;
  __asm__ volatile(
      "vldmia %[x1], {s0-s7}\n"
      "vldmia %[x1], {s8-s15}\n"
      "1:\n"
      "ldr %[x0], [%[rows]], #4\n"
      "add %[x0], %[x0], %[offset]\n"
      "ldr %[x1], [%[rest]]\n"
      "add %[x1], %[x1], %[x0]\n"
      "mov %[left], %[taps]\n"
      "2:\n"
      NN_WEIGHTS
      "vldmia %[x0], {s24-s31}\n"
      "add %[x0], %[x0], %[step]\n"
      NN_FMA_FIRST_EACH
      "vldmia %[x1], {s24-s31}\n"
      "add %[x1], %[x1], %[step]\n"
      NN_FMA_SECOND_EACH
      "subs %[left], %[left], #1\n"
      "bne 2b\n"
      "subs %[count], %[count], #1\n"
      "bne 1b\n"
      NN_STORE_BOTH
      : [w] "+r"(w), [rows] "+r"(rows), [count] "+r"(row_count), [x0] "=&r"(x0), [x1] "+r"(from), [left] "=&r"(left)
      : [taps] "r"(taps), [step] "r"(NN_BYTES(step)), [offset] "r"(NN_BYTES(offset)), [rest] "r"(&rest)
      : NN_FIRST_SUMS_F32, NN_SECOND_SUMS_F32, NN_OPERANDS_F32, "cc", "memory");
}

#undef NN_FMA
#undef NN_FMA_FIRST
#undef NN_FMA_SECOND
#undef NN_FMA_FIRST_EACH
#undef NN_FMA_SECOND_EACH
#undef NN_STORE_BOTH
#undef NN_BYTES
#undef NN_WEIGHTS
#undef NN_FIRST_SUMS_F32
#undef NN_SECOND_SUMS_F32
#undef NN_OPERANDS_F32

#endif
