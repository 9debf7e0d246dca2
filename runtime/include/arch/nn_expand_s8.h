/* int8 to the interleaved halfwords of nn_pairs_s8.h. */
#ifndef NN_EXPAND_S8_H
#define NN_EXPAND_S8_H

#include "nn_arch.h"

/* `words` words of one vector as a column of `columns`. Returns where the column goes on. */
NN_INLINE uint32_t *nn_expand_1_s8(const int8_t *x, int32_t words, uint32_t *to, int32_t columns) {
  for (; words > 0; words--, x += 4, to += 2 * columns) {
    const uint32_t word = nn_load_s8x4(x);
    to[0] = nn_sxtb16(word);
    to[columns] = nn_sxtb16_ror8(word);
  }
  return to;
}

/* Of two columns that lie `distance` bytes apart. */
NN_INLINE uint32_t *nn_expand_2_s8(const int8_t *x, int32_t distance, int32_t words, uint32_t *to) {
  const int8_t *y = x + distance;
  for (; words > 0; words--, x += 4, y += 4, to += 4) {
    const uint32_t a = nn_load_s8x4(x), b = nn_load_s8x4(y);
    to[0] = nn_sxtb16(a);
    to[1] = nn_sxtb16(b);
    to[2] = nn_sxtb16_ror8(a);
    to[3] = nn_sxtb16_ror8(b);
  }
  return to;
}

/* Of three. */
NN_INLINE uint32_t *nn_expand_3_s8(const int8_t *x, int32_t distance, int32_t words, uint32_t *to) {
  const int8_t *y = x + distance, *z = y + distance;
#if NN_ARM_DSP && NN_ASSEMBLY
  if (words > 0)
    __asm volatile(
        "1:\n"
        "ldr r4, [%[x]], #4\n ldr r5, [%[y]], #4\n ldr r6, [%[z]], #4\n"
        "sxtb16 r8, r4, ror #8\n sxtb16 r9, r5, ror #8\n sxtb16 r10, r6, ror #8\n"
        "sxtb16 r4, r4\n sxtb16 r5, r5\n sxtb16 r6, r6\n"
        "subs %[words], #1\n"
        "stmia %[to]!, {r4, r5, r6, r8, r9, r10}\n"
        "bne 1b\n"
        : [x] "+r"(x), [y] "+r"(y), [z] "+r"(z), [to] "+r"(to), [words] "+r"(words)
        :
        : "r4", "r5", "r6", "r8", "r9", "r10", "cc", "memory");
#else
  for (; words > 0; words--, x += 4, y += 4, z += 4, to += 6) {
    const uint32_t a = nn_load_s8x4(x), b = nn_load_s8x4(y), c = nn_load_s8x4(z);
    to[0] = nn_sxtb16(a);
    to[1] = nn_sxtb16(b);
    to[2] = nn_sxtb16(c);
    to[3] = nn_sxtb16_ror8(a);
    to[4] = nn_sxtb16_ror8(b);
    to[5] = nn_sxtb16_ror8(c);
  }
#endif
  return to;
}

#endif
